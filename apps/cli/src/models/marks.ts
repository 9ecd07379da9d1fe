/** How warmth looks in a table. */
import type { Style } from "../output/style.ts";
import type { Mark } from "./rows.ts";

export const symbols: Readonly<Record<Mark, string>> = {
  warm: "●",
  claimed: "◐",
  cold: "○",
  absent: "✗",
  unknown: "?",
};

const meanings: Readonly<Record<Mark, string>> = {
  warm: "warm",
  claimed: "claimed warm, not seen",
  cold: "cold: loads when asked",
  absent: "not offered",
  unknown: "nobody says",
};

export const coloured = (mark: Mark, { good, warn, dim, bad }: Style): string =>
  ({ warm: good, claimed: warn, cold: dim, absent: bad, unknown: dim })[mark](symbols[mark]);

/** Of those that are there. */
export const legend = (marks: Iterable<Mark>): string => {
  const present = new Set(marks);
  return (Object.keys(symbols) as ReadonlyArray<Mark>)
    .filter((mark) => present.has(mark))
    .map((mark) => `${symbols[mark]} ${meanings[mark]}`)
    .join("   ");
};

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** `4 min ago`, `now`. */
export const ago = (ms: number): string => {
  const [unit, length] = units.find(([, size]) => ms >= size) ?? ["", 0];
  return unit === "" ? "now" : `${Math.floor(ms / length)} ${unit} ago`;
};
