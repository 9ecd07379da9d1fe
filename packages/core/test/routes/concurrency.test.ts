/** The cap on requests that are with one gateway at once. */
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import {
  type Behaviour,
  closed,
  gateway,
  kindsIn,
  play,
  refused,
  succeeded,
  times,
  unavailable,
  warm,
} from "./models.ts";

/** The behaviour, and how many requests were with it at once. */
const counted = (behaviour: Behaviour) => {
  const seen = { now: 0, most: 0 };
  const counting: Behaviour = (asked) =>
    Effect.suspend(() => {
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      return Effect.ensuring(
        behaviour(asked),
        Effect.sync(() => (seen.now -= 1)),
      );
    });
  return { seen, counting };
};
const settings = { gateway, concurrency: 3 };

describe("a client with a cap of 3", () => {
  it.effect("has never more requests with the gateway, whatever their models, and serves calls in order", () =>
    Effect.gen(function* () {
      const { seen, counting } = counted(warm(1_000));
      const behaviours = { [gateway]: counting };
      const callers = Array.from({ length: 30 }, (_, place) => ({ model: `m${place % 4}`, from: 5_000 + place }));
      // Every model has answered before, so that no gate holds a call up.
      const before = Array.from({ length: 4 }, (_, place) => ({ model: `m${place}` }));
      const { ends } = yield* play({ behaviours, settings, callers: [...before, ...callers] });
      assert.isTrue(ends.every(succeeded));
      assert.strictEqual(seen.most, 3);
      const after = ends.slice(4).map(({ at }) => at);
      assert.deepStrictEqual(
        after,
        after.toSorted((one, other) => one - other),
      );
      assert.strictEqual(after.at(-1), 5_002 + 10_000);
      assert.deepStrictEqual(kindsIn(ends[4] ?? assert.fail("it has ended")).includes("waiting turn"), false);
      assert.include(kindsIn(ends[7] ?? assert.fail("it has ended")), "waiting turn");
    }),
  );

  it.effect("holds no place while it waits for a retry or at a gate", () =>
    Effect.gen(function* () {
      const { seen, counting } = counted(closed);
      const callers = [...times(3, { model: "bad" }), ...times(3, {}), { model: "warm", from: 10_000 }];
      const behaviours = { bad: counting, cold: unavailable, warm: warm() };
      const { ends } = yield* play({ behaviours, settings, callers });
      assert.strictEqual(ends.at(-1)?.at, 10_000);
      assert.isAtMost(seen.most, 3);
    }),
  );

  const dying: ReadonlyArray<readonly [string, Behaviour, number | undefined]> = [
    ["fail", refused, undefined],
    ["are aborted", () => Effect.never, 1_000],
  ];
  for (const [name, behaviour, abortAfter] of dying) {
    it.effect(`gets the places of calls that ${name} back, also of those that wait for one`, () =>
      Effect.gen(function* () {
        const gone = { model: "bad", ...(abortAfter === undefined ? {} : { abortAfter }) };
        const behaviours = { bad: behaviour, warm: warm(100) };
        const callers = [...times(9, gone), ...times(4, { model: "warm", from: 60_000 })];
        const { ends } = yield* play({ behaviours, settings, callers });
        // One finds out that the model is warm, and then three fit.
        assert.deepStrictEqual(
          ends.slice(9).map(({ at }) => at),
          [60_100, ...times(3, 60_200)],
        );
      }),
    );
  }

  it.effect("is a cap for each gateway", () =>
    Effect.gen(function* () {
      const { seen, counting } = counted(warm(1_000));
      const two = { routes: [{ gateway }, { gateway: "http://b.example" }], concurrency: 3 };
      const behaviours = { [gateway]: refused, "http://b.example": counting };
      const { ends } = yield* play({ behaviours, settings: two, callers: times(12, { model: "m" }) });
      assert.isTrue(ends.every(succeeded));
      assert.strictEqual(seen.most, 3);
    }),
  );
});
