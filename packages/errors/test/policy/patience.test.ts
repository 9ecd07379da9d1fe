/** How often each class is tried again, how long each wait may be, and that chance is even between the ends. */
import { describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { type GatewayError, type Policy, RetryPolicy } from "../../src/index.ts";
import { family } from "../failures/oneOfEach.ts";
import { call, calls } from "../virtualTime.ts";
import {
  closed,
  cold,
  failed,
  limited,
  limitedFor,
  refused,
  truncatedAfter,
  unavailable,
  unknown,
  unsent,
} from "./samples.ts";

interface Patience {
  /** The longest waits, in seconds. */
  readonly base: ReadonlyArray<number>;
  /** The share of each that is drawn. */
  readonly drawn: number;
}

const warm: Patience = { base: [0.5, 1, 2, 4, 4], drawn: 1 };
const noCapacity: Patience = { base: [1, 2, 4, 8, 16, 30], drawn: 0.4 };
const rateLimited: Patience = { base: [1, 2, 4, 8, 16, 20, 20, 20], drawn: 1 };
const connection: Patience = { base: [0.25, 0.5, 1], drawn: 0.5 };
const inference: Patience = { base: [1], drawn: 0.5 };
const outcomeUnknown: Patience = { base: [0.25, 0.5], drawn: 1 };

const { standard } = RetryPolicy;
const warmModel = RetryPolicy.make({ temperature: "warm" });
const repeatable = RetryPolicy.make({ repeatIsSafe: true });

const seeds = Array.from({ length: 100 }, (_, seed) => seed);

describe.each<readonly [string, Policy, GatewayError, Patience]>([
  ["503 from a warm model", warmModel, cold, warm],
  ["Studio's mask from a warm model", warmModel, unavailable("masked"), warm],
  ["a closed socket", standard, closed, noCapacity],
  ["200 without a result", standard, unavailable("empty"), noCapacity],
  ["a gateway that found no orchestrator", standard, unavailable("no-orchestrator"), noCapacity],
  ["a proxy's 502", standard, unavailable("proxy"), noCapacity],
  ["429", standard, limited, rateLimited],
  ["429 with Retry-After: 0", standard, limitedFor(0), rateLimited],
  ["a refused connection", standard, refused, connection],
  ["a name that is not resolved", standard, unsent("dns"), connection],
  ["a connection that takes too long", standard, unsent("timeout"), connection],
  ["an unreachable host", standard, unsent("unreachable"), connection],
  ["a request that did not arrive whole", standard, unsent("incomplete"), connection],
  ["500", standard, failed, inference],
  ["a stream without a token", standard, truncatedAfter(0), inference],
  ["an unknown outcome of a call that may be repeated", repeatable, unknown, outcomeUnknown],
])("%s", (_, policy, error, { base, drawn }) => {
  it.effect(`is tried again ${base.length} times, and the last error is the call's`, () =>
    Effect.gen(function* () {
      const { exit, startedAt } = yield* call(() => error, policy);
      expect(exit).toEqual(Exit.fail(error));
      expect(startedAt.length).toBe(1 + base.length);
    }),
  );

  it.effect(`waits ${base.join(", ")} s, of which the last ${drawn * 100} %% are drawn`, () =>
    Effect.gen(function* () {
      const runs = yield* calls(seeds, () => error, policy);
      for (const [retry, seconds] of base.entries()) {
        expectEven(
          runs.map(({ waits }) => (waits[retry] ?? NaN) / (seconds * 1000)),
          1 - drawn,
          1,
        );
      }
    }),
  );

  it.effect("waits the same under the same seed", () =>
    Effect.gen(function* () {
      const first = yield* call(() => error, policy, { seed: 7 });
      expect(yield* call(() => error, policy, { seed: 7 })).toEqual(first);
    }),
  );
});

describe("503 from a model that may be cold", () => {
  it.effect("begins every attempt evenly between its own moment and the next one's, by one draw for the call", () =>
    Effect.gen(function* () {
      const runs = yield* calls(seeds, () => cold, standard, { deadlineMs: 200_000 });
      /** When attempts begin that draw nothing: 475 ms after the first, each wait longer by 1.35, 45 s at most. */
      const moments = [0];
      for (let retry = 0; retry < 16; retry++) {
        moments.push((moments[retry] ?? NaN) + Math.min(475 * 1.35 ** retry, 45_000));
      }
      const shares = runs.map(({ startedAt }) =>
        startedAt.slice(1, 15).map((at, index) => {
          const [from = NaN, to = NaN] = moments.slice(index + 1);
          return (at - from) / (to - from);
        }),
      );
      expectEven(
        shares.map(([first = NaN]) => first),
        0,
        1,
      );
      for (const [first = NaN, ...others] of shares) {
        expect(others.length).toBe(13);
        for (const share of others) expect(share).toBeCloseTo(first, 5);
      }
    }),
  );
});

/** An even draw: within both ends, near each of them in a hundred seeds, and in the middle on average. */
const expectEven = (shares: ReadonlyArray<number>, least: number, most: number): void => {
  const width = most - least;
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(least - 1e-6);
  expect(Math.max(...shares)).toBeLessThanOrEqual(most + 1e-6);
  expect(Math.min(...shares)).toBeLessThan(least + 0.1 * width);
  expect(Math.max(...shares)).toBeGreaterThan(most - 0.1 * width);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(Math.abs(mean - (least + most) / 2)).toBeLessThan(0.12 * width);
};

const retried = ["ColdOrNoCapacity", "RateLimited", "ConnectionFailed", "InferenceFailed"];

describe("what is not tried again", () => {
  it.effect.each([
    ...family.filter(({ _tag }) => !retried.includes(_tag)),
    unsent("tls"),
    unsent("proxy-auth"),
    truncatedAfter(1),
  ])("$_tag costs exactly one attempt", (error) =>
    Effect.gen(function* () {
      const run = yield* call(() => error, standard);
      expect(run).toEqual({ exit: Exit.fail(error), startedAt: [0], waits: [], endedAt: 0 });
      expect(RetryPolicy.policyOf(error)).toBe(RetryPolicy.never);
    }),
  );
});

describe("patience", () => {
  it.effect.each(["unavailable", "masked"] as const)("for a gateway that is %s lasts as long as the call", (signal) =>
    Effect.gen(function* () {
      const { startedAt } = yield* call(() => unavailable(signal), standard, { seed: "a", deadlineMs: 290_000 });
      expect(startedAt.at(-1)).toBeGreaterThanOrEqual(284_999);
    }),
  );

  it.effect("for a gateway without capacity is about a minute", () =>
    Effect.gen(function* () {
      for (const { endedAt } of yield* calls(seeds, () => closed, standard)) {
        expect(endedAt).toBeGreaterThan(36_600);
        expect(endedAt).toBeLessThanOrEqual(61_000);
      }
    }),
  );

  it.effect("for a rate limit is about three quarters of a minute on average, and 91 s at most", () =>
    Effect.gen(function* () {
      const ends = (yield* calls(seeds, () => limited, standard)).map(({ endedAt }) => endedAt);
      expect(Math.max(...ends)).toBeLessThanOrEqual(91_000);
      expect(ends.reduce((sum, end) => sum + end, 0) / ends.length).toBeGreaterThan(42_000);
      expect(ends.reduce((sum, end) => sum + end, 0) / ends.length).toBeLessThan(49_000);
    }),
  );

  it.effect("for a warm model is twelve seconds at most", () =>
    Effect.gen(function* () {
      for (const { endedAt } of yield* calls(seeds, () => cold, warmModel)) expect(endedAt).toBeLessThanOrEqual(11_500);
    }),
  );

  it.effect("`never` has none for anything", () =>
    Effect.gen(function* () {
      for (const error of family) expect((yield* call(() => error, RetryPolicy.never)).startedAt).toEqual([0]);
    }),
  );
});
