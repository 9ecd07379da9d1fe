/** One sleep for the deadlines of all calls: never early, never lost, and nothing left of it when no call is. */
import { assert, describe, it } from "@effect/vitest";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { TestClock } from "effect/testing";
import { Deadlines, deadlinesOn, Expiring } from "../../src/call/Deadlines.ts";

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

class One extends Expiring {
  readonly #onExpiry: () => void;

  constructor(onExpiry: () => void) {
    super();
    this.#onExpiry = onExpiry;
  }

  expire(): void {
    this.#onExpiry();
  }
}

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
        interface Added {
          readonly at: number;
          readonly one: One;
          expired: number | undefined;
          gone: boolean;
        }
        const all: Array<Added> = [];
        const check = () => {
          const now = clock.currentTimeMillisUnsafe();
          for (const { at, expired, gone } of all) {
            if (gone) continue;
            // A microsecond is what the clock counts.
            if (expired === undefined) assert.isAbove(at, now - 0.002);
            else assert.closeTo(expired, at, 0.002);
          }
          const open = all.filter(({ expired, gone }) => expired === undefined && !gone).length;
          // A sleep without a purpose ends by itself.
          assert.isAtMost(seen.sleeps, 1);
          if (open > 0) assert.strictEqual(seen.sleeps, 1);
        };
        for (const one of steps) {
          if (one.do === "pass") yield* TestClock.adjust(one.ms);
          else if (one.do === "add") {
            const added: Added = {
              at: clock.currentTimeMillisUnsafe() + one.ms,
              expired: undefined,
              gone: false,
              one: new One(() => {
                assert.isUndefined(added.expired);
                assert.isFalse(added.gone);
                added.expired = clock.currentTimeMillisUnsafe();
              }),
            };
            deadlines.add(added.one, one.ms);
            all.push(added);
          } else {
            const added = all[one.which];
            if (added === undefined) continue;
            deadlines.remove(added.one);
            if (added.expired === undefined) added.gone = true;
          }
          check();
        }
        yield* TestClock.adjust(1_000);
        check();
        assert.isFalse(all.some(({ expired, gone }) => expired === undefined && !gone));
        assert.strictEqual(seen.sleeps, 0);
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
      const telling = (name: string, also: () => void = () => undefined) =>
        new One(() => {
          told.push(name);
          also();
        });
      const second = telling("second");
      const third = telling("third");
      const first = telling("first", () => {
        deadlines.remove(second);
        deadlines.remove(third);
        deadlines.add(third, 5);
        deadlines.add(telling("fourth"), 6);
      });
      for (const one of [first, second, third]) deadlines.add(one, 10);
      yield* TestClock.adjust(14);
      assert.deepStrictEqual(told, ["first"]);
      yield* TestClock.adjust(2);
      assert.deepStrictEqual(told, ["first", "third", "fourth"]);
      yield* TestClock.adjust(50);
      assert.strictEqual(seen.sleeps, 0);
    }),
  );

  it.effect("sleep for 50 ms at most, so that an idle client keeps no process alive, and are one for each clock", () =>
    Effect.gen(function* () {
      const clock = yield* Clock.Clock;
      assert.strictEqual(deadlinesOn(clock), deadlinesOn(clock));
      const { seen, counting } = counted(clock);
      const deadlines = new Deadlines(counting);
      const far = [300_000, 200_000, 100_000].map((ms) => {
        const one = new One(() => undefined);
        deadlines.add(one, ms);
        return one;
      });
      yield* TestClock.adjust(1_000);
      assert.strictEqual(seen.sleeps, 1);
      far.forEach((one) => {
        deadlines.remove(one);
      });
      yield* TestClock.adjust(50);
      assert.strictEqual(seen.sleeps, 0);
    }),
  );
});
