/** Many callers of one client, on a gateway that fails while a model loads: who gets what, and how much is asked. */
import type { GatewayClientSettings } from "@sluice/core/effect";
import { disorderIn } from "@sluice/telemetry";
import { assert, describe, it } from "@effect/vitest";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { TestClock } from "effect/testing";
import * as fc from "fast-check";
import {
  answer,
  type Behaviour,
  type Caller,
  coldUntil,
  type Ended,
  errorIn,
  gateway,
  limited,
  play,
  refused,
  resultIn,
  silent,
  succeeded,
  times,
  unavailable,
  warm,
} from "./models.ts";

const b = "http://b.example";
const both: GatewayClientSettings = { routes: [{ gateway }, { gateway: b }] };

const during =
  (fromMs: number, untilMs: number, then: Behaviour, otherwise: Behaviour): Behaviour =>
  (asked) =>
    (asked.at >= fromMs && asked.at < untilMs ? then : otherwise)(asked);

const after =
  (ms: number, behaviour: Behaviour): Behaviour =>
  (asked) =>
    Effect.andThen(Effect.sleep(ms), behaviour(asked));

const arriving = (count: number, everyMs: number, caller: Caller = {}): ReadonlyArray<Caller> =>
  Array.from({ length: count }, (_, place) => ({ ...caller, from: (caller.from ?? 0) + place * everyMs }));

const allSucceed = (ends: ReadonlyArray<Ended>): void => {
  for (const end of ends) resultIn(end);
};
const lastOf = (ends: ReadonlyArray<Ended>): number => Math.max(...ends.map(({ at }) => at));

describe("100 callers of a model that is cold for 60 s", () => {
  it.effect("that come over 30 s cost at most 50 requests more than they are", () =>
    Effect.gen(function* () {
      const { asked, ends } = yield* play({ behaviours: { cold: coldUntil(60_000) }, callers: arriving(100, 300) });
      allSucceed(ends);
      assert.isAtMost(asked.length, 150);
      assert.isBelow(lastOf(ends), 80_000);
    }),
  );

  it.effect("on two routes that are both cold find out with at most 40 requests", () =>
    Effect.gen(function* () {
      const behaviours = { [gateway]: coldUntil(60_000), [b]: coldUntil(60_000) };
      const { asked, ends } = yield* play({ behaviours, callers: times(100, {}), settings: both });
      allSucceed(ends);
      assert.isAtMost(asked.length, 140);
      assert.isBelow(lastOf(ends), 80_000);
    }),
  );

  // As it gets colder the client asks more seldom, so that a short outage may go unseen: not this one.
  for (const [from, until] of [
    [3_000, 9_000],
    [18_000, 24_000],
    [28_000, 34_000],
    [28_000, 42_000],
  ] as const) {
    it.effect(`outlast a gateway that refuses connections from ${from} to ${until} ms`, () =>
      Effect.gen(function* () {
        const cold = during(from, until, refused, coldUntil(60_000));
        const { asked, ends } = yield* play({ behaviours: { cold }, callers: times(100, {}) });
        if (until - from > 8_000) assert.isTrue(asked.some(({ at }) => at >= from && at < until));
        allSucceed(ends);
        assert.isAtMost(asked.length, 125);
      }),
    );
  }

  it.effect("outlast a rate limit on every third request: at most 140 requests", () =>
    Effect.gen(function* () {
      let count = 0;
      const cold: Behaviour = (asked) =>
        (++count % 3 === 0 && asked.at < 60_000 ? limited(1) : coldUntil(60_000))(asked);
      const { asked, ends } = yield* play({ behaviours: { cold }, callers: times(100, {}) });
      allSucceed(ends);
      assert.isAtMost(asked.length, 140);
    }),
  );
});

describe("a caller of a cold model", () => {
  it.effect("gets its image though it comes late and is in a hurry", () =>
    Effect.gen(function* () {
      const late = [156_000, 160_000, 165_000, 170_000].map((from) => ({ from, options: { timeoutMs: 20_000 } }));
      const callers = [{}, ...late];
      const { ends } = yield* play({ behaviours: { cold: coldUntil(155_000) }, callers });
      allSucceed(ends);
    }),
  );

  it.effect("gets its image though another's patience ends, with any policy", () =>
    Effect.gen(function* () {
      const callers = [60_000, 300_000, 300_000].map((timeoutMs) => ({ options: { timeoutMs } }));
      const settings = { gateway, maxRetries: 50 };
      const { ends } = yield* play({ behaviours: { cold: coldUntil(100_000) }, callers, settings });
      assert.deepStrictEqual(ends.map(succeeded), [false, true, true]);
    }),
  );

  it.effect("that must not retry fails as soon as another has found out", () =>
    Effect.gen(function* () {
      const settings = { gateway, maxRetries: 0 };
      const behaviours = { cold: after(2_000, unavailable) };
      const { asked, ends } = yield* play({ behaviours, callers: times(100, {}), settings });
      assert.lengthOf(asked, 1);
      for (const end of ends) {
        assert.strictEqual(end.at, 2_000);
        assert.include(errorIn(end), { _tag: "ColdOrNoCapacity", signal: "unavailable" });
      }
      assert.lengthOf(new Set(ends.map((end) => errorIn(end).requestId)), 100);
    }),
  );

  it.effect("that sent nothing says that nothing may have run, whatever ran for another", () =>
    Effect.gen(function* () {
      const cold: Behaviour = after(500, () => answer(504, "gateway timeout"));
      const once = yield* play({ behaviours: { cold }, callers: times(5, {}), settings: { gateway, maxRetries: 0 } });
      assert.deepStrictEqual(
        once.ends.map((end) => [errorIn(end).attempts.length, errorIn(end).mayHaveRun]),
        [[1, true], ...times(4, [0, false])],
      );
      const { ends } = yield* play({ behaviours: { cold }, callers: times(5, {}) });
      for (const end of ends) assert.strictEqual(errorIn(end).mayHaveRun, errorIn(end).attempts.length > 0);
    }),
  );

  it.effect("goes on when a transport dies under the one that asks, whose events end too", () =>
    Effect.gen(function* () {
      let count = 0;
      const defect = new Error("a defect");
      const cold: Behaviour = (asked) => (++count === 2 ? Effect.die(defect) : coldUntil(20_000)(asked));
      const { ends } = yield* play({ behaviours: { cold }, callers: times(10, {}), inFibers: true });
      const dead = ends.filter((end) => !succeeded(end));
      assert.lengthOf(dead, 1);
      const [{ exit, events } = assert.fail("one has died")] = dead;
      assert.strictEqual(Exit.isFailure(exit) && Cause.squash(exit.cause), defect);
      assert.include(events.at(-1), { type: "call-ended", outcome: "defect" });
      assert.deepStrictEqual(disorderIn(events), []);
    }),
  );

  const busy: Behaviour = () => answer(503, '{"error":{"message":"busy"}}', { "retry-after": "600" });
  for (const [name, first, second] of [
    ["first", busy, coldUntil(20_000)],
    ["second", coldUntil(20_000), busy],
  ] as const) {
    it.effect(`waits for the other route when the ${name} asks for more time than there is`, () =>
      Effect.gen(function* () {
        const behaviours = { [gateway]: first, [b]: second };
        const { ends } = yield* play({ behaviours, callers: times(5, {}), settings: both });
        allSucceed(ends);
        assert.isBelow(lastOf(ends), 32_000);
      }),
    );
  }
});

