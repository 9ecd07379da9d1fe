/** A call's price as its caller sees it: exact, with the rate it came from. */
import { type Quote, toUsd, type UnknownQuote } from "@sluice/pricing";

export interface Cost {
  readonly units: bigint;
  readonly unit: "pixel";
  /** Exact, as a decimal such as `0.019922944`; or `unknown`, which is not zero. */
  readonly usd: string;
  /** The rate, its source and its date; absent when the price is unknown. */
  readonly rate?: { readonly label: string; readonly source: string; readonly asOf: string };
}

export const costOf = (quote: Quote | UnknownQuote): Cost => {
  const { units, unit } = quote;
  if (quote.amount === "unknown") return { units, unit, usd: "unknown" };
  const { label, source, asOf } = quote.rate;
  return { units, unit, usd: toUsd(quote.amount), rate: { label, source, asOf } };
};
