/** The retry bucket: its arithmetic by example, then against a model with many calls at once. */
import { describe, expect, it } from "@effect/vitest";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Option from "effect/Option";
import * as Schedule from "effect/Schedule";
import { TestClock } from "effect/testing";
import fc from "fast-check";
import { type GatewayError, isGatewayError, type Policy, RetryBucket, RetryPolicy } from "../../src/index.ts";
import { family, oneOfEach } from "../failures/oneOfEach.ts";
import { onVirtualClock } from "../virtualTime.ts";
import { closed, cold, failed, limited, limitedFor, refused, truncatedAfter, unavailable, unknown } from "./samples.ts";

const { Unauthorized: unauthorized } = oneOfEach;

/** Retries for ever and without a wait, whatever is not a 401. */
const atOnce: Policy = RetryPolicy.byClass((error) => (error === unauthorized ? RetryPolicy.never : Schedule.forever));

/** A gateway's answers to one call, in order; the last one again and again. */
const answering = (...answers: ReadonlyArray<GatewayError | "result">) => {
  const seen = { attempts: 0 };
  const call = Effect.suspend((): Effect.Effect<"result", GatewayError> => {
    const answer = answers[Math.min(seen.attempts++, answers.length - 1)] ?? "result";
    return answer === "result" ? Effect.succeed(answer) : Effect.fail(answer);
  });
  return { seen, call };
};

/** A call through a bucket: how it ended, after how many attempts, and what the bucket then held. */
const through = (
  bucket: RetryBucket.RetryBucket,
  answers: ReadonlyArray<GatewayError | "result">,
  policy: Policy = atOnce,
  choice?: RetryPolicy.Choice,
) =>
  Effect.gen(function* () {
    const { seen, call } = answering(...answers);
    const exit = yield* Effect.exit(bucket.retry(policy, choice)(call));
    return { exit, attempts: seen.attempts, tokens: yield* bucket.tokens };
  });

/** A bucket with this many tokens left, of 500. */
const holding = (tokens: number) =>
  Effect.gen(function* () {
    let price = 500 - tokens;
    const costOf: typeof RetryBucket.costOf = (error, choice) => {
      const first = price;
      price = 0;
      return first > 0 ? first : RetryBucket.costOf(error, choice);
    };
    const bucket = RetryBucket.make({ costOf });
    if (price > 0) yield* through(bucket, [refused, unauthorized]);
    expect(yield* bucket.tokens).toBe(tokens);
    return bucket;
  });

const times = <A>(count: number, value: A): ReadonlyArray<A> => Array.from({ length: count }, () => value);

describe("costOf", () => {
  it.each<readonly [string, GatewayError, RetryPolicy.Choice | undefined, number]>([
    ["503", cold, undefined, 0],
    ["503 from a model that is cold", cold, { temperature: "cold" }, 0],
    ["503 from a model that is warm", cold, { temperature: "warm" }, 14],
    ["Studio's mask", unavailable("masked"), undefined, 0],
    ["Studio's mask of a warm model", unavailable("masked"), { temperature: "warm" }, 14],
    ["503 that the server forbids to retry", cold.with({ retryable: false }), undefined, 14],
    ["a closed socket", closed, undefined, 14],
    ["a proxy's 502", unavailable("proxy"), { temperature: "cold" }, 14],
    ["429", limited, undefined, 5],
    ["429 with Retry-After", limitedFor(17_000), { temperature: "warm" }, 5],
    ["a refused connection", refused, undefined, 14],
    ["500", failed, undefined, 14],
    ["a stream without a token", truncatedAfter(0), undefined, 14],
    ["an unknown outcome", unknown, { repeatIsSafe: true }, 14],
  ])("%s costs what the AWS SDKs take, and a wait for a cold model nothing", (_, error, choice, cost) => {
    expect(RetryBucket.costOf(error, choice)).toBe(cost);
  });

  it("has a price for the whole family, should a user's own policy retry it", () => {
    for (const error of family) expect([0, 5, 14]).toContain(RetryBucket.costOf(error));
    expect(family.filter((error) => RetryBucket.costOf(error) === 0)).toEqual([oneOfEach.ColdOrNoCapacity]);
    expect(family.filter((error) => RetryBucket.costOf(error) === 5)).toEqual([oneOfEach.RateLimited]);
  });
});

