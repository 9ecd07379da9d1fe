/** The cold gate: one call at a time asks for a cold model, and the others are told what it was told. */
import { disorderIn } from "@sluice/telemetry";
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import {
  answer,
  type Behaviour,
  closed,
  coldUntil,
  errorIn,
  inference,
  kindsIn,
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

const short = { options: { timeoutMs: 10_000 } };

describe("100 callers of a model that is cold for 60 s", () => {
  it.effect("all get their image, and the gateway sees at most 100 + 20 requests", () =>
    Effect.gen(function* () {
      const { asked, ends } = yield* play({ behaviours: { cold: coldUntil(60_000) }, callers: times(100, {}) });
      assert.isTrue(ends.every(succeeded));
      assert.isAtMost(asked.length, 120);
      assert.isTrue(ends.every((end) => resultIn(end).meta.coldStart));
      // The last is let go 5 s after the news of the first.
      const news = Math.min(...ends.map(({ at }) => at));
      assert.isAtMost(Math.max(...ends.map(({ at }) => at)), news + 99 * 50 + 1_000);
    }),
  );

  it.effect("keep their own deadlines: those with 10 s fail at 10 s, and the others go on", () =>
    Effect.gen(function* () {
      const callers = Array.from({ length: 100 }, (_, place) => (place % 2 === 0 ? short : {}));
      const { asked, ends } = yield* play({ behaviours: { cold: coldUntil(60_000) }, callers });
      ends.forEach((end, place) => {
        assert.strictEqual(succeeded(end), place % 2 === 1);
        if (succeeded(end)) return;
        assert.strictEqual(end.at, 10_000);
        const error = errorIn(end);
        assert.include(error, { _tag: "DeadlineExceeded", deadlineMs: 10_000, inFlight: false, mayHaveRun: false });
        assert.deepInclude(error.cause, { _tag: "ColdOrNoCapacity", signal: "unavailable" });
      });
      // The first to ask had 10 s; its successor begins its own patience.
      assert.isAtMost(asked.length, 120);
    }),
  );

  for (const abortAfter of [0, 50, 2_000, 20_000]) {
    it.effect(`go on when the one that asks is aborted after ${abortAfter} ms, and another`, () =>
      Effect.gen(function* () {
        const callers = [{ abortAfter }, ...times(8, {}), { abortAfter }];
        const { asked, ends } = yield* play({ behaviours: { cold: coldUntil(60_000) }, callers });
        assert.deepStrictEqual(ends.map(succeeded), [false, ...times(8, true), false]);
        assert.isAtMost(asked.length, 10 + 30);
      }),
    );
  }

  it.effect("are let go 50 ms apart", () =>
    Effect.gen(function* () {
      const { asked } = yield* play({ behaviours: { cold: coldUntil(60_000) }, callers: times(11, {}) });
      const [first = 0, ...others] = asked.slice(-10).map(({ at }) => at);
      assert.deepStrictEqual(
        others.map((at) => Math.round(at - first)),
        [50, 100, 150, 200, 250, 300, 350, 400, 450],
      );
    }),
  );

  it.effect("hear of it each with its own request's id", () =>
    Effect.gen(function* () {
      const slowly: Behaviour = (asked) => Effect.andThen(Effect.sleep(200), coldUntil(60_000)(asked));
      const { ends } = yield* play({ behaviours: { cold: slowly }, callers: times(3, {}) });
      const [asking, waiting] = ends;
      if (asking === undefined || waiting === undefined) return assert.fail("two have ended");
      const attempt = ["attempt-started", "attempt-ended"];
      assert.deepStrictEqual(kindsIn(asking).slice(0, 4), ["call-started", ...attempt, "waiting retry"]);
      assert.deepStrictEqual(kindsIn(waiting).slice(0, 5), [
        "call-started",
        ...["waiting gate", "waiting gate", "gate-opened", "attempt-started"],
      ]);
      for (const end of ends) assert.deepStrictEqual(disorderIn(end.events), []);
      const { meta } = resultIn(waiting);
      assert.isTrue(waiting.events.every(({ requestId }) => requestId === meta.requestId));
      const [, guess, wait, opened] = waiting.events;
      assert.notProperty(guess, "reason");
      assert.deepInclude(wait, { attempt: 0 });
      assert.deepInclude(wait?.type === "waiting" ? wait.reason : {}, { _tag: "ColdOrNoCapacity" });
      assert.deepInclude(opened, { gateway: "http://a.example", pipeline: "text-to-image", model: "cold" });
      const waitedMs = opened?.type === "gate-opened" ? opened.waitedMs : 0;
      assert.closeTo(waitedMs, (opened?.at ?? 0) - (wait?.at ?? 0), 0.01);
    }),
  );
});

describe("a model that has not answered yet", () => {
  it.effect("is asked by one; when it answers in time, all go at once", () =>
    Effect.gen(function* () {
      const { asked, ends } = yield* play({ behaviours: { warm: warm(700) }, callers: times(5, { model: "warm" }) });
      assert.deepStrictEqual(
        asked.map(({ at }) => at),
        [0, 700, 700, 700, 700],
      );
      assert.isTrue(ends.every((end) => !resultIn(end).meta.coldStart));
    }),
  );

  it.effect("holds the others up for 2.5 s at most", () =>
    Effect.gen(function* () {
      const { asked, ends } = yield* play({ behaviours: { cold: warm(60_000) }, callers: times(100, {}) });
      assert.deepStrictEqual(
        asked.map(({ at }) => at),
        [0, ...times(99, 2_500)],
      );
      assert.isTrue(ends.every(succeeded));
    }),
  );

  for (const [idle, waitMs] of [
    [600_000, 0],
    [600_001, 1_000],
  ] as const) {
    it.effect(`is one that was idle for more than ten minutes: ${idle} ms`, () =>
      Effect.gen(function* () {
        const from = 1_000 + idle;
        const callers = [{}, { from }, { from }];
        const { asked } = yield* play({ behaviours: { cold: warm(1_000) }, callers, forMs: 700_000 });
        assert.deepStrictEqual(
          asked.map(({ at }) => at),
          [0, from, from + waitMs],
        );
      }),
    );
  }

  const others: ReadonlyArray<readonly [string, Behaviour]> = [
    ["401", () => answer(401, '{"error":{"message":"unauthorized"}}')],
    ["429", limited(700)],
    ["500", inference],
    ["a refused connection", refused],
  ];
  for (const [name, behaviour] of others) {
    it.effect(`lets all go at once when it answers ${name}`, () =>
      Effect.gen(function* () {
        const slow: Behaviour = (asked) => Effect.andThen(Effect.sleep(100), behaviour(asked));
        const { asked, ends } = yield* play({ behaviours: { cold: slow }, callers: times(4, {}) });
        assert.deepStrictEqual(
          asked.slice(0, 4).map(({ at }) => at),
          [0, 100, 100, 100],
        );
        assert.isFalse(ends.some(succeeded));
      }),
    );
  }
});

describe("a model's gate", () => {
  it.effect("is its own: another model of the gateway is not slowed", () =>
    Effect.gen(function* () {
      const callers = [...times(20, {}), ...times(20, { model: "warm", from: 5_000 })];
      const { asked } = yield* play({ behaviours: { cold: unavailable, warm: warm(10) }, callers });
      const { at } = asked.findLast(({ model }) => model === "warm") ?? { at: 0 };
      assert.strictEqual(at, 5_010);
    }),
  );

  it.effect("opens a little when a request is held: the next asks, since the first may be stuck", () =>
    Effect.gen(function* () {
      // The first to ask again is taken by an orchestrator that never answers; the model is warm for all others.
      let stuck = false;
      const cold: Behaviour = (asked) => {
        if (asked.at < 3_000) return unavailable(asked);
        if (stuck) return warm(100)(asked);
        stuck = true;
        return silent(asked);
      };
      const { ends } = yield* play({ behaviours: { cold }, callers: times(10, { options: { timeoutMs: 60_000 } }) });
      assert.strictEqual(ends.filter(succeeded).length, 9);
      assert.isBelow(Math.max(...ends.filter(succeeded).map(({ at }) => at)), 12_000);
    }),
  );

  it.effect("is not kept shut by a request that was held from the beginning", () =>
    Effect.gen(function* () {
      let first = true;
      const cold: Behaviour = (asked) => {
        if (!first) return coldUntil(30_000)(asked);
        first = false;
        return silent(asked);
      };
      const { asked, ends } = yield* play({ behaviours: { cold }, callers: times(10, {}) });
      assert.deepStrictEqual(ends.map(succeeded), [false, ...times(9, true)]);
      assert.isBelow(ends[9]?.at ?? Infinity, 45_000);
      assert.isAtMost(asked.length, 2 * 10 + 20);
    }),
  );

  it.effect("takes in those that were under way when the model was found cold: they use none of the retries", () =>
    Effect.gen(function* () {
      // 50 calls with one retry each would cost 700 of 500 tokens.
      const slow: Behaviour = (asked) =>
        asked.at < 20_000 ? Effect.andThen(Effect.sleep(5_000), closed(asked)) : warm()(asked);
      const { ends } = yield* play({ behaviours: { cold: slow }, callers: times(50, {}) });
      assert.isTrue(ends.every(succeeded));
    }),
  );

  it.effect("lets each give up by its own policy, the newer ones later", () =>
    Effect.gen(function* () {
      const old = times(5, {});
      const { asked, ends } = yield* play({
        behaviours: { cold: closed },
        callers: [...old, ...times(2, { from: 40_000 })],
        forMs: 200_000,
      });
      ends.forEach((end, place) => {
        const from = place < old.length ? 0 : 40_000;
        const error = errorIn(end);
        assert.include(error, { _tag: "ColdOrNoCapacity", signal: "closed", retryable: true });
        // Six retries, from 1 s up, each 60 to 100 % of twice the one before, 30 s at most.
        assert.isAtLeast(end.at - from, 0.6 * 61_000);
        assert.isAtMost(end.at - from, 61_000 + 2_500);
        assert.lengthOf(error.attempts, end.events.filter(({ type }) => type === "attempt-ended").length);
        assert.deepStrictEqual(disorderIn(end.events), []);
      });
      // Alone, each of the seven would have asked seven times.
      assert.isAtMost(asked.length, 30);
    }),
  );

  it.effect("hands over at the deadline of the one that asks, though the next ends at the same moment", () =>
    Effect.gen(function* () {
      const callers = [...times(5, short), {}];
      const { ends } = yield* play({ behaviours: { cold: coldUntil(30_000) }, callers });
      assert.deepStrictEqual(ends.map(succeeded), [...times(5, false), true]);
      assert.isBelow(ends.at(-1)?.at ?? 0, 45_000);
    }),
  );
});