describe("what one call meets is not all calls' fate", () => {
  const poisonous: Behaviour = (asked) => (asked.prompt === "poison" ? unavailable : warm(500))(asked);
  const poison: Caller = { model: "m", prompt: "poison", from: 1_000 };

  it.each([
    ["in fibers", true],
    ["without fibers", false],
  ])("requests that get 503 from a warm model hold good ones up for seconds at most, %s", async (_, inFibers) => {
    const scenes = fc.record({
      seed: fc.nat(),
      bad: fc.integer({ min: 1, max: 3 }),
      good: fc.integer({ min: 1, max: 20 }),
      from: fc.integer({ min: 1_000, max: 60_000 }),
    });
    const property = fc.asyncProperty(scenes, async ({ seed, bad, good, from }) => {
      const callers = [{ model: "m" }, ...times(bad, poison), ...times(good, { model: "m", from })];
      const scene = play({ behaviours: { m: poisonous }, callers, seed, inFibers });
      const { ends } = await Effect.runPromise(Effect.provide(scene, TestClock.layer()));
      const held = ends.slice(1 + bad);
      allSucceed(held);
      assert.isBelow(lastOf(held), from + 12_000);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it.effect("such a request goes on by the pace of its own policy", () =>
    Effect.gen(function* () {
      const callers = [{ model: "m" }, poison, ...times(20, { model: "m", from: 2_000 })];
      const { ends } = yield* play({ behaviours: { m: poisonous }, callers });
      const ended = ends[1] ?? assert.fail("it has ended");
      assert.strictEqual(errorIn(ended)._tag, "DeadlineExceeded");
      // Neither refused nor hurried by the others' answers.
      assert.isAtMost(errorIn(ended).attempts.length, 22);
    }),
  );

  it.effect("a gateway that refuses connections for 200 ms fails nobody", () =>
    Effect.gen(function* () {
      const { ends } = yield* play({ behaviours: { cold: during(0, 200, refused, warm()) }, callers: times(10, {}) });
      allSucceed(ends);
      assert.isBelow(lastOf(ends), 2_000);
    }),
  );

  it.effect("a model that dies while it loads does not open the circuit for those who wait for it", () =>
    Effect.gen(function* () {
      // Five give up at their deadlines, each having reached nobody at last.
      const hurried = times(5, { options: { timeoutMs: 10_000 } });
      const cold = during(1_000, 15_000, refused, coldUntil(30_000));
      const { ends } = yield* play({ behaviours: { cold }, callers: [...hurried, ...times(5, {})] });
      assert.deepStrictEqual(ends.map(succeeded), [...times(5, false), ...times(5, true)]);
    }),
  );

  it.effect("a call that fails on one route and waits for another counts once on the first", () =>
    Effect.gen(function* () {
      // Three calls, each of which ends by its deadline after its policy had given up: no circuit opens.
      const callers = [...arriving(3, 20_000, { options: { timeoutMs: 4_000 } }), { from: 60_000 }];
      const behaviours = { [gateway]: during(0, 55_000, refused, warm()), [b]: unavailable };
      const { ends } = yield* play({ behaviours, callers, settings: both });
      assert.deepStrictEqual(ends.map(succeeded), [false, false, false, true]);
      assert.include(resultIn(ends[3] ?? assert.fail("it has ended")).meta, { gateway });
    }),
  );

  it.effect("a request that is held for ever fails its own call alone", () =>
    Effect.gen(function* () {
      let count = 0;
      const cold: Behaviour = (asked) => (++count === 3 ? silent : coldUntil(20_000))(asked);
      const { ends } = yield* play({ behaviours: { cold }, callers: times(20, {}) });
      assert.strictEqual(ends.filter(succeeded).length, 19);
      assert.isBelow(lastOf(ends.filter(succeeded)), 35_000);
    }),
  );
});
