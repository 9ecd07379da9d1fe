/** The numbers are those of Studio's rateLimiter in controllers/generate.ts, and of its default of 20 a minute. */
import { assert, describe, it } from "@effect/vitest";
import { type Emulator, makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import * as fc from "fast-check";
import { RequestLog } from "../../src/studio/rateLimit.ts";
import { ask, begin, headerOf, statusOf } from "../ask.ts";
import { until } from "../generate.ts";
import { bearer, imageRequest, refusedWith, texts, formRequest } from "./studio.ts";

const small = { prompt: "a fox", width: 8, height: 8 };

const asked = (emulator: Emulator, request = imageRequest(small)) => Effect.promise(() => ask(emulator.url, request));

/** The statuses of so many requests, one after the other. */
const statuses = (emulator: Emulator, count: number, request = imageRequest(small)) =>
  Effect.forEach(Array.from({ length: count }), () => Effect.map(asked(emulator, request), statusOf));

const all = (count: number, status: number) => Array.from({ length: count }, () => status);

describe("Studio's rate limit", () => {
  it.effect("is 20 requests a minute, and says when the oldest is a minute old", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ dialect: "studio" });
      assert.deepStrictEqual(yield* statuses(emulator, 10), all(10, 200));
      yield* TestClock.adjust("20500 millis");
      assert.deepStrictEqual(yield* statuses(emulator, 10), all(10, 200));
      const limited = yield* asked(emulator);
      refusedWith(limited, 429, "Too many AI requests");
      assert.strictEqual(headerOf(limited, "retry-after"), "40");
      yield* TestClock.adjust("39500 millis");
      assert.strictEqual(headerOf(yield* asked(emulator), "retry-after"), "1");
      yield* TestClock.adjust("1 milli");
      assert.deepStrictEqual(yield* statuses(emulator, 11), [...all(10, 200), 429]);
    }),
  );

  it.effect("is one for all keys of a user, and another for another user", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ dialect: "studio" });
      yield* statuses(emulator, 10);
      assert.deepStrictEqual(yield* statuses(emulator, 11, imageRequest(small, bearer("cors-full"))), [
        ...all(10, 200),
        429,
      ]);
      assert.deepStrictEqual(yield* statuses(emulator, 2, imageRequest(small, bearer("other-user"))), all(2, 200));
    }),
  );

  it.effect("is one for all pipelines, and one for each emulator", () =>
    Effect.gen(function* () {
      const [emulator, other] = [
        yield* makeEmulator({ dialect: "studio" }),
        yield* makeEmulator({ dialect: "studio" }),
      ];
      assert.deepStrictEqual(yield* statuses(emulator, 20, formRequest("llm", texts({ prompt: "hi" }))), all(20, 400));
      assert.deepStrictEqual(yield* statuses(emulator, 1), [429]);
      assert.deepStrictEqual(yield* statuses(other, 1), [200]);
    }),
  );

  it.effect("counts what failed at the gateway, not what never reached it", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ dialect: "studio", faults: [{ kind: "closed" }] });
      assert.deepStrictEqual(yield* statuses(emulator, 25, imageRequest({})), all(25, 422));
      assert.deepStrictEqual(yield* statuses(emulator, 25), [...all(20, 500), ...all(5, 429)]);
    }),
  );

  it.effect("counts a request when it is over, from when it began: a burst passes", () =>
    Effect.gen(function* () {
      const model = "my/cold-model";
      const loading = { state: "cold", loadMs: 45_000, meanwhile: "hold" } as const;
      const emulator = yield* makeEmulator({ dialect: "studio", models: { [model]: loading } });
      const held = all(25, 0).map(() => begin(emulator.url, imageRequest({ ...small, model_id: model })));
      yield* Effect.promise(() =>
        until(() => emulator.journal().filter(({ body }) => body !== undefined).length === held.length),
      );
      yield* TestClock.adjust("45 seconds");
      const heard = yield* Effect.promise(() => Promise.all(held.map((exchange) => exchange.heard)));
      assert.deepStrictEqual(heard.map(statusOf), all(25, 200));
      assert.strictEqual(headerOf(yield* asked(emulator), "retry-after"), "15");
    }),
  );

  it.effect("counts a request whose client went away", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ dialect: "studio", faults: [{ kind: "silent", times: 20 }] });
      for (let index = 0; index < 20; index++) {
        const exchange = begin(emulator.url, imageRequest(small));
        yield* Effect.promise(() => until(() => emulator.journal()[index]?.body !== undefined));
        exchange.hangUp();
        yield* Effect.promise(() => until(() => emulator.journal()[index]?.end === "aborted"));
      }
      assert.deepStrictEqual(yield* statuses(emulator, 1), [429]);
    }),
  );
});

describe("the log of requests", () => {
  it("asks for the seconds, rounded up, until the oldest of 20 or more has left the minute", () => {
    const starts = fc.array(fc.nat(120_000), { maxLength: 40 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 60_000, max: 180_000 }), (began, now) => {
        const log = new RequestLog();
        for (const start of began) log.finished("someone", start);
        const counted = began.filter((start) => start >= now - 60_000).sort((a, b) => a - b);
        const wait = log.retryAfter("someone", now);
        assert.strictEqual(wait === undefined, counted.length < 20);
        if (wait === undefined) return;
        assert.isTrue(Number.isInteger(wait) && wait >= 1);
        const left = counted[0]! + 60_000 - now;
        assert.isTrue(wait * 1000 >= left && (wait === 1 || (wait - 1) * 1000 < left));
      }),
    );
  });
});
