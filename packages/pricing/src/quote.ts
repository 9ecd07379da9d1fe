/** What a call costs, before it is sent: units by the pipeline's meter, times the rate of whom it is sent to. */
import type { GatewayTraits, PipelineName, PriceCard, Unit } from "@sluice/models";
import { indicativeCard } from "./indicative.ts";
import { type Job, modelOf } from "./Job.ts";
import { type Meter, meterOf, type Units } from "./meters.ts";
import { type NanoUsd, nanoUsd, price } from "./Money.ts";
import { type Rate, ratesOf } from "./RateCard.ts";
import { explain } from "./why.ts";

/** Whose prices hold: a gateway's own card, or the indicative one where it has none; or a card alone. */
export type Seller =
  { readonly profile: Pick<GatewayTraits, "name" | "charges" | "prices"> } | { readonly card: PriceCard };

interface Priceable {
  readonly pipeline: PipelineName;
  readonly model: string | undefined;
  readonly unit: Unit;
  /** How the price came about, in sentences. They are written when they are read, so do not change the job before. */
  readonly why: ReadonlyArray<string>;
}

export interface KnownQuote extends Priceable {
  readonly units: bigint;
  /** At the rate, rounded up once. */
  readonly amount: NanoUsd;
  /** From the lowest to the highest of what its sources say; from zero at a gateway that charges nothing. */
  readonly range: Range;
  readonly rate: Rate;
}

/** The units, the rate or both are not known, so neither is the price; it is not zero. */
export interface UnknownQuote extends Priceable {
  readonly units: Units;
  readonly amount: "unknown";
  readonly range: "unknown";
  readonly rate: Rate | undefined;
}

export type Quote = KnownQuote | UnknownQuote;

export interface Range {
  readonly low: NanoUsd;
  readonly high: NanoUsd;
}

export const indicative: Seller = { card: indicativeCard };

/** The rates of a seller's card. Throws as `ratesOf` does. */
export const ratesFrom = (seller: Seller): ReturnType<typeof ratesOf> =>
  ratesOf("card" in seller ? seller.card : (seller.profile.prices ?? indicativeCard));

/**
 * Prices a call. Without a seller: at Livepeer's indicative rates. The request should be a parsed one. Throws a
 * `RangeError` that names the field where a number is not a possible one, or the place in a broken card.
 */
export const quote = (job: Job, seller: Seller = indicative): Quote => {
  const { pipeline } = job;
  const meter = meterOf(job);
  const model = modelOf(job);
  const rates = ratesFrom(seller).find(pipeline, model);
  const [rate] = rates;
  const units = meter.units(job);
  const amount = units === "unknown" || rate === undefined ? "unknown" : price(units, rate.perUnit);
  return new Made({ job, seller, meter, rates, model, units }, rate, amount) as Quote;
};

/** What a quote keeps of its making, for its range and its sentences. */
export interface Basis {
  readonly job: Job;
  readonly seller: Seller;
  readonly meter: Meter;
  readonly rates: ReadonlyArray<Rate>;
  readonly model: string | undefined;
  readonly units: Units;
}

/** A class, for its getters: most quotes are never asked for their range or their reasons. */
class Made implements Priceable {
  readonly pipeline: PipelineName;
  readonly model: string | undefined;
  readonly units: Units;
  readonly unit: Unit;
  readonly amount: NanoUsd | "unknown";
  readonly rate: Rate | undefined;
  readonly #basis: Basis;

  constructor(basis: Basis, rate: Rate | undefined, amount: NanoUsd | "unknown") {
    this.pipeline = basis.job.pipeline;
    this.model = basis.model;
    this.units = basis.units;
    this.unit = basis.meter.unit;
    this.amount = amount;
    this.rate = rate;
    this.#basis = basis;
  }

  get range(): Range | "unknown" {
    const { job, seller, meter, rates } = this.#basis;
    if (this.amount === "unknown" || this.units === "unknown") return "unknown";
    const most = meter.mostUnits?.(job) ?? this.units;
    let [low, high] = [this.amount, this.amount];
    for (const { perUnit } of rates) {
      const [least, highest] = [price(this.units, perUnit), price(most, perUnit)];
      if (least < low) low = least;
      if (highest > high) high = highest;
    }
    return { low: chargesNothing(seller) ? nanoUsd(0n) : low, high };
  }

  get why(): ReadonlyArray<string> {
    return explain(this.#basis);
  }
}

const chargesNothing = (seller: Seller): boolean => "profile" in seller && seller.profile.charges === "nothing";
