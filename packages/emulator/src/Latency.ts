/**
 * How long something takes: always the same, or spread as a gateway's history is, by its percentiles. Drawn by the
 * emulator's seed, so that a history repeats.
 */
import * as Effect from "effect/Effect";
import type { Dice } from "./dice.ts";

/** In milliseconds. With percentiles, half the times are at most `p50`, 95 of 100 at most `p95`, and so on. */
export type Latency = number | { readonly p50: number; readonly p95: number; readonly p99: number };

/** Waits for as long as it takes this time. */
export const sleepFor = (latency: Latency, dice: Dice): Effect.Effect<void> =>
  Effect.suspend(() => {
    const ms = typeof latency === "number" ? latency : Math.round(quantile(latency, dice.next()));
    return ms === 0 ? Effect.void : Effect.sleep(ms);
  });

/** Straight lines between the percentiles; the quickest takes half of `p50`, the slowest as far beyond `p99` as it is beyond `p95`. */
const quantile = ({ p50, p95, p99 }: Exclude<Latency, number>, share: number): number => {
  const line = (from: number, to: number, low: number, high: number): number =>
    low + ((high - low) * (share - from)) / (to - from);
  if (share < 0.5) return line(0, 0.5, p50 / 2, p50);
  if (share < 0.95) return line(0.5, 0.95, p50, p95);
  if (share < 0.99) return line(0.95, 0.99, p95, p99);
  return line(0.99, 1, p99, p99 + (p99 - p95));
};
