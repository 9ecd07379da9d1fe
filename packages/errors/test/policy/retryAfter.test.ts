import { describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import fc from "fast-check";
import { RetryPolicy } from "../../src/index.ts";
import { oneOfEach } from "../failures/oneOfEach.ts";
import { call, saying } from "../virtualTime.ts";
import { answer, errorOf } from "../wire.ts";
import { limitedFor, unavailable } from "./samples.ts";

describe.each([
  ["429", limitedFor],
  ["503", (ms?: number) => unavailable("unavailable", ms)],
  ["a proxy's 502", (ms?: number) => unavailable("proxy", ms)],
])("Retry-After with %s", (_, asking) => {
  it("of a second or more is waited for exactly, under any seed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1000, max: 120_000 }), async (seed, ms) => {
        const script = saying(asking(2000), asking(ms), asking(2000));
        const { exit, waits } = await Effect.runPromise(call(script, RetryPolicy.standard, { seed }));
        expect(exit._tag).toBe("Success");
        expect(waits).toEqual([2000, ms, 2000]);
      }),
      { numRuns: 30 },
    );
  });

  it.effect("that outlasts the call ends it at once, with the error that says when to come back", () =>
    Effect.gen(function* () {
      const error = asking(60_000);
      const run = yield* call(saying(error), RetryPolicy.standard, { deadlineMs: 60_000 });
      expect(run).toEqual({ exit: Exit.fail(error), startedAt: [0], waits: [], endedAt: 0 });
    }),
  );

  it.effect("that ends just before the call is still waited for", () =>
    Effect.gen(function* () {
      const { exit, endedAt } = yield* call(saying(asking(59_999)), RetryPolicy.standard, { deadlineMs: 60_000 });
      expect(exit._tag).toBe("Success");
      expect(endedAt).toBe(59_999);
    }),
  );

  it.effect("counts from when it was said, not from the start of the call", () =>
    Effect.gen(function* () {
      const last = asking(31_000);
      const { exit, endedAt } = yield* call(saying(asking(30_000), last), RetryPolicy.standard, { deadlineMs: 60_000 });
      expect(exit).toEqual(Exit.fail(last));
      expect(endedAt).toBe(30_000);
    }),
  );

  it.effect("of an hour is waited for by a call that has no end, but for no model to load", () =>
    Effect.gen(function* () {
      const { waits } = yield* call(saying(asking(3_600_000)), RetryPolicy.standard);
      expect(waits).toEqual(RetryPolicy.nameFor(asking()) === "cold" ? [] : [3_600_000]);
    }),
  );

  it.effect("of 0 asks for nothing: the wait is the one without it", () =>
    Effect.gen(function* () {
      const { waits } = yield* call(saying(asking(), asking(), asking()), RetryPolicy.standard);
      expect((yield* call(saying(asking(0), asking(0), asking(0)), RetryPolicy.standard)).waits).toEqual(waits);
    }),
  );

  it.effect.each([0, 1, 999])("of %s ms is no invitation to a storm", (ms) =>
    Effect.gen(function* () {
      const hasty = { deadlineMs: 300_000, answerMs: 20 };
      const { startedAt } = yield* call(() => asking(ms), RetryPolicy.standard, hasty);
      expect(startedAt.length).toBeLessThanOrEqual(20);
    }),
  );
});

describe("Retry-After with 503", () => {
  it.effect("is the least that a patient policy waits, and no reason to ask more often", () =>
    Effect.gen(function* () {
      const options = { deadlineMs: 100_000 };
      const plain = yield* call(() => unavailable("unavailable"), RetryPolicy.standard, options);
      const { waits } = yield* call(() => unavailable("unavailable", 3000), RetryPolicy.standard, options);
      expect(waits.length).toBeGreaterThan(11);
      for (const [index, wait] of waits.slice(0, 11).entries()) {
        expect(wait).toBeCloseTo(Math.max(plain.waits[index] ?? NaN, 3000), 6);
      }
    }),
  );
});

describe("Retry-After: 2, from the wire to the wait", () => {
  it.effect.each([429, 503, 502])("of a %s is 2 s", (status) =>
    Effect.gen(function* () {
      const error = errorOf("generic", answer(status, "", { "retry-after": "2" }));
      const { waits, endedAt } = yield* call(saying(error), RetryPolicy.standard);
      expect({ waits, endedAt }).toEqual({ waits: [2000], endedAt: 2000 });
    }),
  );
});

describe("a failure without Retry-After", () => {
  it.effect("waits by its own backoff next to one that has it", () =>
    Effect.gen(function* () {
      const script = saying(limitedFor(2000), oneOfEach.ColdOrNoCapacity, limitedFor(2000));
      const { waits } = yield* call(script, RetryPolicy.standard);
      const [first, second, third] = waits;
      expect(first).toBe(2000);
      expect(second).toBeGreaterThanOrEqual(475);
      expect(second).toBeLessThanOrEqual(475 * 2.35);
      expect(third).toBeCloseTo(2000, 6);
    }),
  );
});