describe("a new bucket", () => {
  it.effect("is full, and holds 500", () =>
    Effect.gen(function* () {
      expect(RetryBucket.make().capacity).toBe(500);
      expect(yield* RetryBucket.make().tokens).toBe(500);
      expect(yield* RetryBucket.make({ capacity: 20 }).tokens).toBe(20);
      expect(RetryBucket.make({ capacity: 20 }).capacity).toBe(20);
    }),
  );

  it.each([-1, NaN, -Infinity])("of %s is refused", (capacity) => {
    expect(() => RetryBucket.make({ capacity })).toThrow(
      expect.objectContaining({
        _tag: "InvalidConfiguration",
        gateway: "any gateway",
        pipeline: "retry bucket",
        fields: [{ path: "capacity", message: "must be a number, 0 or more", sent: String(capacity) }],
      }),
    );
  });

  it.effect("of 0 allows no retry, but every first attempt and every wait for a cold model", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make({ capacity: 0 });
      expect(yield* through(bucket, ["result"])).toMatchObject({ exit: Exit.succeed("result"), tokens: 0 });
      expect((yield* through(bucket, [refused, "result"])).attempts).toBe(1);
      expect(yield* through(bucket, [cold, cold, "result"])).toEqual({
        exit: Exit.succeed("result"),
        attempts: 3,
        tokens: 0,
      });
    }),
  );
});

describe("a call that was made without the bucket", () => {
  it.effect("and succeeded at once gives one token, up to a full bucket", () =>
    Effect.gen(function* () {
      const bucket = yield* holding(498);
      for (const tokens of [499, 500, 500]) {
        bucket.succeeded();
        expect(yield* bucket.tokens).toBe(tokens);
      }
    }),
  );
});

describe("a full bucket", () => {
  it.effect("stays full when all calls succeed at once", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make();
      for (let call = 0; call < 20; call++) expect((yield* through(bucket, ["result"])).tokens).toBe(500);
    }),
  );

  it.effect("pays for 35 retries of one call: 500 / 14", () =>
    Effect.gen(function* () {
      const { exit, attempts, tokens } = yield* through(RetryBucket.make(), [refused]);
      expect(attempts).toBe(36);
      expect(tokens).toBe(500 - 35 * 14);
      expect(exit).toEqual(Exit.fail(refused.with({ retriesExhausted: true })));
    }),
  );

  it.effect("pays for 35 retries of 35 calls, and none of the next", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make();
      for (let call = 1; call <= 35; call++) {
        expect(yield* through(bucket, [refused, unauthorized])).toEqual({
          exit: Exit.fail(unauthorized),
          attempts: 2,
          tokens: 500 - 14 * call,
        });
      }
      expect(yield* through(bucket, [refused, "result"])).toEqual({
        exit: Exit.fail(refused.with({ retriesExhausted: true })),
        attempts: 1,
        tokens: 10,
      });
    }),
  );

  it.effect("pays for 100 retries after 429: 500 / 5", () =>
    Effect.gen(function* () {
      expect(yield* through(RetryBucket.make(), [limited])).toMatchObject({ attempts: 101, tokens: 0 });
    }),
  );

  it.effect("takes nothing for a wait for a cold model, and 14 for each retry of a warm one", () =>
    Effect.gen(function* () {
      const patient = yield* through(RetryBucket.make(), [...times(30, cold), "result"]);
      expect(patient).toEqual({ exit: Exit.succeed("result"), attempts: 31, tokens: 500 });
      const quick = yield* through(RetryBucket.make(), [cold, cold, unauthorized], atOnce, { temperature: "warm" });
      expect(quick.tokens).toBe(500 - 28);
    }),
  );

  it.effect("takes 14 for each wait of a call beyond the thirtieth, which no patience needs", () =>
    Effect.gen(function* () {
      const stormy = yield* through(RetryBucket.make(), [...times(300, cold), "result"]);
      expect(stormy).toMatchObject({ attempts: 1 + 30 + 35, tokens: 500 - 35 * 14 });
    }),
  );

  it.effect.each([-10, NaN, "14" as never])("takes nothing for a price of %s, or refuses it", (price) =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make({ costOf: () => price });
      const { tokens, attempts } = yield* through(bucket, [...times(100, refused), "result"]);
      expect(tokens).toBeGreaterThanOrEqual(0);
      expect(tokens).toBeLessThanOrEqual(500);
      expect(attempts).toBeLessThanOrEqual(1 + 30 + 35);
    }),
  );

  it.effect("tells of each retry that it allows, with its wait, and of no other", () =>
    Effect.gen(function* () {
      const told: Array<unknown> = [];
      const { call } = answering(refused);
      const onRetry = (error: GatewayError, wait: Duration.Duration) =>
        Effect.sync(() => told.push([error, Duration.toMillis(wait)])).pipe(Effect.asVoid);
      yield* Effect.exit(RetryBucket.make({ capacity: 30 }).retry(atOnce, { onRetry })(call));
      expect(told).toEqual([
        [refused, 0],
        [refused, 0],
      ]);
    }),
  );

  it.effect("remembers that an earlier attempt may have run", () =>
    Effect.gen(function* () {
      const { exit } = yield* through(RetryBucket.make(), [failed, unauthorized]);
      expect(exit).toMatchObject({ cause: { reasons: [{ error: { _tag: "Unauthorized", mayHaveRun: true } }] } });
    }),
  );
});

