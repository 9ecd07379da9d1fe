import { assert, describe, it } from "@effect/vitest";
import { type Emulator, type EmulatorSettings, makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { statusOf } from "./ask.ts";
import { beginGeneration, generate, until, warmModel } from "./generate.ts";

const model = "my/cold-model";

const cold = (meanwhile: "503" | "hold", loadMs = 30_000): EmulatorSettings => ({
  models: { [model]: { state: "cold", loadMs, meanwhile } },
});

/** Asks, and lets no virtual time pass until the emulator has decided. */
const beginOn = (emulator: Emulator, model_id: string = model) =>
  Effect.gen(function* () {
    const index = emulator.journal().length;
    const exchange = beginGeneration(emulator.url, { model_id, width: 64, height: 64 });
    yield* Effect.promise(() => until(() => emulator.journal()[index]?.body !== undefined));
    return {
      ...exchange,
      end: () => emulator.journal()[index]?.end,
      status: Effect.promise(async () => statusOf(await exchange.heard)),
    };
  });

const statusOn = (emulator: Emulator) =>
  Effect.promise(async () => statusOf(await generate(emulator.url, { model_id: model, width: 64, height: 64 })));

describe("a cold model whose gateway holds requests", () => {
  it.effect("answers when it has loaded, and not a millisecond before", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(cold("hold", 180_000));
      const held = yield* beginOn(emulator);
      yield* TestClock.adjust("179999 millis");
      assert.strictEqual(held.end(), "open");
      yield* TestClock.adjust("1 milli");
      assert.strictEqual(yield* held.status, 200);
      assert.deepInclude(emulator.journal()[0], { status: 200, end: "answered", ms: 180_000 });
    }),
  );

  it.effect("loads once for all who wait: a later caller waits only for the rest", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(cold("hold"));
      const first = yield* beginOn(emulator);
      yield* TestClock.adjust("20 seconds");
      const [second, third] = [yield* beginOn(emulator), yield* beginOn(emulator)];
      yield* TestClock.adjust("10 seconds");
      for (const caller of [first, second, third]) assert.strictEqual(yield* caller.status, 200);
      assert.deepStrictEqual(
        emulator.journal().map(({ ms }) => ms),
        [30_000, 10_000, 10_000],
      );
    }),
  );

  it.effect("does not begin to load before it is asked for", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(cold("hold"));
      yield* TestClock.adjust("1 hour");
      const held = yield* beginOn(emulator);
      yield* TestClock.adjust("29 seconds");
      assert.strictEqual(held.end(), "open");
      yield* TestClock.adjust("1 second");
      assert.strictEqual(yield* held.status, 200);
    }),
  );

  it.effect("is warm from then on", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(cold("hold"));
      const held = yield* beginOn(emulator);
      yield* TestClock.adjust("30 seconds");
      yield* held.status;
      assert.strictEqual(yield* statusOn(emulator), 200);
      assert.strictEqual(emulator.journal()[1]?.ms, 0);
    }),
  );

  it.effect("goes on loading when the caller that began it hangs up", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(cold("hold"));
      const held = yield* beginOn(emulator);
      yield* TestClock.adjust("10 seconds");
      held.hangUp();
      yield* Effect.promise(() => until(() => held.end() === "aborted"));
      yield* TestClock.adjust("20 seconds");
      assert.strictEqual(yield* statusOn(emulator), 200);
    }),
  );

  it.effect("is every on-demand model of the docs, for 30 s", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator();
      const held = yield* beginOn(emulator, "black-forest-labs/FLUX.1-dev");
      yield* TestClock.adjust("29999 millis");
      assert.strictEqual(held.end(), "open");
      yield* TestClock.adjust("1 milli");
      assert.strictEqual(yield* held.status, 200);
    }),
  );

  it.effect("does not make other models wait", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ models: { ...cold("hold").models, "my/warm": { state: "warm" } } });
      const held = yield* beginOn(emulator);
      const warm = yield* beginOn(emulator, "my/warm");
      assert.strictEqual(yield* warm.status, 200);
      assert.strictEqual(held.end(), "open");
    }),
  );
});

