/** What an operator's port says, read by the readers of @sluice/models: warmth follows the emulator's models. */
import { assert, describe, it } from "@effect/vitest";
import { type Emulator, type EmulatorSettings, makeEmulator } from "@sluice/emulator";
import {
  type Evidence,
  priceCardOf,
  type ReadingOf,
  readNetworkCapabilities,
  readSessionPools,
  warmthOf,
} from "@sluice/models";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";

const pipeline = "text-to-image";
const warm = "SG161222/RealVisXL_V4.0_Lightning";
const absent = "ByteDance/SDXL-Lightning";
const cold = "stabilityai/sdxl-turbo";
const own = "my/model";

const settings: EmulatorSettings = {
  operatorPort: 0,
  models: {
    [absent]: { state: "absent" },
    [cold]: { state: "cold", loadMs: 60_000, meanwhile: "503" },
    [own]: { state: "warm" },
  },
};

const fetchJson = (url: string) => Effect.promise(async (): Promise<unknown> => (await fetch(url)).json());

const look = <A>(emulator: Emulator, path: string, read: (json: unknown, reading: ReadingOf) => A) =>
  Effect.gen(function* () {
    assert.isDefined(emulator.operatorUrl);
    const source = emulator.operatorUrl + path;
    return read(yield* fetchJson(source), { at: yield* Clock.currentTimeMillis, source, gateway: "mine" });
  });

const network = (emulator: Emulator) => look(emulator, "/getNetworkCapabilities", readNetworkCapabilities);
const pools = (emulator: Emulator) => look(emulator, "/getAISessionPoolsInfo", readSessionPools);

const generate = (emulator: Emulator, model_id: string) =>
  Effect.promise(async () => {
    const body = JSON.stringify({ model_id, prompt: "a red fox", width: 64, height: 64 });
    const { status } = await fetch(`${emulator.url}/${pipeline}`, { method: "POST", body }).catch(() => ({
      status: 0,
    }));
    return status;
  });

const stateOf = (evidence: ReadonlyArray<Evidence>, model: string, now: number) =>
  warmthOf(evidence, { pipeline, model, gateway: "mine" }, now).state;

describe("the network's capabilities", () => {
  it.effect("are read without a problem, and say what the emulator's models are", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(settings);
      const { evidence, problems } = yield* network(emulator);
      assert.deepStrictEqual(problems, []);
      const states = [warm, own, cold, absent].map((model) => stateOf(evidence, model, 0));
      assert.deepStrictEqual(states, ["warm", "warm", "cold", "absent"]);
      assert.strictEqual(stateOf(evidence, "nobody/has-this", 0), "unknown");
    }),
  );

  it.effect("say that a model is warm as soon as it has loaded, and not while it loads", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(settings);
      const state = Effect.gen(function* () {
        const { evidence } = yield* network(emulator);
        return stateOf(evidence, cold, yield* Clock.currentTimeMillis);
      });
      assert.strictEqual(yield* generate(emulator, cold), 503);
      assert.strictEqual(yield* state, "cold");
      yield* TestClock.adjust("59 seconds");
      assert.strictEqual(yield* state, "cold");
      yield* TestClock.adjust("1 second");
      assert.strictEqual(yield* state, "warm");
      assert.strictEqual(yield* generate(emulator, cold), 200);
    }),
  );

  it.effect("count a model's places", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ ...settings, capacity: 3 });
      const { evidence } = yield* network(emulator);
      const found = evidence.find((one) => one.pipeline === pipeline && one.model === warm);
      assert.deepStrictEqual(found?.capacity, { total: 3, inUse: 0 });
      assert.strictEqual(found?.orchestrators, 1);
    }),
  );

  it.effect("are priced as Livepeer recommends, and BYOC is passed over", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ ...settings, byoc: { mine: {} } });
      const found = yield* network(emulator);
      assert.deepStrictEqual(found.problems, []);
      const ethUsd = { price: "4000", source: "the recommendation", asOf: "2026-11-23" };
      const card = priceCardOf(found, { at: 0, source: "the port" }, ethUsd);
      assert.lengthOf(card?.rates ?? [], 9);
      assert.deepInclude(card?.rates[0], { pipeline, price: "4768371" });
    }),
  );
});

describe("the session pools", () => {
  it.effect("know nothing of a model that nobody asked for", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(settings);
      assert.deepStrictEqual(yield* pools(emulator), { evidence: [], problems: [] });
    }),
  );

  it.effect("are evidence of each model that was asked for, as old as the answer", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse("2026-11-23T01:02:03.450Z"));
      const emulator = yield* makeEmulator(settings);
      assert.deepStrictEqual(
        [yield* generate(emulator, warm), yield* generate(emulator, cold), yield* generate(emulator, absent)],
        [200, 503, 0],
      );
      const { evidence, problems } = yield* pools(emulator);
      assert.deepStrictEqual(problems, []);
      const now = yield* Clock.currentTimeMillis;
      assert.deepStrictEqual(
        evidence.map((one) => [one.model, one.says, one.at]),
        [
          [absent, "absent", now],
          [warm, "warm", now],
          [cold, "cold", now],
        ],
      );
      assert.deepStrictEqual(
        [warm, cold, absent].map((model) => stateOf(evidence, model, now)),
        ["warm", "cold", "absent"],
      );
      yield* TestClock.adjust("1 minute");
      const later = yield* pools(emulator);
      const merged = [...evidence, ...later.evidence];
      assert.strictEqual(stateOf(merged, cold, yield* Clock.currentTimeMillis), "warm");
    }),
  );
});