describe("a call gives back", () => {
  it.effect.each<readonly [string, ReadonlyArray<GatewayError>, number]>([
    ["one token when it succeeds at once", [], 1],
    ["all of its one retry's cost", [refused], 0],
    ["the last cost alone: 14 of 28", [refused, refused], -14],
    ["the last cost alone: 5 of 19", [refused, limited], -14],
    ["the last cost alone: 14 of 19", [limited, refused], -5],
    ["nothing when its last retry was a free wait", [refused, cold], -14],
    ["nothing, not even one, when all its retries were free", [cold, cold], 0],
  ])("%s", ([, errors, change]) =>
    Effect.gen(function* () {
      const bucket = yield* holding(300);
      const { exit, tokens } = yield* through(bucket, [...errors, "result"]);
      expect(exit).toEqual(Exit.succeed("result"));
      expect(tokens).toBe(300 + change);
    }),
  );

  it.effect("nothing when it fails", () =>
    Effect.gen(function* () {
      const bucket = yield* holding(300);
      expect((yield* through(bucket, [unauthorized])).tokens).toBe(300);
      expect((yield* through(bucket, [refused, limited, unauthorized])).tokens).toBe(300 - 19);
    }),
  );

  it.effect("no more than makes the bucket full", () =>
    Effect.gen(function* () {
      const bucket = yield* holding(499);
      expect((yield* through(bucket, ["result"])).tokens).toBe(500);
      expect((yield* through(bucket, ["result"])).tokens).toBe(500);
    }),
  );
});

describe("a bucket that runs dry", () => {
  it.effect.each([
    { tokens: 14, attempts: 2 },
    { tokens: 13, attempts: 1 },
    { tokens: 28, attempts: 3 },
    { tokens: 27, attempts: 2 },
  ])("of $tokens allows $attempts attempts", ({ tokens, attempts }) =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make({ capacity: tokens });
      expect((yield* through(bucket, [refused])).attempts).toBe(attempts);
      expect(yield* bucket.tokens).toBe(tokens - 14 * (attempts - 1));
    }),
  );

  it.effect("still pays for what is cheaper", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make({ capacity: 10 });
      expect((yield* through(bucket, [refused, "result"])).attempts).toBe(1);
      expect((yield* through(bucket, [limited, "result"])).attempts).toBe(2);
    }),
  );

  it.effect(
    "says so on the error, which is otherwise what the gateway said; an error that came before stays as it was",
    () =>
      Effect.gen(function* () {
        const { exit } = yield* through(RetryBucket.make({ capacity: 0 }), [limitedFor(17_000)]);
        const error = Exit.isFailure(exit) ? Exit.findErrorOption(exit) : undefined;
        expect(error).toMatchObject({ _tag: "Some", value: { _tag: "RateLimited", retryAfterMs: 17_000 } });
        expect(error).toMatchObject({ value: { retriesExhausted: true, code: "SLUICE-429-RATE-LIMITED" } });
        expect(limited.retriesExhausted).toBe(undefined);
      }),
  );

  it.effect("says nothing when it was the policy that ended the call", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make({ capacity: 28 });
      const twice = yield* through(bucket, [refused], Schedule.recurs(2));
      expect(twice).toEqual({ exit: Exit.fail(refused), attempts: 3, tokens: 0 });
      const { exit } = yield* through(bucket, [unauthorized]);
      expect(Option.getOrThrow(Exit.findErrorOption(exit))).toBe(unauthorized);
    }),
  );

  it.effect("takes nothing for a retry that the policy does not make", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make();
      expect((yield* through(bucket, [unauthorized], RetryPolicy.standard)).tokens).toBe(500);
      expect((yield* through(bucket, [refused], RetryPolicy.never)).tokens).toBe(500);
    }),
  );

  it.effect("pays for one retry more after 14 calls that succeed at once", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make({ capacity: 14 });
      yield* through(bucket, [refused, unauthorized]);
      for (let round = 0; round < 10; round++) {
        for (let clean = 0; clean < 13; clean++) yield* through(bucket, ["result"]);
        expect((yield* through(bucket, [refused])).attempts).toBe(1);
        yield* through(bucket, ["result"]);
        expect((yield* through(bucket, [refused])).attempts).toBe(2);
      }
    }),
  );

  it.effect("lets retries be a fourteenth of the calls, for as long as the trouble lasts", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make();
      yield* through(bucket, [refused]);
      let retries = 0;
      for (let call = 0; call < 2800; call++) {
        retries += (yield* through(bucket, call % 2 === 0 ? ["result"] : [refused])).attempts - 1;
      }
      // 1400 clean calls pay for 100 retries, whatever the number of those that fail.
      expect(retries).toBe(100);
    }),
  );
});

