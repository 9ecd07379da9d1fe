/**
 * A model that loads while a call of 300 s waits for it. What the median caller waits longer than the model takes to
 * load, the gateway's time for each answer included, is at most a quarter of that time; every caller gets a result, in
 * at most 20 attempts.
 */
import { beforeAll, describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import fc from "fast-check";
import { RetryPolicy } from "../../src/index.ts";
import { call, calls, type Run, type Script } from "../virtualTime.ts";
import { cold, unavailable } from "./samples.ts";

const callMs = 300_000;
/** An odd number, so that one of them is the median. */
const seeds = Array.from({ length: 101 }, (_, seed) => seed);

/** A gateway that answers 503 until its model is loaded. */
const loading =
  (loadMs: number): Script =>
  (_, now) =>
    now < loadMs ? cold : "result";

const never = loading(Infinity);

/** In seconds: the loads of the promise, and those around them. */
const loads = [5, 30, 45, 60, 120, 180, 240, 290];

/** Every whole second up to a minute, then every tenth. */
const grid = [
  ...Array.from({ length: 57 }, (_, index) => 4 + index),
  ...Array.from({ length: 23 }, (_, index) => 70 + 10 * index),
];

const median = (numbers: ReadonlyArray<number>): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

describe.each([
  { answerMs: 0, from: 4 },
  { answerMs: 50, from: 4 },
  // An answer that takes an eighth of the load itself leaves no room for a pace with 20 attempts in 300 s.
  { answerMs: 500, from: 10 },
])("a model that loads, behind a gateway whose answers take $answerMs ms", ({ answerMs, from }) => {
  const circumstances = { deadlineMs: callMs, answerMs };
  let patient: ReadonlyArray<Run> = [];

  beforeAll(async () => {
    patient = await Effect.runPromise(calls(seeds, never, RetryPolicy.standard, circumstances));
  });

  /** What a caller draws does not depend on the load: the attempts of one who waits for ever tell when it is noticed. */
  const endsOf = (load: number) =>
    patient.map(({ startedAt }) => (startedAt.find((at) => at >= load * 1000) ?? Infinity) + answerMs);
  const latenessOf = (load: number) => median(endsOf(load)) / (load * 1000) - 1;

  it.effect.each(loads)("for %i s: every call ends in a result, in at most 20 attempts", (load) =>
    Effect.gen(function* () {
      const expected = endsOf(load);
      const runs = yield* calls(seeds, loading(load * 1000), RetryPolicy.standard, circumstances);
      for (const [index, { exit, startedAt, endedAt }] of runs.entries()) {
        expect(exit).toMatchObject({ _tag: "Success", value: "result" });
        expect(startedAt.length).toBeLessThanOrEqual(20);
        expect(endedAt).toBeCloseTo(expected[index] ?? NaN, 6);
      }
    }),
  );

  it(`for any time from ${from} s to 290 s: the median caller waits at most a quarter longer`, () => {
    for (const load of grid.filter((seconds) => seconds >= from)) {
      expect.soft(latenessOf(load), `a load of ${load} s`).toBeLessThanOrEqual(0.25);
    }
  });

  it("for any time from 4 s to 290 s: the median caller waits at most a quarter and one answer longer", () => {
    for (const load of grid) {
      expect.soft(latenessOf(load), `a load of ${load} s`).toBeLessThanOrEqual(0.25 + answerMs / 1000 / load);
    }
  });

  it("for any time from 4 s to 290 s: the median caller waits a sixth longer on average", () => {
    const mean = grid.map(latenessOf).reduce((sum, share) => sum + share, 0) / grid.length;
    expect(mean).toBeGreaterThan(0.14);
    expect(mean).toBeLessThan(0.18);
  });

  it("for longer than the call: it is asked 19 or 20 times", () => {
    for (const { startedAt } of patient) {
      expect(startedAt.length).toBeGreaterThanOrEqual(19);
      expect(startedAt.length).toBeLessThanOrEqual(20);
    }
  });
});

describe("a model that does not load within the call", () => {
  it("is asked at most 20 times under any seed, however fast the gateway answers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 0, max: 1000 }), async (seed, answerMs) => {
        const circumstances = { seed, deadlineMs: callMs, answerMs };
        const { startedAt } = await Effect.runPromise(call(never, RetryPolicy.standard, circumstances));
        expect(startedAt.length).toBeLessThanOrEqual(20);
      }),
    );
  });

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

  it.effect("ends with its own error after the last chance, as there is no time for another", () =>
    Effect.gen(function* () {
      const { exit, endedAt } = yield* call(never, RetryPolicy.standard, { seed: "on time", deadlineMs: callMs });
      expect(exit).toEqual(Exit.fail(cold));
      expect(endedAt).toBeCloseTo(callMs - 5000, 6);
    }),
  );

  it.effect("is waited for as usual when the call has less than 5 s", () =>
    Effect.gen(function* () {
      const { startedAt } = yield* call(never, RetryPolicy.standard, { deadlineMs: 4000 });
      expect(startedAt.map(Math.round)).toEqual([0, 675, 1387, 2347, 3643]);
    }),
  );

  it.effect("is asked no more often when the gateway says to come back in a second, each time", () =>
    Effect.gen(function* () {
      const hasty = () => unavailable("unavailable", 1000);
      for (const { startedAt } of yield* calls(seeds, hasty, RetryPolicy.standard, { deadlineMs: callMs })) {
        expect(startedAt.length).toBeLessThanOrEqual(20);
        expect(startedAt.at(-1)).toBeCloseTo(295_000, 3);
      }
    }),
  );

  it.effect("is given up after five minutes when the call has no deadline", () =>
    Effect.gen(function* () {
      const { exit, endedAt, startedAt } = yield* call(loading(9_000_000), RetryPolicy.cold);
      expect(exit).toEqual(Exit.fail(cold));
      expect(endedAt).toBeGreaterThan(255_000);
      expect(endedAt).toBeLessThan(300_000);
      expect(startedAt.length).toBeLessThanOrEqual(20);
    }),
  );
});
