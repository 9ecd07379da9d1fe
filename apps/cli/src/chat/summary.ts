/** The line under an answer: how long, how fast, for how much. */
import type { ResultOf } from "@sluice/core/effect";

export interface Timing {
  /** From the start of the call to the first text; `undefined` when it came all at once. */
  readonly firstTextMs: number | undefined;
  /** Pieces of text that came: as many as tokens, as a rule. */
  readonly pieces: number;
}

export const summaryOf = ({ usage, meta }: ResultOf<"llm">, { firstTextMs, pieces }: Timing): string => {
  const { durationMs, cost } = meta;
  const tokens = usage?.completion_tokens ?? pieces;
  const writingMs = durationMs - (firstTextMs ?? 0);
  const speed = tokens > 1 && writingMs > 0 ? [`${Math.round(tokens / (writingMs / 1_000))} tokens/s`] : [];
  return [
    `${tokens} ${tokens === 1 ? "token" : "tokens"}`,
    firstTextMs === undefined ? `whole after ${seconds(durationMs)}` : `first text ${seconds(firstTextMs)}`,
    ...speed,
    ...(cost.units === "unknown" ? [] : [`billed on max_tokens=${cost.units}`]),
    priceOf(cost),
  ].join(" · ");
};

/** Exact: a chat costs less than what is usually rounded to. */
export const priceOf = ({ usd, charges }: { readonly usd: string; readonly charges: string }): string => {
  if (usd === "unknown") return "price unknown";
  return charges === "nothing" ? `free here, $${usd} elsewhere` : `$${usd}`;
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
