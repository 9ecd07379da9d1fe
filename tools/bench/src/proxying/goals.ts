/** What the service promises of its speed, and whether a run has kept it. Only ratios and differences within one run count. */
import { addedTo, median, ratioOf, type Rounds } from "./statistics.ts";

export interface Measured {
  /** One at a time, in microseconds. */
  readonly p50: Rounds;
  readonly p99: Rounds;
  /** Requests a second. */
  readonly throughput: Rounds;
  /** What memory grows by under uploads, in megabytes. */
  readonly growth: Rounds;
  /** Of a stream, until the first byte of its text, in milliseconds. Its head alone tells a caller nothing. */
  readonly firstToken: Rounds;
  /** A normal caller's p99 while slow ones hang on, beside its p99 without them: a ratio of each pair of rounds. */
  readonly besideSlow: ReadonlyArray<number>;
}

export interface Goal {
  readonly goal: string;
  readonly value: number;
  readonly limit: number;
  /** `undefined`: it was not measured. */
  readonly met: boolean | undefined;
}

export const atMost = (goal: string, value: number, limit: number): Goal => ({
  goal,
  value,
  limit,
  met: Number.isNaN(value) ? undefined : value <= limit,
});

const atLeast = (goal: string, value: number, limit: number): Goal => ({
  goal,
  value,
  limit,
  met: Number.isNaN(value) ? undefined : value >= limit,
});

export const goalsOf = (measured: Measured): ReadonlyArray<Goal> => {
  const added = addedTo("direct", measured.p50);
  const held = (rounds: Rounds): number => median(addedTo("direct", rounds).get("sluice") ?? []);
  return [
    atMost("added p50, of the floor's", ratioOf(added, "sluice", "floor"), 2),
    atMost("added p50, of Portkey's", ratioOf(added, "sluice", "portkey"), 0.5),
    atLeast("requests a second, of Portkey's", ratioOf(measured.throughput, "sluice", "portkey"), 4),
    atMost("growth under uploads, of the floor's", ratioOf(measured.growth, "sluice", "floor"), 1.2),
    atMost("first byte of a stream's text, ms behind direct", held(measured.firstToken), 1),
    atMost("p99 beside slow sockets, of that without", median(measured.besideSlow), 2),
  ];
};

/** A line for each goal. */
export const goalLines = (goals: ReadonlyArray<Goal>): string =>
  goals
    .map(({ goal, value, limit, met }) => {
      const verdict = met === undefined ? "not measured" : met ? "met" : "not met";
      return `${verdict.padEnd(12)}  ${goal}: ${value.toFixed(2)}, goal ${limit}\n`;
    })
    .join("");
