/** What a benchmark is: contenders that do the same job, measured in turns, against one of them. */
import type { Goal } from "./proxying/goals.ts";

/** Its CPU time per job is measured. */
export interface Runner {
  readonly name: string;
  /** Does the job so many times. */
  readonly run: (times: number) => Promise<void>;
}

/** Measures itself, such as the memory of a process that is new each time. */
export interface Weigher {
  readonly name: string;
  /** The figure for so many jobs. */
  readonly weigh: (times: number) => Promise<number>;
}

export type Contender = Runner | Weigher;

export interface Heat {
  /** What the contenders of this heat have in common, such as `one at a time`. */
  readonly name: string;
  /** The contender that the others are compared with. */
  readonly anchor: string;
  readonly contenders: ReadonlyArray<Contender>;
  /** Jobs in a measured round. */
  readonly times: number;
}

export interface Bench {
  /** What a figure counts, such as `µs CPU per call`. */
  readonly unit: string;
  readonly rounds: number;
  readonly heats: ReadonlyArray<Heat>;
  /** What it promises, and whether these rows keep it; a run that breaks a promise fails. */
  readonly goals?: (rows: ReadonlyArray<Row>) => ReadonlyArray<Goal>;
  /** Ends it, and gives what else it found: figures by name, their units in the names. */
  readonly close: () => Promise<Readonly<Record<string, number>>>;
}

export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  /** The median, over the rounds, of this contender's figure divided by the anchor's in the same round. */
  readonly ratio: number;
}
