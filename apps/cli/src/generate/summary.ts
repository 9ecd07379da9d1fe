/** A call that succeeded, in a line. */
import type { CallMeta, Cost } from "@sluice/core/effect";
import { formatDuration } from "../duration.ts";
import { dollars } from "../output/dollars.ts";

export const summaryOf = (
  { what, more = "" }: { readonly what: string; readonly more?: string },
  { durationMs, attempts, cost }: CallMeta,
): string =>
  [what, formatDuration(durationMs), count(attempts.length, "attempt"), priceOf(cost), more]
    .filter((part) => part !== "")
    .join("  ");

const priceOf = ({ usd, charges }: Cost): string => {
  if (charges === "nothing") return "free";
  return usd === "unknown" ? "price unknown" : `$${usd} (${dollars(usd)})`;
};

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
