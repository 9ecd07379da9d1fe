import { describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Schedule from "effect/Schedule";
import { ColdOrNoCapacity, type GatewayError, RateLimited, RetryPolicy } from "../../src/index.ts";
import { oneOfEach } from "../failures/oneOfEach.ts";
import { call, saying } from "../virtualTime.ts";
import { subject } from "../wire.ts";

const closed = new ColdOrNoCapacity({ ...subject, signal: "closed", status: null });
const proxied = new ColdOrNoCapacity({ ...subject, signal: "proxy", status: 502 });
const limited = new RateLimited(subject);
const { ColdOrNoCapacity: cold, ConnectionFailed: refused, InferenceFailed: failed } = oneOfEach;

/** As many errors of one kind. */
const times = (count: number, error: GatewayError): ReadonlyArray<GatewayError> =>
  Array.from({ length: count }, () => error);

/** All that the four classes with a limit can take, mixed. */
const everything = [
  refused,
  closed,
  limited,
  failed,
  closed,
  limited,
  refused,
  ...times(4, closed),
  refused,
  ...times(6, limited),
];

describe("the standard policy", () => {
  it.effect("counts each class apart: none uses up the patience for another", () =>
    Effect.gen(function* () {
      const { exit, startedAt } = yield* call(saying(...everything, cold, cold), RetryPolicy.standard);
      expect(exit).toEqual(Exit.succeed("result"));
      expect(startedAt.length).toBe(1 + 6 + 8 + 3 + 1 + 2);
    }),
  );

  it.effect.each([refused, closed, limited, failed])("ends at the first $_tag that is one too many", (error) =>
    Effect.gen(function* () {
      const { exit, startedAt } = yield* call(saying(...everything, error), RetryPolicy.standard);
      expect(exit).toEqual(Exit.fail(error));
      expect(startedAt.length).toBe(everything.length + 1);
    }),
  );

  it.effect("counts the signals of missing capacity together", () =>
    Effect.gen(function* () {
      const { exit } = yield* call(saying(...times(3, closed), ...times(4, proxied)), RetryPolicy.standard);
      expect(exit).toEqual(Exit.fail(proxied));
    }),
  );

  it.effect("begins each class with that class's first wait", () =>
    Effect.gen(function* () {
      const { waits } = yield* call(saying(...times(6, closed), limited, refused, cold), RetryPolicy.standard);
      const [first, second, third] = waits.slice(6);
      expect(first).toBeLessThanOrEqual(1000);
      expect(second).toBeLessThanOrEqual(250);
      expect(second).toBeGreaterThanOrEqual(125);
      expect(third).toBeLessThanOrEqual(475 * 2.35);
      expect(third).toBeGreaterThanOrEqual(475);
    }),
  );

  it.effect("goes on in a class where it stood", () =>
    Effect.gen(function* () {
      const { waits } = yield* call(saying(closed, limited, closed, limited, closed), RetryPolicy.standard);
      expect(waits[4]).toBeGreaterThan(2400 - 1);
      expect(waits[4]).toBeLessThanOrEqual(4000);
    }),
  );

  it.effect("starts anew for every call", () =>
    Effect.gen(function* () {
      for (let calls = 0; calls < 3; calls++) {
        expect((yield* call(() => closed, RetryPolicy.standard)).startedAt.length).toBe(7);
      }
    }),
  );

  it.effect("ends when an error that is never retried follows others", () =>
    Effect.gen(function* () {
      const { exit, startedAt } = yield* call(saying(cold, limited, oneOfEach.Unauthorized), RetryPolicy.standard);
      expect(exit).toEqual(Exit.fail(oneOfEach.Unauthorized));
      expect(startedAt.length).toBe(3);
    }),
  );
});

describe("byClass", () => {
  it.effect("follows another choice of policies", () =>
    Effect.gen(function* () {
      const twice = Schedule.recurs(2);
      const policy = RetryPolicy.byClass(({ _tag }) => (_tag === "Unauthorized" ? twice : RetryPolicy.never));
      const { Unauthorized: unauthorized } = oneOfEach;
      expect((yield* call(() => unauthorized, policy)).startedAt).toEqual([0, 0, 0]);
      expect((yield* call(() => limited, policy)).startedAt).toEqual([0]);
    }),
  );

  it.effect("counts by policy: classes that are given the same one share its retries", () =>
    Effect.gen(function* () {
      const thrice = Schedule.recurs(3);
      const { exit, startedAt } = yield* call(
        saying(closed, limited, failed, refused),
        RetryPolicy.byClass(() => thrice),
      );
      expect(exit).toEqual(Exit.fail(refused));
      expect(startedAt).toEqual([0, 0, 0, 0]);
    }),
  );

  it.effect("ends a call for which a new policy is made at every error, though none of them is used up", () =>
    Effect.gen(function* () {
      const { exit, startedAt } = yield* call(
        () => limited,
        RetryPolicy.byClass(() => Schedule.recurs(1)),
      );
      expect(exit).toEqual(Exit.fail(limited));
      expect(startedAt.length).toBe(1 + 64);
    }),
  );

  it.effect("leaves the standard choice to what it does not choose itself", () =>
    Effect.gen(function* () {
      const hasty = (error: GatewayError) => (error === cold ? RetryPolicy.never : RetryPolicy.policyOf(error));
      const { exit, startedAt } = yield* call(saying(failed, cold), RetryPolicy.byClass(hasty));
      expect(exit).toEqual(Exit.fail(cold));
      expect(startedAt.length).toBe(2);
    }),
  );
});
