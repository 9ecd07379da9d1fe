import { failure } from "../Failure.ts";

/** The quote is above the caller's limit, or unknown; nothing was sent. Amounts are exact decimals in USD. */
export class PriceExceeded extends failure("PriceExceeded")<{
  /** `unknown` when no rate is known. */
  readonly quotedUsd: string;
  readonly maxCostUsd: string;
}>({
  code: "SLUICE-402-PRICE",
  message: ({ pipeline, quotedUsd, maxCostUsd }) =>
    `This ${pipeline} call would cost ${quotedUsd === "unknown" ? "an unknown amount" : `$${quotedUsd}`}, and the limit is $${maxCostUsd}.`,
  fix: ({ quotedUsd, pipeline }) =>
    quotedUsd === "unknown"
      ? `Give the gateway a price for ${pipeline}, or leave the limit out.`
      : "Raise the limit (maxCostUsd, --max-cost), or ask for fewer or smaller images.",
  retryable: false,
  mayHaveRun: false,
}) {}
