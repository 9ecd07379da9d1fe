/** What a program does with a gateway that is well: the measure of what it does with one that fails. */
import { asksOf, isResult, type Seen } from "./Seen.ts";

export interface Habits {
  /** How often each body is sent to each path, by path and digest. */
  readonly calls: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** The paths that never give a result, such as one that the gateway does not have: no faults happen there. */
  readonly fruitless: ReadonlySet<string>;
  /** The paths that are always asked with a key. */
  readonly authorized: ReadonlySet<string>;
  readonly requests: number;
  readonly streams: "all" | "some" | "none";
}

export const habitsOf = (seen: Seen): Habits => {
  const asks = asksOf(seen);
  const calls = new Map<string, Map<string, number>>();
  for (const { path, digest = "" } of asks) {
    const counts = calls.get(path) ?? new Map<string, number>();
    calls.set(path, counts.set(digest, (counts.get(digest) ?? 0) + 1));
  }
  const keyless = new Set(asks.filter(({ authorized }) => !authorized).map(({ path }) => path));
  const fruitful = new Set(asks.filter(isResult).map(({ path }) => path));
  const streaming = asks.filter(({ streams }) => streams).length;
  return {
    calls,
    fruitless: new Set([...calls.keys()].filter((path) => !fruitful.has(path))),
    authorized: new Set([...calls.keys()].filter((path) => !keyless.has(path))),
    requests: asks.length,
    streams: streaming === 0 ? "none" : streaming === asks.length ? "all" : "some",
  };
};
