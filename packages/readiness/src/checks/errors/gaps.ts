/** The time between one request of a program and the next. */
import type { ScenarioResult } from "../../drill/DrillReport.ts";

type Requests = ScenarioResult["requests"];

/** Closer together than this, in milliseconds, requests do not wait for one another. */
const atOnceMs = 250;

const between = (requests: Requests): ReadonlyArray<number> => {
  const times = requests.map(({ ms }) => ms).toSorted((one, other) => one - other);
  return times.slice(1).map((ms, at) => ms - (times[at] ?? 0));
};

/** In milliseconds; what comes at once counts as one. */
export const gapsOf = (requests: Requests): ReadonlyArray<number> => between(requests).filter((gap) => gap >= atOnceMs);

/** More than three that do not wait: a first retry may come at once, and jitter may make a wait short. */
export const isStorm = (requests: Requests): boolean => between(requests).filter((gap) => gap < atOnceMs).length > 3;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
