/** One call under each policy, under one seed, to the millisecond: whoever changes a constant sees it here. */
import { describe, expect, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { type GatewayError, type Policy, RetryPolicy } from "../../src/index.ts";
import { call } from "../virtualTime.ts";
import { closed, cold, failed, limited, limitedFor, refused, unavailable, unknown } from "./samples.ts";

const deadlineMs = 300_000;

const warmModel = RetryPolicy.make({ temperature: "warm" });
const repeatable = RetryPolicy.make({ repeatIsSafe: true });

const coldWaits = [
  675, 711, 960, 1296, 1750, 2363, 3190, 4306, 5813, 7848, 10_594, 14_302, 19_308, 26_066, 35_189, 43_504, 45_000,
  45_000, 27_125,
];
const warmWaits = [344, 424, 732, 2884, 2577];
const noCapacityWaits = [875, 1539, 2986, 7107, 13_723, 25_166];
const rateLimitedWaits = [688, 848, 1464, 5768, 10_307, 11_943, 17_701, 1718];
const connectionWaits = [211, 356, 683];
const inferenceWaits = [844];
const outcomeUnknownWaits = [172, 212];

const seventeenSeconds = Array.from({ length: 8 }, () => 17_000);

describe("the waits in a call of 300 s, under the seed `sluice`", () => {
  it.effect.each<readonly [string, Policy, GatewayError, ReadonlyArray<number>]>([
    ["cold", RetryPolicy.cold, cold, coldWaits],
    ["warm", RetryPolicy.warm, cold, warmWaits],
    ["noCapacity", RetryPolicy.noCapacity, closed, noCapacityWaits],
    ["rateLimited", RetryPolicy.rateLimited, limited, rateLimitedWaits],
    ["connection", RetryPolicy.connection, refused, connectionWaits],
    ["inference", RetryPolicy.inference, failed, inferenceWaits],
    ["outcomeUnknown", RetryPolicy.outcomeUnknown, unknown, outcomeUnknownWaits],
    ["never", RetryPolicy.never, cold, []],
    ["standard, 503", RetryPolicy.standard, cold, coldWaits],
    ["standard, Studio's mask", RetryPolicy.standard, unavailable("masked"), coldWaits],
    ["standard, a closed socket", RetryPolicy.standard, closed, noCapacityWaits],
    ["standard, 429", RetryPolicy.standard, limited, rateLimitedWaits],
    ["standard, 429 with Retry-After: 17", RetryPolicy.standard, limitedFor(17_000), seventeenSeconds],
    ["standard, a refused connection", RetryPolicy.standard, refused, connectionWaits],
    ["standard, 500", RetryPolicy.standard, failed, inferenceWaits],
    ["standard, an unknown outcome", RetryPolicy.standard, unknown, []],
    ["a warm model, 503", warmModel, cold, warmWaits],
    ["a call that may be repeated, an unknown outcome", repeatable, unknown, outcomeUnknownWaits],
  ])("%s", ([, policy, error, expected]) =>
    Effect.gen(function* () {
      const { waits } = yield* call(() => error, policy, { deadlineMs });
      expect(waits.map(Math.round)).toEqual(expected);
    }),
  );

  it.effect("the last attempt at a cold model begins 5 s before the end, and ends the call", () =>
    Effect.gen(function* () {
      const { startedAt, endedAt } = yield* call(() => cold, RetryPolicy.cold, { deadlineMs });
      expect(startedAt.at(-1)).toBeCloseTo(295_000, 6);
      expect(endedAt).toBeCloseTo(295_000, 6);
    }),
  );
});
