/**
 * Whether what a process holds stays what it was. The first quarter of a run warms up: code is compiled, pools and bounded
 * histories fill. Then the median of the last quarter is held against the median of the second one: the heap may be a fiftieth
 * and 1 MiB above it, buffers, which come and go with files, a tenth and 2 MiB, and what is counted 5.
 */
import { median } from "../proxying/statistics.ts";

/** What the service held at a quiet moment: no request under way, and garbage collected. */
export interface Sample {
  /** Since the start of the run, in seconds. */
  readonly at: number;
  /** Of its objects, and of its buffers outside of the heap, in bytes. */
  readonly heap: number;
  readonly buffers: number;
  /** Open files and sockets, by the kernel; here and below, without the connections that are kept for the next call. */
  readonly descriptors: number;
  readonly timers: number;
  /** What else keeps a process alive: sockets, servers, requests to the system. */
  readonly resources: number;
  /** On the emitter that has the most of them. */
  readonly listeners: number;
}

type Series = Exclude<keyof Sample, "at">;

interface Allowance {
  readonly factor: number;
  readonly more: number;
}

const mebibyte = 1_048_576;
const count: Allowance = { factor: 1, more: 5 };

const allowances: Readonly<Record<Series, Allowance>> = {
  heap: { factor: 1.02, more: mebibyte },
  buffers: { factor: 1.1, more: 2 * mebibyte },
  descriptors: count,
  timers: count,
  resources: count,
  listeners: count,
};

export interface Verdict {
  readonly series: Series;
  /** The medians of the second and of the last quarter. */
  readonly early: number;
  readonly late: number;
  readonly allowed: number;
  /** By how much it rises in an hour, by least squares over all but the first quarter. */
  readonly perHour: number;
  readonly isFlat: boolean;
}

/** Fewer samples show nothing: two in each quarter. */
export const fewest = 8;

/** Throws when there are fewer than `fewest` samples. */
export const judge = (samples: ReadonlyArray<Sample>): ReadonlyArray<Verdict> => {
  if (samples.length < fewest) {
    throw new Error(`${samples.length} samples show nothing; run it until there are ${fewest}`);
  }
  const quarter = Math.floor(samples.length / 4);
  return (Object.keys(allowances) as ReadonlyArray<Series>).map((series) => {
    const early = median(samples.slice(quarter, 2 * quarter).map((sample) => sample[series]));
    const late = median(samples.slice(-quarter).map((sample) => sample[series]));
    const { factor, more } = allowances[series];
    const allowed = early * factor + more;
    const perHour = 3_600 * slope(samples.slice(quarter), series);
    return { series, early, late, allowed, perHour, isFlat: late <= allowed };
  });
};

/** By least squares, for each second. */
const slope = (samples: ReadonlyArray<Sample>, series: Series): number => {
  const mean = (of: keyof Sample): number => samples.reduce((sum, sample) => sum + sample[of], 0) / samples.length;
  const [meanAt, meanValue] = [mean("at"), mean(series)];
  const together = samples.reduce((sum, sample) => sum + (sample.at - meanAt) * (sample[series] - meanValue), 0);
  const spread = samples.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  return spread === 0 ? 0 : together / spread;
};
