/** What a call costs, exactly and before it is sent. */
export { compare, type ComparedRow, type Size, type Variants } from "./compare.ts";
export { type Billed, drift, type Drift, type DriftFigures, type DriftGroup, type DriftVerdict } from "./drift.ts";
export { formatMegapixels } from "./formatMegapixels.ts";
export { indicativeCard } from "./indicative.ts";
export type { BilledFields, Job } from "./Job.ts";
export { type Metered, type Units, units } from "./meters.ts";
export { formatUsd, type NanoUsd, nanoUsd, parseUsd, times, toUsd } from "./Money.ts";
export {
  type MixEntry,
  project,
  type ProjectedEntry,
  type ProjectedMonth,
  type Projection,
  type ProjectOptions,
} from "./project.ts";
export {
  type Charges,
  type KnownPrice,
  type KnownQuote,
  type Price,
  priceOf,
  type Quote,
  quote,
  type Range,
  type Seller,
  type UnknownPrice,
  type UnknownQuote,
} from "./quote.ts";
export { quoteAll, type QuotedRow } from "./quoteAll.ts";
export { type Rate, ratesOf, type RateTable } from "./RateCard.ts";
export type { Ratio } from "./Ratio.ts";
export type { Sum } from "./Sum.ts";
