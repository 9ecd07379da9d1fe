/** Rates as exact fractions, read from a price card once. A card's decimals and wei end here. */
import type { PipelineName, PriceCard, PricedRate, Unit } from "@sluice/models";
import { whole } from "./Job.ts";
import { meters } from "./meters.ts";
import { nanoUsdPerUsd } from "./Money.ts";
import { multiply, parseRatio, type Ratio, reduced, toSignificant } from "./Ratio.ts";

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
  const known = tables.get(card);
  if (known !== undefined) return known;
  const table = tableOf(card);
  tables.set(card, table);
  return table;
};

const tableOf = (card: PriceCard): RateTable => {
  const nanoUsd = nanoUsdIn(card);
  const rates = card.rates.map((priced, index) => rateOf(card, priced, index, nanoUsd));
  const own = Map.groupBy(rates, ({ pipeline, model = "" }) => `${pipeline} ${model}`);
  return {
    rates,
    find: (pipeline, model = "") => own.get(`${pipeline} ${model}`) ?? own.get(`${pipeline} `) ?? none,
  };
};

const rateOf = (card: PriceCard, priced: PricedRate, index: number, nanoUsd: Ratio): Rate => {
  const { pipeline, model, unit, per } = priced;
  const path = `prices.rates.${index}`;
  const metered = meters[pipeline].unit;
  if (unit !== metered) throw new RangeError(`${path}.unit must be ${metered}: what ${pipeline} is billed by`);
  const price = decimal(`${path}.price`, priced.price);
  const perUnit = reduced(multiply({ num: price.num, den: price.den * whole(`${path}.per`, per) }, nanoUsd));
  const { currency, ethUsd } = card;
  return {
    pipeline,
    ...(model === undefined ? {} : { model }),
    unit,
    perUnit,
    label: rateLabel(unit, perUnit),
    source: priced.source ?? card.source,
    asOf: priced.asOf ?? card.asOf,
    currency,
    ...(currency === "USD" || ethUsd === undefined ? {} : { ethUsd }),
  };
};

/** What one of a card's currency is in nano-USD. */
const nanoUsdIn = ({ currency, ethUsd }: PriceCard): Ratio => {
  if (currency === "USD") return { num: nanoUsdPerUsd, den: 1n };
  if (ethUsd === undefined) throw new RangeError("prices.ethUsd is needed for prices in wei");
  return multiply(decimal("prices.ethUsd.price", ethUsd.price), { num: nanoUsdPerUsd, den: weiPerEth });
};

const decimal = (path: string, text: string): Ratio => {
  const ratio = parseRatio(text);
  if (ratio === undefined) throw new RangeError(`${path} must be a decimal such as "0.019"`);
  return ratio;
};
