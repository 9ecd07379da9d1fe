import { failure } from "../Failure.ts";

/** The quote is above the caller's limit, or unknown; nothing was sent. Amounts are exact decimals in USD. */
export class PriceExceeded extends failure("PriceExceeded")<{
  /** `unknown` when no rate is known. */
  readonly quotedUsd: string;
  readonly maxCostUsd: string;
  /** `nothing`: the gateway itself is free, and the quote is what the same call costs elsewhere. */
  readonly charges?: "usage" | "nothing";
}>({
  code: "SLUICE-402-PRICE",
  message: ({ gateway, pipeline, quotedUsd, maxCostUsd, charges }) => {
    const amount = quotedUsd === "unknown" ? "an unknown amount" : `$${quotedUsd}`;
    const free = charges === "nothing" ? ` elsewhere (${gateway} itself is free)` : "";
    return `This ${pipeline} call would cost ${amount}${free}, and the limit is $${maxCostUsd}.`;
  },
  fix: ({ quotedUsd, pipeline }) =>
    quotedUsd === "unknown"
      ? `Give the gateway a price for ${pipeline}, or leave the limit out.`
      : "Raise the limit (maxCostUsd, --max-cost), or ask for fewer or smaller images.",
  retryable: false,
  mayHaveRun: false,
}) {}
