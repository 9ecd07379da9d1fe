/** Which answers of a gateway a selector keeps, whatever its labels are called: by the words that it takes and leaves. */
import type { Matcher, Selector } from "./promql.ts";

/** An answer, by the words that labels have for it. */
const answers = [
  { status: 200, words: ["200", "2xx", "ok", "success"] },
  ...[400, 401, 404, 422].map((status) => ({ status, words: [String(status), "4xx", "refused"] })),
  { status: 429, words: ["429", "4xx", "rate-limited", "SLUICE-429-RATE-LIMITED"] },
  ...[500, 502, 504].map((status) => ({
    status,
    words: [String(status), "5xx", "server-error", "server-errors", "server_error", "SLUICE-500-INFERENCE"],
  })),
  { status: 503, words: ["503", "5xx", "unavailable", "SLUICE-503-COLD"] },
] as const satisfies ReadonlyArray<{ readonly status: number; readonly words: ReadonlyArray<string> }>;

const all: ReadonlyArray<number> = answers.map(({ status }) => status);

export interface Selection {
  /** Of the answers that a gateway gives: 200, the usual 4xx, 500, 502, 503, 504. */
  readonly statuses: ReadonlySet<number>;
  /** Whether it also takes what says the same as a 503 in other words, such as Studio's masked 500. */
  readonly takesMasked: boolean;
}

export const selectionOf = ({ name, matchers }: Selector): Selection => {
  const kept = matchers.reduce(narrowed, byName(name));
  const takesMasked =
    /unavailable/i.test(name) ||
    matchers.some(
      (matcher) => isPositive(matcher) && (takes(matcher, "unavailable") || takes(matcher, "SLUICE-503-COLD")),
    );
  return { statuses: new Set(kept), takesMasked };
};

const byName = (name: string): ReadonlyArray<number> => {
  if (/(^|\D)503(\D|$)|unavailable/i.test(name)) return [503];
  if (/5xx/i.test(name)) return [500, 502, 503, 504];
  return /server_?errors?/i.test(name) ? [500, 502, 504] : all;
};

/** What it leaves: of what went well, what did not. */
export const complementOf = ({ statuses, takesMasked }: Selection): Selection => ({
  statuses: new Set(all.filter((status) => !statuses.has(status))),
  takesMasked,
});

/** A matcher that takes no word of any answer is about something else, and so is one that takes them all. */
const narrowed = (statuses: ReadonlyArray<number>, matcher: Matcher): ReadonlyArray<number> => {
  const taken: ReadonlyArray<number> = answers
    .filter(({ words }) => words.some((word) => takes(matcher, word)))
    .map(({ status }) => status);
  if (taken.length === 0 || taken.length === all.length) return statuses;
  return statuses.filter((status) => taken.includes(status) === isPositive(matcher));
};

const isPositive = ({ operator }: Matcher): boolean => operator === "=" || operator === "=~";

const takes = ({ operator, value }: Matcher, word: string): boolean => {
  if (operator === "=" || operator === "!=") return value.toLowerCase() === word.toLowerCase();
  try {
    return new RegExp(`^(?:${value})$`).test(word);
  } catch {
    return false;
  }
};
