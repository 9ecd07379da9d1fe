/** A quote as a call's cost. */
import { type Quote, toUsd } from "@sluice/pricing";
import type { Cost } from "@sluice/telemetry";

export const costOf = (quote: Quote): Cost => {
  const { units, unit, charges } = quote;
  if (quote.amount === "unknown") return { units, unit, usd: "unknown", charges };
  const { label, source, asOf } = quote.rate;
  return { units, unit, usd: toUsd(quote.amount), charges, rate: { label, source, asOf } };
};
