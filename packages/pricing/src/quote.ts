/** What a call costs, before it is sent: units by the pipeline's meter, times the rate of whom it is sent to. */
import type { GatewayTraits, PipelineName, PriceCard, Unit } from "@sluice/models";
import { indicativeCard } from "./indicative.ts";
import { type Job, modelOf } from "./Job.ts";
import { meterOf, type Units } from "./meters.ts";
import { type NanoUsd, nanoUsd, price } from "./Money.ts";
import { type Rate, ratesOf, type RateTable } from "./RateCard.ts";
import { type Basis, explain } from "./why.ts";

/** Whose prices hold: a gateway's own card, or the indicative one where it has none; or a card alone. */
export type Seller =
  { readonly profile: Pick<GatewayTraits, "name" | "charges" | "prices"> } | { readonly card: PriceCard };

/** `nothing`: the seller is free to its callers, and the amount is what the same call costs at that rate. */
export type Charges = GatewayTraits["charges"];

interface Priceable {
  readonly unit: Unit;
  /** By the gateway's profile; of a card alone, `usage`. */
  readonly charges: Charges;
}

export interface KnownPrice extends Priceable {
  readonly units: bigint;
  /** At the rate, rounded up once. */
  readonly amount: NanoUsd;
  readonly rate: Rate;
}

/** The units, the rate or both are not known, so neither is the price; it is not zero. */
export interface UnknownPrice extends Priceable {
  readonly units: Units;
  readonly amount: "unknown";
  readonly rate: Rate | undefined;
}

export type Price = KnownPrice | UnknownPrice;

interface Explained {
  readonly pipeline: PipelineName;
  readonly model: string | undefined;
  /** How the price came about, in sentences. */
  readonly why: ReadonlyArray<string>;
}

export interface KnownQuote extends KnownPrice, Explained {
  /** From the lowest to the highest of what its sources say; from zero at a gateway that charges nothing. */
  readonly range: Range;
}

export interface UnknownQuote extends UnknownPrice, Explained {
  readonly range: "unknown";
}

export type Quote = KnownQuote | UnknownQuote;

export interface Range {
  readonly low: NanoUsd;
  readonly high: NanoUsd;
}

export const indicative: Seller = { card: indicativeCard };

/**
 * The rates of a seller's card. Throws a `RangeError` as `ratesOf` does, and when there is neither a profile nor a card: a
 * bare one of them is what plain JavaScript gives by mistake.
 */
export const ratesFrom = (seller: Seller): RateTable => {
  if (isObject(seller)) {
    if ("card" in seller && isObject(seller.card)) return ratesOf(seller.card);
    if ("profile" in seller && isObject(seller.profile)) return ratesOf(seller.profile.prices ?? indicativeCard);
  }
  throw new RangeError("a seller must be named by what it is: give { profile } or { card }");
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

export const chargesOf = (seller: Seller): Charges =>
  isObject(seller) && "profile" in seller && seller.profile.charges === "nothing" ? "nothing" : "usage";

/** Throws as `quote` does. */
const basisOf = (job: Job, seller: Seller): Basis => {
  const meter = meterOf(job);
  const model = modelOf(job);
  const table = ratesFrom(seller);
  const rates = table.find(job.pipeline, model);
  return { job, model, seller, charges: chargesOf(seller), meter, units: meter.units(job), table, rates };
};

const priceOn = ({ meter: { unit }, units, rates: [rate], charges }: Basis): Price =>
  units === "unknown" || rate === undefined
    ? { units, unit, rate, amount: "unknown", charges }
    : { units, unit, rate, amount: price(units, rate.perUnit), charges };

/** What a call costs, alone: as `quote` says it, without the range and the reasons, which take longer than the price. */
export const priceOf = (job: Job, seller: Seller = indicative): Price => priceOn(basisOf(job, seller));

/**
 * Prices a call. Without a seller: at Livepeer's indicative rates. The request should be a parsed one. Throws a
 * `RangeError` that names the field where a number is not a possible one, or the place in a broken card.
 */
export const quote = (job: Job, seller: Seller = indicative): Quote => {
  const basis = basisOf(job, seller);
  const { pipeline } = job;
  const { model, meter, rates } = basis;
  const why = explain(basis);
  const priced = priceOn(basis);
  const { unit, charges } = priced;
  if (priced.amount === "unknown") {
    const { units, rate, amount } = priced;
    return { pipeline, model, units, unit, rate, amount, range: "unknown", charges, why };
  }
  const { units, rate, amount } = priced;
  const most = meter.mostUnits?.(job) ?? units;
  let [low, high] = [amount, amount];
  for (const { perUnit } of rates) {
    const [least, highest] = [price(units, perUnit), price(most, perUnit)];
    if (least < low) low = least;
    if (highest > high) high = highest;
  }
  if (charges === "nothing") low = nanoUsd(0n);
  return { pipeline, model, units, unit, rate, amount, range: { low, high }, charges, why };
};