describe("a cold model whose gateway says 503 meanwhile", () => {
  it.effect("says so at once until it has loaded, counted from the first request", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(cold("503"));
      yield* TestClock.adjust("1 hour");
      const heard = yield* Effect.promise(() => generate(emulator.url, { model_id: model }));
      assert.strictEqual(heard.head[0], "HTTP/1.1 503 Service Unavailable");
      assert.strictEqual(heard.body.toString(), '{"error":{"message":"Service Unavailable Error"}}\n');
      yield* TestClock.adjust("29999 millis");
      assert.strictEqual(yield* statusOn(emulator), 503);
      yield* TestClock.adjust("1 milli");
      assert.strictEqual(yield* statusOn(emulator), 200);
      assert.deepStrictEqual(
        emulator.journal().map(({ status, ms }) => [status, ms]),
        [
          [503, 0],
          [503, 0],
          [200, 0],
        ],
      );
    }),
  );
});

describe("an emulator whose models are cold", () => {
  const cold = { loadMs: 60_000, meanwhile: "503" } as const;
  const status = (emulator: Emulator, model_id: string) =>
    Effect.promise(async () => statusOf(await generate(emulator.url, { model_id, width: 64, height: 64 })));

  it.effect("has each load from its own first request on: documented ones, unknown ones, and none that is named", () =>
    Effect.gen(function* () {
      const models = { "my/warm": { state: "warm" }, "my/absent": { state: "absent" } } as const;
      const emulator = yield* makeEmulator({ cold, models });
      const statuses = Effect.forEach([warmModel, model, "my/warm", "my/absent"], (id) => status(emulator, id));
      assert.deepStrictEqual(yield* statuses, [503, 503, 200, null]);
      yield* TestClock.adjust("59999 millis");
      assert.strictEqual(yield* status(emulator, "another/unknown"), 503);
      yield* TestClock.adjust("1 milli");
      assert.deepStrictEqual(yield* statuses, [200, 200, 200, null]);
      assert.strictEqual(yield* status(emulator, "another/unknown"), 503);
    }),
  );

  it.effect("keeps a documented model on its own pipelines", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ cold });
      assert.isNull(yield* status(emulator, "openai/whisper-large-v3"));
    }),
  );
});

describe("a model's latency", () => {
  it.effect("is what a warm one takes, and comes on top of loading", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ ...cold("hold"), latencyMs: 800 });
      const held = yield* beginOn(emulator);
      yield* TestClock.adjust("30799 millis");
      assert.strictEqual(held.end(), "open");
      yield* TestClock.adjust("1 milli");
      assert.strictEqual(yield* held.status, 200);
      const warm = yield* beginOn(emulator);
      yield* TestClock.adjust("800 millis");
      assert.strictEqual(yield* warm.status, 200);
      assert.strictEqual(emulator.journal()[1]?.ms, 800);
    }),
  );
});

describe("a cold model whose first load fails", () => {
  const failing = (meanwhile: "503" | "hold", failedLoads = 1): EmulatorSettings => ({
    models: { [model]: { state: "cold", loadMs: 30_000, meanwhile, failedLoads } },
  });

  it.effect("gives a 503 to all who waited for it, and loads again for the next one", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(failing("hold"));
      const first = yield* beginOn(emulator);
      yield* TestClock.adjust("10 seconds");
      const second = yield* beginOn(emulator);
      yield* TestClock.adjust("20 seconds");
      assert.deepStrictEqual([yield* first.status, yield* second.status], [503, 503]);
      const third = yield* beginOn(emulator);
      yield* TestClock.adjust("30 seconds");
      assert.strictEqual(yield* third.status, 200);
      assert.deepStrictEqual(
        emulator.journal().map(({ ms }) => ms),
        [30_000, 20_000, 30_000],
      );
      assert.strictEqual(yield* statusOn(emulator), 200);
    }),
  );

  it.effect("fails as often as it says", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(failing("hold", 3));
      for (const status of [503, 503, 503, 200]) {
        const held = yield* beginOn(emulator);
        yield* TestClock.adjust("30 seconds");
        assert.strictEqual(yield* held.status, status);
      }
    }),
  );

  it.effect("takes a second load where the gateway says 503 meanwhile", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(failing("503"));
      const statuses = [];
      for (let seconds = 0; seconds < 80; seconds += 10) {
        statuses.push(yield* statusOn(emulator));
        yield* TestClock.adjust("10 seconds");
      }
      assert.deepStrictEqual(statuses, [503, 503, 503, 503, 503, 503, 200, 200]);
    }),
  );
});
