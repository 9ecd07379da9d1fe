/** The circuit breaker: what keeps failing is left alone, and then tried by one. */
import { type GatewayError, InferenceFailed, RateLimited } from "@sluice/errors";
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { Breaker } from "../../src/routes/Breaker.ts";
import {
  answer,
  type Behaviour,
  type Caller,
  closed,
  errorIn,
  inference,
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

/** Calls one after another, a second apart; a call of this kind makes two attempts, about a second apart. */
const inTurn = (count: number, from = 0, every = 3_000): ReadonlyArray<Caller> =>
  Array.from({ length: count }, (_, place) => ({ from: from + place * every }));

const until =
  (ms: number, before: Behaviour, then: Behaviour = warm()): Behaviour =>
  (asked) =>
    asked.at < ms ? before(asked) : then(asked);

describe("a model whose calls fail", () => {
  it.effect("is left alone after five calls in a row, for 30 s, and the error says until when", () =>
    Effect.gen(function* () {
      const scene = { behaviours: { cold: inference }, callers: [...inTurn(5), { from: 20_000 }, { from: 30_000 }] };
      const { asked, ends } = yield* play({ ...scene, forMs: 40_000 });
      // Each of the five makes its retry: the circuit opens when the last of them is over.
      assert.lengthOf(asked, 10);
      const openedAt = ends[4]?.at ?? 0;
      const [error, later] = ends.slice(-2).map(errorIn);
      assert.include(error, { _tag: "CircuitOpen", retryable: true, mayHaveRun: false });
      const retryAt = new Date(openedAt + 30_000).toISOString();
      assert.deepInclude(error, { failures: 5, retryAfterMs: Math.ceil(openedAt + 30_000 - 20_000), retryAt });
      assert.deepInclude(later, { failures: 5, retryAfterMs: Math.ceil(openedAt + 30_000 - 30_000), retryAt });
      assert.deepInclude(error?.cause, { _tag: "InferenceFailed", status: 500 });
      assert.deepStrictEqual(error?.attempts, []);
    }),
  );

  it.effect("counts calls, not attempts, though their attempts take turns", () =>
    Effect.gen(function* () {
      const { asked } = yield* play({ behaviours: { cold: refused }, callers: times(4, {}), forMs: 10_000 });
      assert.lengthOf(asked, 16);
    }),
  );

  it.effect("is tried by one, while the others are refused; a success closes the circuit", () =>
    Effect.gen(function* () {
      const cold = until(15_000, inference, warm(1_000));
      const callers = [...inTurn(5), ...times(3, { from: 50_000 }), ...times(3, { from: 52_000 })];
      const { asked, ends } = yield* play({ behaviours: { cold }, callers });
      assert.deepStrictEqual(ends.slice(5).map(succeeded), [true, false, false, true, true, true]);
      assert.deepStrictEqual(
        asked.slice(10).map(({ at }) => at),
        [50_000, ...times(3, 52_000)],
      );
      const error = errorIn(ends[6] ?? assert.fail("it has ended"));
      assert.include(error, { _tag: "CircuitOpen" });
      assert.notProperty(error, "retryAfterMs");
      assert.notProperty(error, "retryAt");
    }),
  );

  it.effect("is left alone longer each time it fails again: 60 s, and 300 s at most", () =>
    Effect.gen(function* () {
      // Somebody comes every second.
      const callers = inTurn(1_500, 0, 1_000).map((caller) => ({ ...caller, options: { timeoutMs: 500 } }));
      const { asked } = yield* play({ behaviours: { cold: inference }, callers, forMs: 1_600_000 });
      const tries = asked.slice(4).map(({ at }) => at);
      assert.deepStrictEqual(
        tries.slice(1).map((at, place) => at - (tries[place] ?? 0)),
        [30_000, 60_000, 90_000, 120_000, 150_000, 180_000, 210_000, 240_000, 270_000],
      );
    }),
  );

  it.effect("is left to the next when the call that tries it is aborted", () =>
    Effect.gen(function* () {
      const cold = until(15_000, inference, warm(1_000));
      const callers = [...inTurn(5), { from: 50_000, abortAfter: 500 }, { from: 50_600 }];
      const { ends } = yield* play({ behaviours: { cold }, callers });
      assert.isTrue(succeeded(ends[6] ?? assert.fail("it has ended")));
    }),
  );

  it.effect("does not slow another model of the same gateway", () =>
    Effect.gen(function* () {
      const callers = [...inTurn(5), { from: 20_000, model: "warm" }];
      const { ends } = yield* play({ behaviours: { cold: inference, warm: warm() }, callers });
      assert.isTrue(succeeded(ends[5] ?? assert.fail("it has ended")));
    }),
  );

  it.effect("counts one that was silent for long until its caller's deadline, and no other deadline", () =>
    Effect.gen(function* () {
      const patient = (timeoutMs: number) =>
        Array.from({ length: 6 }, (_, place) => ({ from: place * 40_000, options: { timeoutMs } }));
      const long = yield* play({ behaviours: { cold: silent }, callers: patient(30_000) });
      assert.strictEqual(errorIn(long.ends[5] ?? assert.fail("it has ended"))._tag, "CircuitOpen");
    }),
  );

  it.effect("says nothing when its callers were impatient", () =>
    Effect.gen(function* () {
      const callers = inTurn(7).map((caller) => ({ ...caller, options: { timeoutMs: 2_000 } }));
      const { asked } = yield* play({ behaviours: { cold: silent }, callers });
      assert.lengthOf(asked, 7);
    }),
  );

  it.effect("that were under way together open it once, for 30 s", () =>
    Effect.gen(function* () {
      const cold = until(15_000, (asked) => Effect.andThen(Effect.sleep(10_000), inference(asked)));
      const { ends } = yield* play({ behaviours: { cold }, callers: [...times(50, {}), { from: 45_000 }] });
      assert.isTrue(succeeded(ends[50] ?? assert.fail("it has ended")));
    }),
  );
});

describe("the circuit is not opened", () => {
  const harmless: Readonly<Record<string, Behaviour>> = {
    "a rate limit": limited(400),
    "a wrong key": () => answer(401, '{"error":{"message":"unauthorized"}}'),
    "a wrong request": () => answer(422, '{"error":{"message":"width: must be a multiple of 8"}}'),
    "a cold model": unavailable,
    "a closed socket": closed,
  };
  for (const [name, cold] of Object.entries(harmless)) {
    it.effect(`by ${name}`, () =>
      Effect.gen(function* () {
        const callers = inTurn(12).map((caller) => ({ ...caller, options: { timeoutMs: 2_000 } }));
        const { ends } = yield* play({ behaviours: { cold }, callers });
        assert.isFalse(ends.some((end) => errorIn(end)._tag === "CircuitOpen"));
      }),
    );
  }

  it.effect("by failures with a success among them", () =>
    Effect.gen(function* () {
      let count = 0;
      const cold: Behaviour = (asked) => (++count % 5 === 0 ? warm() : inference)(asked);
      const callers = inTurn(30).map((caller) => ({ ...caller, options: { timeoutMs: 500 } }));
      const { ends } = yield* play({ behaviours: { cold }, callers });
      assert.isFalse(ends.some((end) => !succeeded(end) && errorIn(end)._tag === "CircuitOpen"));
      assert.strictEqual(resultIn(ends[4] ?? assert.fail("it has ended")).meta.attempts.length, 1);
    }),
  );
});

describe("the breaker under any sequence of calls", () => {
  const subject = { gateway: "a", pipeline: "text-to-image", model: "m" };
  const failed = new InferenceFailed({ ...subject, status: 500 });
  const results: ReadonlyArray<GatewayError | undefined> = [
    undefined,
    failed,
    failed,
    failed,
    new RateLimited(subject),
  ];

  it("does what a counter, a time and a flag would do, with any calls under way together", () => {
    const step = fc.record({
      passMs: fc.constantFrom(0, 1_000, 30_000, 90_000),
      end: fc.constantFrom("begin" as const, "begin" as const, "aborted" as const, ...results),
      which: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const breaker = new Breaker();
        const model = { row: 0, opened: 0, until: 0, trying: undefined as object | undefined };
        const under: Array<object> = [];
        let now = 1_000;
        for (const { passMs, end, which } of steps) {
          now += passMs;
          if (end === "begin") {
            const call = {};
            const refusal = breaker.refuses(call, now);
            const isOpen = model.row >= 5 && (now < model.until || model.trying !== undefined);
            if (isOpen) {
              const waitMs = Math.max(0, model.until - now);
              assert.deepStrictEqual(refusal, { failures: model.row, waitMs, cause: failed });
              continue;
            }
            assert.isUndefined(refusal);
            if (model.row >= 5) model.trying = call;
            under.push(call);
            continue;
          }
          const [call] = under.splice(which % Math.max(under.length, 1), 1);
          if (call === undefined) continue;
          const tried = model.trying === call;
          if (tried) {
            // A second look of the call that tries it changes nothing.
            assert.isUndefined(breaker.refuses(call, now));
            model.trying = undefined;
          }
          if (end === undefined) breaker.worked();
          breaker.left(call, end === "aborted" ? undefined : end, now);
          if (end === failed) {
            model.row += 1;
            if (!tried && model.row !== 5) continue;
            model.opened += 1;
            model.until = now + Math.min(30_000 * model.opened, 300_000);
          } else if (end === undefined || (end !== "aborted" && tried)) {
            Object.assign(model, { row: 0, opened: 0, trying: undefined });
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