describe("a bucket's calls", () => {
  it.effect("may be made again: each time counts for itself", () =>
    Effect.gen(function* () {
      const bucket = yield* holding(300);
      const { call } = answering(refused, "result");
      const retried = bucket.retry(atOnce)(call);
      yield* retried;
      expect(yield* bucket.tokens).toBe(300);
      yield* retried;
      yield* retried;
      expect(yield* bucket.tokens).toBe(302);
    }),
  );

  it.effect("say that retries were used up only when theirs were", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make({ capacity: 14 });
      const { call } = answering(refused, unauthorized, refused, unauthorized);
      const retried = Effect.flip(bucket.retry(atOnce)(call));
      const errors = yield* Effect.all([retried, retried, retried]);
      expect(errors.map(({ _tag }) => _tag)).toEqual(["Unauthorized", "ConnectionFailed", "Unauthorized"]);
      expect(errors.map(({ retriesExhausted }) => retriesExhausted)).toEqual([undefined, true, undefined]);
    }),
  );

  it.effect("of another bucket do not matter", () =>
    Effect.gen(function* () {
      const [one, other] = [RetryBucket.make(), RetryBucket.make()];
      yield* through(one, [refused]);
      expect(yield* other.tokens).toBe(500);
    }),
  );

  it.effect("are charged by a user's own prices", () =>
    Effect.gen(function* () {
      const seen: Array<unknown> = [];
      const bucket = RetryBucket.make({
        capacity: 10,
        costOf: (error, choice) => {
          seen.push([error, choice]);
          return 3;
        },
      });
      const choice = { temperature: "warm" } as const;
      expect((yield* through(bucket, [cold], atOnce, choice)).attempts).toBe(4);
      expect(seen).toEqual(times(4, [cold, choice]));
      expect(yield* bucket.tokens).toBe(1);
    }),
  );

  it.effect("die of a defect without a retry, and take nothing", () =>
    Effect.gen(function* () {
      const bucket = RetryBucket.make();
      const exit = yield* Effect.exit(bucket.retry(atOnce)(Effect.die("a bug")));
      expect(exit).toEqual(Exit.die("a bug"));
      expect(yield* bucket.tokens).toBe(500);
    }),
  );

  it.effect(
    "that are interrupted while they wait get back what was taken for the attempt that never began, and nothing else",
    () =>
      Effect.gen(function* () {
        const bucket = yield* holding(300);
        const { call } = answering(refused);
        const fiber = yield* Effect.forkChild(bucket.retry(Schedule.spaced(1000))(call));
        yield* TestClock.adjust(1500);
        expect(yield* bucket.tokens).toBe(300 - 28);
        yield* Fiber.interrupt(fiber);
        yield* TestClock.adjust("1 hour");
        expect(yield* bucket.tokens).toBe(300 - 14);
      }),
  );

  it.effect.each([
    { errors: [], tokens: 300 },
    { errors: [refused], tokens: 286 },
    { errors: [refused, limited], tokens: 281 },
  ])("that are interrupted in an attempt lose what their retries took: $tokens of 300 are left", ({ errors, tokens }) =>
    Effect.gen(function* () {
      const bucket = yield* holding(300);
      const hanging = Effect.andThen(answering(...errors, "result").call, Effect.never);
      const fiber = yield* Effect.forkChild(bucket.retry(atOnce)(hanging));
      yield* TestClock.adjust(1500);
      yield* Fiber.interrupt(fiber);
      expect(yield* bucket.tokens).toBe(tokens);
    }),
  );
});

/** What one call meets: errors, then its end; it may be interrupted on the way. */
interface Fate {
  readonly beginsAt: number;
  readonly errors: ReadonlyArray<GatewayError>;
  readonly end: GatewayError | "result";
  readonly answerMs: number;
  readonly waitMs: number;
  readonly retries: number;
  readonly temperature: RetryPolicy.Temperature;
  readonly interruptedAfter: number;
}

