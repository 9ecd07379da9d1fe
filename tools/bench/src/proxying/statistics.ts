/** Of figures from rounds: quantiles, and what one contestant's are beside another's. */
import type { Row } from "../Bench.ts";

/** The value below which a share of the values lies, by the nearest rank. NaN without values. */
export const quantile = (values: ReadonlyArray<number>, share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

export const median = (values: ReadonlyArray<number>): number => quantile(values, 0.5);

/** A contestant's figure of each round, by its name. Rounds with the same place were measured one after the other. */
export type Rounds = ReadonlyMap<string, ReadonlyArray<number>>;

/** What each one adds to another, which is left out. */
export const addedTo = (base: string, rounds: Rounds): Rounds => {
  const least = rounds.get(base) ?? [];
  const others = [...rounds].filter(([name]) => name !== base);
  return new Map(others.map(([name, own]) => [name, own.map((value, round) => value - (least[round] ?? Number.NaN))]));
};

/** The median, over the rounds, of one's figure divided by the other's in the same round. NaN when one is not there. */
export const ratioOf = (rounds: Rounds, name: string, anchor: string): number => {
  const base = rounds.get(anchor) ?? [];
  return median((rounds.get(name) ?? []).map((value, round) => value / (base[round] ?? Number.NaN)));
};

/** Rows for the table, beside `anchor`. `what` says what the figures are of. */
export const rowsOf = (what: string, unit: string, rounds: Rounds, anchor: string): ReadonlyArray<Row> =>
  [...rounds].map(([name, own]) => ({
    name: `${name}, ${what}`,
    unit,
    median: median(own),
    min: Math.min(...own),
    ratio: ratioOf(rounds, name, anchor),
  }));
