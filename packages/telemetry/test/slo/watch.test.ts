import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { TestClock } from "effect/testing";
import { Evaluator } from "../../src/slo/Evaluator.ts";
import { defaultSlo } from "../../src/slo/SloFile.ts";
import { watch } from "../../src/slo/watch.ts";
import { attempt, minuteMs, recorded, said, spread, start } from "./traffic.ts";

/** The times at which it looked, in seconds since the start. */
const lookedAt = (begin: number, run: (looked: ReadonlyArray<number>) => Effect.Effect<void>) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(begin);
    const looked: Array<number> = [];
    const evaluate = (at: number): void => void looked.push((at - start) / 1_000);
    const fiber = yield* Effect.forkChild(watch({ evaluate }));
    yield* Effect.yieldNow;
    yield* run(looked);
    yield* Fiber.interrupt(fiber);
    return looked;
  });

describe("a watch", () => {
  it.effect("looks at once, and then a second into each minute", () =>
    Effect.gen(function* () {
      const looked = yield* lookedAt(start + 20_000, () => TestClock.adjust("3 minutes"));
      assert.deepStrictEqual(looked, [20, 61, 121, 181]);
    }),
  );

  it.effect("keeps to the minute, wherever in it it begins", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* lookedAt(start, () => TestClock.adjust("2 minutes")), [0, 61]);
      assert.deepStrictEqual(yield* lookedAt(start + 500, () => TestClock.adjust("2 minutes")), [0.5, 61]);
      assert.deepStrictEqual(yield* lookedAt(start + 59_999, () => TestClock.adjust("2 minutes")), [59.999, 61, 121]);
    }),
  );

  it.effect("goes on when a look throws", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start);
      let looks = 0;
      const evaluate = (): never => {
        looks += 1;
        throw new Error("Not today.");
      };
      const fiber = yield* Effect.forkChild(watch({ evaluate }));
      yield* TestClock.adjust("5 minutes");
      yield* Fiber.interrupt(fiber);
      assert.strictEqual(looks, 5);
    }),
  );

  it.effect("ends when it is interrupted, and looks no more", () =>
    Effect.gen(function* () {
      const looked = yield* lookedAt(start, () => TestClock.adjust("1 minute"));
      yield* TestClock.adjust("10 minutes");
      assert.deepStrictEqual(looked, [0]);
    }),
  );

  it.effect("lets alerts fire and end though no event comes", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start);
      const evaluator = new Evaluator(defaultSlo);
      const indicators = recorded(spread(attempt, 0, 10, 60, { outcome: "SLUICE-503-COLD" }));
      const told: Array<string> = [];
      const evaluate = (at: number): void => void told.push(...said(evaluator.advance(indicators, at)));
      const fiber = yield* Effect.forkChild(watch({ evaluate }));
      const toldBy = (ms: number) => Effect.as(TestClock.setTime(start + ms), told.length);
      yield* toldBy(11 * minuteMs);
      assert.deepStrictEqual(told, ["LivepeerUnavailable pending 1"]);
      yield* toldBy(11 * minuteMs + 1_000);
      assert.deepStrictEqual(told.slice(1), ["LivepeerUnavailable firing 11"]);
      yield* toldBy(30 * minuteMs);
      assert.deepStrictEqual(told.slice(2), ["LivepeerUnavailable resolved 15"]);
      yield* Fiber.interrupt(fiber);
    }),
  );
});