const fate: fc.Arbitrary<Fate> = fc.record({
  beginsAt: fc.nat(500),
  errors: fc.array(fc.constantFrom(cold, limited, refused, failed), { maxLength: 8 }),
  end: fc.constantFrom("result" as const, "result" as const, unauthorized),
  answerMs: fc.constantFrom(0, 7, 50),
  waitMs: fc.constantFrom(0, 10, 100),
  retries: fc.integer({ min: 0, max: 10 }),
  temperature: fc.constantFrom("warm" as const, "unknown" as const),
  interruptedAfter: fc.oneof(fc.constant(Infinity), fc.nat(400)),
});

/** The model: what the bucket must hold, kept by the rules alone. */
interface Model {
  tokens: number;
  /** Granted and refused retries of all calls, so that the property cannot hold for want of them. */
  granted: number;
  refused: number;
}

/** Plays a fate against bucket and model, and compares them at every event. */
const play = (bucket: RetryBucket.RetryBucket, model: Model, account: Account, number: number, fate: Fate) => {
  const requestId = String(number);
  const compare = Effect.map(bucket.tokens, (tokens) => {
    expect(tokens).toBe(model.tokens);
    expect(tokens).toBeGreaterThanOrEqual(0);
    expect(tokens).toBeLessThanOrEqual(bucket.capacity);
  });
  const state = account.open(requestId);
  const answers = [...fate.errors, fate.end];
  const attempt = Effect.gen(function* () {
    yield* compare;
    expect(state.refused).toBe(false);
    state.pending = 0;
    const answer = answers[state.attempts++] ?? "result";
    yield* Effect.sleep(fate.answerMs);
    yield* compare;
    return answer === "result" ? answer : yield* Effect.fail(answer.with({ requestId }));
  });
  const spaced: Policy = Schedule.max([Schedule.spaced(fate.waitMs), Schedule.recurs(fate.retries)]);
  const policy = RetryPolicy.byClass(({ _tag }) => (_tag === "Unauthorized" ? RetryPolicy.never : spaced));
  return bucket
    .retry(policy, { temperature: fate.temperature })(attempt)
    .pipe(
      Effect.onExit((exit) => {
        if (Exit.hasInterrupts(exit)) model.tokens = Math.min(bucket.capacity, model.tokens + state.pending);
        if (Exit.isSuccess(exit)) model.tokens = Math.min(bucket.capacity, model.tokens + (state.taken ?? 1));
        const error = Exit.isFailure(exit) ? Exit.findErrorOption(exit) : undefined;
        if (error?._tag === "Some" && isGatewayError(error.value)) {
          expect(error.value.retriesExhausted).toBe(state.refused ? true : undefined);
        }
        return compare;
      }),
      Effect.timeoutOption(fate.interruptedAfter),
      Effect.ignore,
      Effect.delay(fate.beginsAt),
      Effect.andThen(compare),
    );
};

/** What each call took last, and whether it was refused; found by the request id on its errors. */
class Account {
  private readonly calls = new Map<
    string,
    { attempts: number; taken: number | undefined; pending: number; refused: boolean }
  >();
  open(requestId: string) {
    const state = { attempts: 0, taken: undefined as number | undefined, pending: 0, refused: false };
    this.calls.set(requestId, state);
    return state;
  }
  of(error: GatewayError) {
    const state = this.calls.get(error.requestId ?? "");
    if (state === undefined) throw new Error("An error of no call was priced.");
    return state;
  }
}

describe("a bucket under many calls at once", () => {
  it("holds what the rules say at every moment: never below 0 or above its capacity, never more back than was taken", async () => {
    const total: Model = { tokens: 0, granted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 8 }), fc.nat(90), async (fates, capacity) => {
        const model: Model = { tokens: capacity, granted: 0, refused: 0 };
        const account = new Account();
        const bucket = RetryBucket.make({
          capacity,
          costOf: (error, choice) => {
            const price = RetryBucket.costOf(error, choice);
            const state = account.of(error);
            expect(Effect.runSync(bucket.tokens)).toBe(model.tokens);
            if (price > model.tokens) {
              state.refused = true;
              model.refused++;
            } else {
              state.taken = state.pending = price;
              model.tokens -= price;
              model.granted++;
            }
            return price;
          },
        });
        const calls = fates.map((fate, number) => play(bucket, model, account, number, fate));
        await Effect.runPromise(onVirtualClock(Effect.all(calls, { concurrency: "unbounded", discard: true })));
        expect(Effect.runSync(bucket.tokens)).toBe(model.tokens);
        total.granted += model.granted;
        total.refused += model.refused;
      }),
      { numRuns: 200 },
    );
    expect(total.granted).toBeGreaterThan(200);
    expect(total.refused).toBeGreaterThan(100);
  });
});
