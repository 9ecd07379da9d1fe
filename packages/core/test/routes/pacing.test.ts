/** Pacing to a gateway's rate limit: never more requests in a window, and served in order. */
import { assert, describe, it } from "@effect/vitest";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as fc from "fast-check";
import { TestClock } from "effect/testing";
import { Pacer } from "../../src/routes/Pacer.ts";
import {
  type Caller,
  coldUntil,
  type Ended,
  errorIn,
  gateway,
  limited,
  play,
  succeeded,
  times,
  unavailable,
  warm,
} from "./models.ts";

const paced = (requests: number, perSeconds = 60) => ({
  gateway: { name: "paced", baseUrl: gateway, rateLimit: { requests, perSeconds, of: "key" as const } },
  pace: true,
});
const ok = { model: "warm" };
const paceWaits = ({ events }: Ended) =>
  events.flatMap((event) => (event.type === "waiting" && event.for === "pace" ? [event.waitMs] : []));

describe("a client that keeps to 20 requests a minute", () => {
  it.effect("begins 20 at once and 20 more each minute, in the order of the calls, and tells how long each waits", () =>
    Effect.gen(function* () {
      const behaviours = { warm: warm() };
      const { asked, ends } = yield* play({ behaviours, settings: paced(20), callers: times(50, ok) });
      assert.deepStrictEqual(
        asked.map(({ at }) => at),
        [...times(20, 0), ...times(20, 60_000), ...times(10, 120_000)],
      );
      assert.deepStrictEqual(
        ends.map(({ at }) => at),
        asked.map(({ at }) => at),
      );
      assert.deepStrictEqual(ends.flatMap(paceWaits), [...times(20, 60_000), ...times(10, 120_000)]);
    }),
  );

  it.effect("counts over all models of the gateway, and counts retries", () =>
    Effect.gen(function* () {
      const callers = [{ model: "cold" }, ...times(19, { model: "warm", from: 10_000 })];
      const behaviours = { warm: warm(), cold: coldUntil(5_000) };
      const { asked } = yield* play({ behaviours, settings: paced(20), callers });
      for (const { at } of asked) {
        // The clock counts microseconds.
        assert.isAtMost(asked.filter((other) => other.at >= at && other.at < at + 59_999.99).length, 20);
      }
      assert.isAbove(asked.at(-1)?.at ?? 0, 59_999);
    }),
  );

  it.effect("lets those behind move up when one gives up", () =>
    Effect.gen(function* () {
      const callers: ReadonlyArray<Caller> = [
        ...times(2, ok),
        ...times(2, { ...ok, abortAfter: 30_000 }),
        { ...ok, options: { timeoutMs: 20_000 } },
        ...times(2, ok),
      ];
      const { asked, ends } = yield* play({ behaviours: { warm: warm() }, settings: paced(2), callers });
      assert.deepStrictEqual(
        asked.map(({ at }) => at),
        [0, 0, 60_000, 60_000],
      );
      const late = ends[4] ?? assert.fail("it has ended");
      assert.include(errorIn(late), { _tag: "DeadlineExceeded", inFlight: false, mayHaveRun: false });
      assert.isTrue(ends.slice(-2).every(succeeded));
    }),
  );

  it.effect("without pacing is told 429", () =>
    Effect.gen(function* () {
      const { gateway: own } = paced(2);
      const { asked } = yield* play({
        behaviours: { warm: warm() },
        settings: { gateway: own },
        callers: times(9, ok),
      });
      assert.deepStrictEqual(
        asked.map(({ at }) => at),
        times(9, 0),
      );
    }),
  );

  it.effect("shares the limit between routes with one key", () =>
    Effect.gen(function* () {
      const { gateway: own } = paced(3);
      const routes = [
        { gateway: own, models: { "text-to-image": "cold" } },
        { gateway: own, models: { "text-to-image": "warm" } },
      ];
      const { asked } = yield* play({
        behaviours: { warm: warm(), cold: unavailable },
        settings: { routes, pace: true },
        callers: [{}, { from: 1_000 }, { from: 2_000 }],
      });
      assert.deepStrictEqual(
        asked.map(({ at, model }) => [at, model]),
        [
          [0, "cold"],
          [0, "warm"],
          [1_000, "warm"],
          [60_000, "warm"],
        ],
      );
    }),
  );

  it.effect("still heeds a 429", () =>
    Effect.gen(function* () {
      let first = true;
      const { asked } = yield* play({
        behaviours: { warm: (one) => (first ? ((first = false), limited(7)(one)) : warm()(one)) },
        settings: paced(20),
        callers: [ok],
      });
      assert.deepStrictEqual(
        asked.map(({ at }) => at),
        [0, 7_000],
      );
    }),
  );
});

describe("a pacer, whoever comes and goes", () => {
  it("never lets more than its number begin in any window, in order, and none later than it must", async () => {
    const caller = fc.record({ from: fc.nat(30_000), gone: fc.option(fc.nat(20_000), { nil: undefined, freq: 3 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(caller, { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async (callers, requests, perSeconds) => {
          const pacer = new Pacer({ requests, perSeconds });
          const begun: Array<{ readonly came: number; readonly place: number; readonly at: number }> = [];
          const one = ({ from, gone }: (typeof callers)[number], place: number) =>
            Effect.gen(function* () {
              yield* Effect.sleep(from);
              const clock = yield* Clock.Clock;
              const begin = pacer.begin(() => Number(clock.monotonicTimeNanosUnsafe()) / 1e6);
              const fiber = yield* Effect.forkChild(
                Effect.andThen(
                  begin,
                  Effect.sync(() => begun.push({ came: from, place, at: clock.currentTimeMillisUnsafe() })),
                ),
              );
              if (gone !== undefined) yield* Effect.forkChild(Effect.delay(Fiber.interrupt(fiber), gone));
              yield* Fiber.await(fiber);
            });
          await Effect.runPromise(
            Effect.gen(function* () {
              const all = yield* Effect.forkChild(Effect.forEach(callers, one, { concurrency: "unbounded" }));
              yield* TestClock.adjust(600_000);
              assert.isDefined(all.pollUnsafe());
            }).pipe(Effect.provide(TestClock.layer())),
          );
          begun.forEach(({ came, place, at }, index) => {
            const before = begun[index - requests];
            const earliest = Math.max(came, before === undefined ? 0 : before.at + perSeconds * 1_000);
            assert.strictEqual(at, earliest);
            const last = begun[index - 1];
            if (last !== undefined) assert.isTrue(last.came < came || (last.came === came && last.place < place));
          });
          assert.strictEqual(pacer.waitMs(600_000), 0);
          assert.isAtLeast(begun.length, callers.filter(({ gone }) => gone === undefined).length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
