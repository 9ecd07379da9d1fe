/** A model that runs only so many requests at once. */
import { assert, describe, it } from "@effect/vitest";
import { type Emulator, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { begin, statusOf } from "./ask.ts";
import { beginGeneration, generate, until, warmModel } from "./generate.ts";
import { webp } from "./gateway/files.ts";
import { requestFor } from "./gateway/requests.ts";
import { chatStream } from "./streams/chat.ts";

const small = { width: 64, height: 64 };

/** Waits until the emulator has read so many requests. */
const read = ({ journal }: Emulator, count: number) =>
  Effect.promise(() => until(() => journal().filter(({ body }) => body !== undefined).length === count));

const statuses = (heard: ReadonlyArray<{ readonly heard: Promise<Parameters<typeof statusOf>[0]> }>) =>
  Effect.promise(async () => (await Promise.all(heard.map((exchange) => exchange.heard))).map(statusOf));

const settings = { capacity: 2, latencyMs: 5_000 };

describe("a model at its capacity", () => {
  it.effect("runs as many as it can, and refuses the others after 2 s", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(settings);
      const exchanges = [1, 2, 3, 4].map(() => beginGeneration(emulator.url, small));
      yield* read(emulator, 4);
      yield* TestClock.adjust(1_999);
      assert.isTrue(emulator.journal().every(({ end }) => end === "open"));
      yield* TestClock.adjust(1);
      yield* Effect.promise(() => until(() => emulator.journal().filter(({ status }) => status === 503).length === 2));
      yield* TestClock.adjust(3_000);
      assert.sameOrderedMembers((yield* statuses(exchanges)).toSorted(), [200, 200, 503, 503]);
      const refused = emulator.journal().filter(({ status }) => status === 503);
      assert.deepStrictEqual(
        refused.map(({ ms, units }) => ({ ms, units })),
        [
          { ms: 2_000, units: undefined },
          { ms: 2_000, units: undefined },
        ],
      );
    }),
  );

  it.effect("takes the one that waits as soon as a place is free", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ capacity: 1, latencyMs: 1_500 });
      const exchanges = [1, 2].map(() => beginGeneration(emulator.url, small));
      yield* read(emulator, 2);
      yield* TestClock.adjust(1_500);
      yield* Effect.promise(() => until(() => emulator.journal().filter(({ status }) => status === 200).length === 1));
      yield* TestClock.adjust(1_500);
      assert.deepStrictEqual(yield* statuses(exchanges), [200, 200]);
      assert.sameMembers(
        emulator.journal().map(({ ms }) => ms),
        [1_500, 3_000],
      );
    }),
  );

  it.effect("has its place again when a client has gone, in the queue or at work", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ capacity: 1, latencyMs: 60_000 });
      const working = beginGeneration(emulator.url, small);
      yield* read(emulator, 1);
      const waiting = beginGeneration(emulator.url, small);
      yield* read(emulator, 2);
      const last = beginGeneration(emulator.url, small);
      yield* read(emulator, 3);
      waiting.hangUp();
      working.hangUp();
      yield* Effect.promise(() => until(() => emulator.journal().filter(({ end }) => end === "aborted").length === 2));
      yield* TestClock.adjust(60_000);
      assert.deepStrictEqual(yield* statuses([last]), [200]);
    }),
  );

  it.effect("keeps a stream's place until its last token", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ capacity: 1, tokenMs: 1_000 });
      const first = begin(emulator.url, chatStream({ max_tokens: 10 }));
      yield* Effect.promise(() => until(() => first.soFar().chunks?.length === 1));
      const second = begin(emulator.url, chatStream({ max_tokens: 1 }));
      yield* read(emulator, 2);
      yield* TestClock.adjust(2_000);
      assert.deepStrictEqual(yield* statuses([second]), [503]);
      yield* TestClock.adjust(7_000);
      yield* Effect.promise(() => first.heard);
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.end !== "open"));
      const third = begin(emulator.url, chatStream({ max_tokens: 1 }));
      assert.deepStrictEqual(yield* statuses([third]), [200]);
    }),
  );

  it.effect("does not count against another model, nor against the same one of another pipeline", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({
        capacity: 1,
        latencyMs: 5_000,
        models: { "my/model": { state: "warm" } },
      });
      const exchanges = [
        begin(emulator.url, requestFor("text-to-image", { model_id: "my/model" })),
        begin(emulator.url, requestFor("upscale", { model_id: "my/model" })),
        beginGeneration(emulator.url, small),
      ];
      yield* read(emulator, 3);
      yield* TestClock.adjust(5_000);
      assert.deepStrictEqual(yield* statuses(exchanges), [200, 200, 200]);
    }),
  );

  it.effect("waits for a cold model in its place", () =>
    Effect.gen(function* () {
      const cold = { state: "cold", loadMs: 30_000, meanwhile: "hold" } as const;
      const emulator = yield* makeEmulator({ capacity: 1, models: { [warmModel]: cold } });
      const exchanges = [1, 2].map(() => beginGeneration(emulator.url, small));
      yield* read(emulator, 2);
      yield* TestClock.adjust(2_000);
      yield* Effect.promise(() => until(() => emulator.journal().some(({ status }) => status === 503)));
      yield* TestClock.adjust(28_000);
      assert.sameMembers(yield* statuses(exchanges), [200, 503]);
    }),
  );
});

describe("a model without a limit", () => {
  it("runs them all", async () => {
    await using emulator = await startEmulator();
    const heard = await Promise.all(Array.from({ length: 50 }, () => generate(emulator.url, small)));
    assert.isTrue(heard.every((one) => statusOf(one) === 200));
  });
});

describe("a request that nobody can carry out", () => {
  /** Nested more deeply than Python reads, which is a 500 of the runner. */
  const point_coords = "[".repeat(5_000);

  it.effect("gets a 503 when the attempt took 2 s, and what a nil result gives when it was quick", () =>
    Effect.gen(function* () {
      for (const latencyMs of [1_999, 2_000]) {
        const emulator = yield* makeEmulator({ latencyMs });
        const heard = [
          begin(emulator.url, requestFor("image-to-video", small, webp)),
          begin(emulator.url, requestFor("segment-anything-2", { point_coords })),
        ];
        yield* read(emulator, 2);
        yield* TestClock.adjust(latencyMs);
        assert.deepStrictEqual(yield* statuses(heard), latencyMs < 2_000 ? [null, 200] : [503, 503]);
      }
    }),
  );
});
