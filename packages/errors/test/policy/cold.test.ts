import { describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import fc from "fast-check";
import { RetryPolicy } from "../../src/index.ts";
import { oneOfEach } from "../failures/oneOfEach.ts";
import { call, type Run, type Script } from "../virtualTime.ts";

const callMs = 300_000;
const seeds = Array.from({ length: 50 }, (_, seed) => seed);

/** A gateway that answers 503 until its model is loaded. */
const loading =
  (loadMs: number): Script =>
  (_, now) =>
    now < loadMs ? oneOfEach.ColdOrNoCapacity : "result";

const runsOf = (loadMs: number): Effect.Effect<ReadonlyArray<Run>> =>
  Effect.forEach(seeds, (seed) => call(loading(loadMs), RetryPolicy.standard, { seed, deadlineMs: callMs }));

const median = (numbers: ReadonlyArray<number>): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

describe("a model that loads, in a call of 300 s", () => {
  it.effect.each([5, 30, 45, 60, 120, 180, 240, 290])("for %i s: it ends in a result, in at most 20 attempts", (load) =>
    Effect.gen(function* () {
      for (const { exit, startedAt } of yield* runsOf(load * 1000)) {
        expect(exit).toMatchObject({ _tag: "Success", value: "result" });
        expect(startedAt.length).toBeLessThanOrEqual(20);
      }
    }),
  );

  it.effect.each([5, 30, 45, 60, 120, 180, 240, 290])(
    "for %i s: the caller waits at most a quarter longer, in the median",
    (load) =>
      Effect.gen(function* () {
        const overshoots = (yield* runsOf(load * 1000)).map(({ endedAt }) => endedAt / (load * 1000) - 1);
        expect(median(overshoots)).toBeLessThanOrEqual(0.25);
      }),
  );

  it.effect("for any time from 5 s to 290 s: the caller waits at most a quarter longer, on average", () =>
    Effect.gen(function* () {
      const loads = Array.from({ length: 58 }, (_, index) => 5000 * (index + 1));
      const overshoots = yield* Effect.forEach(loads, (loadMs, seed) =>
        Effect.map(
          call(loading(loadMs), RetryPolicy.standard, { seed, deadlineMs: callMs }),
          ({ endedAt }) => endedAt / loadMs - 1,
        ),
      );
      expect(overshoots.reduce((sum, share) => sum + share, 0) / loads.length).toBeLessThanOrEqual(0.25);
    }),
  );
});

describe("the waits for a cold model", () => {
  it.effect("grow from 1.4 s to 40 s, by 1.35 each, and the last 20 % of each are drawn", () =>
    Effect.gen(function* () {
      const shares: Array<number> = [];
      for (const seed of seeds) {
        const { waits } = yield* call(loading(400_000), RetryPolicy.cold, { seed });
        shares.push(...waits.map((wait, retry) => wait / Math.min(1400 * 1.35 ** retry, 40_000)));
      }
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.8 - 1e-6);
      expect(Math.min(...shares)).toBeLessThan(0.82);
      expect(Math.max(...shares)).toBeLessThanOrEqual(1 + 1e-6);
      expect(Math.max(...shares)).toBeGreaterThan(0.98);
    }),
  );

  it.effect("never end by themselves when the call has no deadline", () =>
    Effect.gen(function* () {
      const { exit, endedAt } = yield* call(loading(3_600_000), RetryPolicy.cold);
      expect(exit._tag).toBe("Success");
      expect(endedAt).toBeLessThanOrEqual(3_640_000);
    }),
  );
});

describe("a model that does not load within the call", () => {
  const never = loading(Infinity);

  it("is asked 5 s before the end, or within the second before that: no wait runs past that moment", async () => {
    const deadlines = fc.integer({ min: 6000, max: 900_000 });
    await fc.assert(
      fc.asyncProperty(fc.integer(), deadlines, async (seed, deadlineMs) => {
        const { startedAt } = await Effect.runPromise(call(never, RetryPolicy.cold, { seed, deadlineMs }));
        const left = startedAt.map((at) => deadlineMs - at);
        expect(left.some((ms) => ms > 4999 && ms < 6001)).toBe(true);
      }),
    );
  });

  it("is asked no more often because the end is near", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { startedAt } = await Effect.runPromise(call(never, RetryPolicy.standard, { seed, deadlineMs: callMs }));
        expect(startedAt.length).toBeLessThanOrEqual(21);
      }),
    );
  });

  it.effect("ends with the call's own timeout", () =>
    Effect.gen(function* () {
      const { exit, endedAt } = yield* call(never, RetryPolicy.standard, { seed: "on time", deadlineMs: callMs });
      expect(exit._tag).toBe("Failure");
      expect(endedAt).toBe(callMs);
    }),
  );

  it.effect("is waited for as usual when the call has less than 5 s", () =>
    Effect.gen(function* () {
      const { startedAt } = yield* call(never, RetryPolicy.standard, { deadlineMs: 4000 });
      expect(startedAt.length).toBe(3);
    }),
  );
});
