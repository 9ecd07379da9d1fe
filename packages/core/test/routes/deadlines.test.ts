/** One sleep for the deadlines of all calls: never early, never lost, and nothing left of it when no call is. */
import { assert, describe, it } from "@effect/vitest";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { TestClock } from "effect/testing";
import { Deadlines, deadlinesOn } from "../../src/call/Deadlines.ts";

/** A clock that knows how many sleeps are under way. */
const counted = (clock: Clock.Clock) => {
  const seen = { sleeps: 0 };
  const counting: Clock.Clock = {
    currentTimeMillis: clock.currentTimeMillis,
    currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe(),
    currentTimeNanos: clock.currentTimeNanos,
    currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
    monotonicTimeNanos: clock.monotonicTimeNanos,
    monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
    sleep: (duration) =>
      Effect.suspend(() => {
        seen.sleeps += 1;
        return Effect.ensuring(
          clock.sleep(duration),
          Effect.sync(() => {
            seen.sleeps -= 1;
          }),
        );
      }),
  };
  return { seen, counting };
};

type Step =
  | { readonly do: "add"; readonly ms: number }
  | { readonly do: "take back"; readonly which: number }
  | { readonly do: "pass"; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("add" as const),
    ms: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.001, max: 50, noNaN: true })),
  }),
  fc.record({ do: fc.constant("take back" as const), which: fc.nat(10) }),
  fc.record({ do: fc.constant("pass" as const), ms: fc.nat(40) }),
);

describe("deadlines", () => {
  it("do what one timer for each would do", async () => {
    const run = (steps: ReadonlyArray<Step>) =>
      Effect.gen(function* () {
        const clock = yield* Clock.Clock;
        const { seen, counting } = counted(clock);
        const deadlines = new Deadlines(counting);
        interface One {
          readonly at: number;
          readonly takeBack: () => void;
          expired: number | undefined;
          gone: boolean;
        }
        const all: Array<One> = [];
        const check = () => {
          const now = clock.currentTimeMillisUnsafe();
          for (const { at, expired, gone } of all) {
            if (gone) continue;
            // A microsecond is what the clock counts.
            if (expired === undefined) assert.isAbove(at, now - 0.002);
            else assert.closeTo(expired, at, 0.002);
          }
          const open = all.filter(({ expired, gone }) => expired === undefined && !gone).length;
          assert.strictEqual(seen.sleeps, open === 0 ? 0 : 1);
        };
        for (const one of steps) {
          if (one.do === "pass") yield* TestClock.adjust(one.ms);
          else if (one.do === "add") {
            const added: One = {
              at: clock.currentTimeMillisUnsafe() + one.ms,
              expired: undefined,
              gone: false,
              takeBack: deadlines.add(one.ms, () => {
                assert.isUndefined(added.expired);
                assert.isFalse(added.gone);
                added.expired = clock.currentTimeMillisUnsafe();
              }),
            };
            all.push(added);
          } else {
            const added = all[one.which];
            if (added === undefined) continue;
            added.takeBack();
            if (added.expired === undefined) added.gone = true;
          }
          check();
        }
        yield* TestClock.adjust(1_000);
        check();
        assert.isFalse(all.some(({ expired, gone }) => expired === undefined && !gone));
      }).pipe(Effect.provide(TestClock.layer()));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), (steps) => Effect.runPromise(run(steps))),
      { numRuns: 500 },
    );
  });

  it.effect("may be added and taken back by one that expires", () =>
    Effect.gen(function* () {
      const { seen, counting } = counted(yield* Clock.Clock);
      const deadlines = new Deadlines(counting);
      const told: Array<string> = [];
      deadlines.add(10, () => {
        told.push("first");
        takeBack();
        deadlines.add(5, () => told.push("third"));
      });
      const takeBack = deadlines.add(10, () => told.push("second"));
      yield* TestClock.adjust(14);
      assert.deepStrictEqual(told, ["first"]);
      yield* TestClock.adjust(1);
      assert.deepStrictEqual(told, ["first", "third"]);
      assert.strictEqual(seen.sleeps, 0);
    }),
  );

  it.live("leave no timer that would keep a process alive, and are one for each clock", () =>
    Effect.gen(function* () {
      const clock = yield* Clock.Clock;
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
      const before = timers();
      assert.strictEqual(deadlinesOn(clock), deadlinesOn(clock));
      const takeBack = [300_000, 200_000, 100_000].map((ms) => deadlinesOn(clock).add(ms, () => undefined));
      assert.strictEqual(timers(), before + 1);
      takeBack.forEach((one) => {
        one();
      });
      assert.strictEqual(timers(), before);
    }),
  );
});
