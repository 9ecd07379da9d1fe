/** Rates as exact fractions, read from a price card once. A card's decimals and wei end here. */
import type { PipelineName, PriceCard, PricedRate, Unit } from "@sluice/models";
import { whole } from "./Job.ts";
import { meters } from "./meters.ts";
import { nanoUsdPerUsd } from "./Money.ts";
import { decimal, multiply, type Ratio, reduced, toSignificant } from "./Ratio.ts";

/** What a unit of work costs, and who says so. */
export interface Rate {
  readonly pipeline: PipelineName;
  /** Of this model alone; absent: of every model without a rate of its own. */
  readonly model?: string;
  readonly unit: Unit;
  /** Nano-USD for one unit, exact. */
  readonly perUnit: Ratio;
  /** For people, in units of their size and rounded to four digits: `$0.019/MP`. A megapixel is 1,000,000 pixels. */
  readonly label: string;
  readonly source: string;
  /** ISO date on which the source said so. */
  readonly asOf: string;
  readonly currency: "USD" | "wei";
  /** What an ETH was taken to cost, where the price is in wei. */
  readonly ethUsd?: NonNullable<PriceCard["ethUsd"]>;
}

export interface RateTable {
  /** All of them, in the card's order. */
  readonly rates: ReadonlyArray<Rate>;
  /**
   * Those that hold for a model: its own, or else the pipeline's. The first is the price; the others are what other
   * sources say.
   */
  readonly find: (pipeline: PipelineName, model: string | undefined) => ReadonlyArray<Rate>;
}

const weiPerEth = 10n ** 18n;
const views = {
  pixel: { units: 1_000_000n, name: "MP" },
  millisecond: { units: 60_000n, name: "min" },
  token: { units: 1_000_000n, name: "M tokens" },
  character: { units: 1_000_000n, name: "M characters" },
} as const satisfies Record<Unit, unknown>;

const none: ReadonlyArray<Rate> = [];
const tables = new WeakMap<PriceCard, RateTable>();

/** The rate for people, such as `$0.0012/min`. */
export const rateLabel = (unit: Unit, perUnit: Ratio): string => {
  const { units, name } = views[unit];
  return `$${toSignificant({ num: perUnit.num * units, den: perUnit.den * nanoUsdPerUsd }, 4)}/${name}`;
};

/**
 * A card's rates; each card is read once. A card that went through the schema of @sluice/models is never refused; of any
 * other, a `RangeError` names the mistake by its path in a profile, such as `prices.rates.3.unit`.
 */
export const ratesOf = (card: PriceCard): RateTable => {
  if (!isObject(card)) throw new RangeError("prices must be a price card");
  const known = tables.get(card);
  if (known !== undefined) return known;
  const table = tableOf(card);
  tables.set(card, table);
  return table;
};

const tableOf = (card: PriceCard): RateTable => {
  const money = moneyOf(card);
  if (!isList(card.rates)) throw new RangeError("prices.rates must be a list of rates");
  const rates = card.rates.map((priced, index) => rateOf(card, priced, `prices.rates.${index}`, money));
  const found = new Map<PipelineName, Map<string, Array<Rate>>>();
  for (const rate of rates) {
    const ofPipeline = found.get(rate.pipeline) ?? new Map<string, Array<Rate>>();
    found.set(rate.pipeline, ofPipeline);
    const { model = "" } = rate;
    const same = ofPipeline.get(model);
    if (same === undefined) ofPipeline.set(model, [rate]);
    else same.push(rate);
  }
  return {
    rates,
    find: (pipeline, model = "") => {
      const ofPipeline = found.get(pipeline);
      return ofPipeline?.get(model) ?? ofPipeline?.get("") ?? none;
    },
  };
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

const isNameOrAbsent = (value: unknown): boolean => value === undefined || (typeof value === "string" && value !== "");

const isList = (value: unknown): boolean => Array.isArray(value);

const rateOf = (card: PriceCard, priced: PricedRate, path: string, { nanoUsd, ...money }: Money): Rate => {
  // Of a rate that is no object at all, the pipeline is what is missing first.
  const { pipeline, model, unit, price, per, source, asOf } = Object(priced) as PricedRate;
  if (typeof pipeline !== "string" || !Object.hasOwn(meters, pipeline))
    throw new RangeError(`${path}.pipeline must be the name of a pipeline`);
  if (!isNameOrAbsent(model)) throw new RangeError(`${path}.model must be a model's name, or absent`);
  const metered = meters[pipeline].unit;
  if (unit !== metered) throw new RangeError(`${path}.unit must be ${metered}: what ${pipeline} is billed by`);
  const { num, den } = decimal(`${path}.price`, price, "0.019");
  const perUnit = reduced(multiply({ num, den: den * whole(`${path}.per`, per) }, nanoUsd));
  return {
    pipeline,
    ...(model === undefined ? {} : { model }),
    unit,
    perUnit,
    label: rateLabel(unit, perUnit),
    source: source ?? card.source,
    asOf: asOf ?? card.asOf,
    ...money,
  };
};

/** A card's currency, and what one of it is in nano-USD. */
interface Money extends Pick<Rate, "currency" | "ethUsd"> {
  readonly nanoUsd: Ratio;
}

/** Without a currency, which only the schema fills in, a card is in dollars: as the schema has it. */
const moneyOf = ({
  currency,
  ethUsd,
}: {
  readonly currency?: string;
  readonly ethUsd?: Rate["ethUsd"] | null;
}): Money => {
  if (currency === undefined || currency === "USD")
    return { currency: "USD", nanoUsd: { num: nanoUsdPerUsd, den: 1n } };
  if (currency !== "wei") throw new RangeError('prices.currency must be "USD" or "wei"');
  if (ethUsd === undefined || ethUsd === null) throw new RangeError("prices.ethUsd is needed for prices in wei");
  const usd = decimal("prices.ethUsd.price", ethUsd.price, "4000");
  return { currency, ethUsd, nanoUsd: multiply(usd, { num: nanoUsdPerUsd, den: weiPerEth }) };
};
