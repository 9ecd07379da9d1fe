/** How often each class is tried again, and how long each wait is. */
import { describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import {
  ColdOrNoCapacity,
  type ColdSignal,
  ConnectionFailed,
  type ConnectionReason,
  type GatewayError,
  RateLimited,
  RetryPolicy,
} from "../../src/index.ts";
import { family, oneOfEach } from "../failures/oneOfEach.ts";
import { call } from "../virtualTime.ts";
import { subject, url } from "../wire.ts";

const silent = (signal: ColdSignal): GatewayError => new ColdOrNoCapacity({ ...subject, signal, status: null });
const unsent = (reason: ConnectionReason): GatewayError => new ConnectionFailed({ ...subject, reason, url });

const noCapacity = { base: [1, 2, 4, 8, 16, 30], drawn: 0.4 };
const rateLimited = { base: [1, 2, 4, 8, 16, 30, 30, 30], drawn: 1 };
const connection = { base: [0.25, 0.5, 1], drawn: 0.5 };
const inference = { base: [1], drawn: 0.5 };

const seeds = Array.from({ length: 100 }, (_, seed) => seed);

describe.each([
  ["a closed socket", silent("closed"), noCapacity],
  ["200 without a result", silent("empty"), noCapacity],
  ["a proxy's 502", silent("proxy"), noCapacity],
  ["429", new RateLimited(subject), rateLimited],
  ["a refused connection", unsent("refused"), connection],
  ["a name that is not resolved", unsent("dns"), connection],
  ["a connection that takes too long", unsent("timeout"), connection],
  ["an unreachable host", unsent("unreachable"), connection],
  ["500", oneOfEach.InferenceFailed, inference],
])("%s", (_, error, { base, drawn }) => {
  it.effect(`is tried again ${base.length} times, and the last error is the call's`, () =>
    Effect.gen(function* () {
      const { exit, startedAt } = yield* call(() => error, RetryPolicy.standard);
      expect(exit).toEqual(Exit.fail(error));
      expect(startedAt.length).toBe(1 + base.length);
    }),
  );

  it.effect(`waits ${base.join(", ")} s, of which the last ${drawn * 100} %% are drawn`, () =>
    Effect.gen(function* () {
      const runs = yield* Effect.forEach(seeds, (seed) => call(() => error, RetryPolicy.standard, { seed }));
      for (const [retry, seconds] of base.entries()) {
        const shares = runs.map(({ waits }) => (waits[retry] ?? NaN) / (seconds * 1000));
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(1 - drawn - 1e-6);
        expect(Math.max(...shares)).toBeLessThanOrEqual(1 + 1e-6);
        // An even draw: near both ends in a hundred seeds, and in the middle on average.
        expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.8 * drawn);
        const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
        expect(Math.abs(mean - (1 - drawn / 2))).toBeLessThan(0.15 * drawn);
      }
    }),
  );

  it.effect("waits the same under the same seed", () =>
    Effect.gen(function* () {
      const first = yield* call(() => error, RetryPolicy.standard, { seed: 7 });
      expect(yield* call(() => error, RetryPolicy.standard, { seed: 7 })).toEqual(first);
    }),
  );
});

const retried = ["ColdOrNoCapacity", "RateLimited", "ConnectionFailed", "InferenceFailed"];

describe("what is not tried again", () => {
  it.effect.each([...family.filter(({ _tag }) => !retried.includes(_tag)), unsent("tls")])(
    "$_tag costs exactly one attempt",
    (error) =>
      Effect.gen(function* () {
        const run = yield* call(() => error, RetryPolicy.standard);
        expect(run).toEqual({ exit: Exit.fail(error), startedAt: [0], waits: [], endedAt: 0 });
        expect(RetryPolicy.policyOf(error)).toBe(RetryPolicy.never);
      }),
  );
});

describe("patience", () => {
  it.effect.each(["unavailable", "masked"] as const)("for a gateway that is %s lasts as long as the call", (signal) =>
    Effect.gen(function* () {
      const { startedAt } = yield* call(() => silent(signal), RetryPolicy.standard, { seed: "a", deadlineMs: 290_000 });
      expect(startedAt.at(-1)).toBeGreaterThanOrEqual(284_999);
    }),
  );

  it.effect("for a gateway without capacity is about a minute", () =>
    Effect.gen(function* () {
      for (const seed of seeds) {
        const { endedAt } = yield* call(() => silent("closed"), RetryPolicy.standard, { seed });
        expect(endedAt).toBeGreaterThan(36_000);
        expect(endedAt).toBeLessThanOrEqual(61_000);
      }
    }),
  );

  it.effect("`never` has none for anything", () =>
    Effect.gen(function* () {
      for (const error of family) expect((yield* call(() => error, RetryPolicy.never)).startedAt).toEqual([0]);
    }),
  );
});
