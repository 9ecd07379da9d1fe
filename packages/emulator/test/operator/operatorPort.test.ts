/** go-livepeer's operator port, byte for byte: Go's `encoding/json`, with the zero values of protobuf structs left out. */
import { assert, describe, it } from "@effect/vitest";
import { EmulatorNotStarted, type EmulatorSettings, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, type Heard, headerOf, headersOf, nothing, statusOf } from "../ask.ts";
import { beginGeneration, generate, generateFrom, until, warmModel } from "../generate.ts";

const cold = "my/cold-model";

const settings: EmulatorSettings = {
  operatorPort: 0,
  models: {
    [cold]: { state: "cold", loadMs: 60_000, meanwhile: "503" },
    "ByteDance/SDXL-Lightning": { state: "absent" },
  },
};

const originOf = ({ operatorUrl }: { readonly operatorUrl: string | undefined }): string => {
  assert.isDefined(operatorUrl);
  return operatorUrl;
};

const capabilitiesOf = async (origin: string) => {
  const { body } = await ask(origin, { path: "/getNetworkCapabilities" });
  return JSON.parse(body.toString()) as {
    readonly orchestrators: ReadonlyArray<{
      readonly orch_uri: string;
      readonly capabilities_prices: ReadonlyArray<object> | null;
      readonly capabilities: {
        readonly constraints: {
          readonly PerCapability?: Readonly<Record<string, { readonly models: object } | undefined>>;
        };
      };
    }>;
  };
};

const modelsOf = async (origin: string, capability: number) =>
  (await capabilitiesOf(origin)).orchestrators[0]?.capabilities.constraints.PerCapability?.[`${capability}`]?.models;

const poolsOf = async (origin: string): Promise<string> =>
  (await ask(origin, { path: "/getAISessionPoolsInfo" })).body.toString();

const sorts = (heard: Heard) => headersOf(heard).filter((name) => name !== "date");

describe("an operator port", () => {
  it("is there only on request, and is freed with the emulator", async () => {
    await using plain = await startEmulator();
    assert.isUndefined(plain.operatorUrl);
    const emulator = await startEmulator({ operatorPort: 0 });
    const origin = originOf(emulator);
    assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notStrictEqual(origin, emulator.url);
    await emulator.close();
    assert.deepStrictEqual(await ask(origin, { path: "/getNetworkCapabilities" }), nothing);
  });

  it("listens where the emulator does, at the root behind Studio as well", async () => {
    await using emulator = await startEmulator({ operatorPort: 0, host: "::1", dialect: "studio" });
    assert.match(originOf(emulator), /^http:\/\/\[::1\]:\d+$/);
    assert.strictEqual((await fetch(`${originOf(emulator)}/getAISessionPoolsInfo`)).status, 200);
  });

  it("that is taken keeps the emulator from starting, and its own port free", async () => {
    await using emulator = await startEmulator();
    const taken = Number(new URL(emulator.url).port);
    const closed = await startEmulator();
    const port = Number(new URL(closed.url).port);
    await closed.close();
    const error: unknown = await startEmulator({ port, operatorPort: taken }).catch((reason: unknown) => reason);
    assert.instanceOf(error, EmulatorNotStarted);
    assert.include(error.message, `The emulator cannot listen on 127.0.0.1:${taken}: `);
    await using second = await startEmulator({ port });
    assert.strictEqual(Number(new URL(second.url).port), port);
  });

  it("answers JSON without a line feed, whatever the method; the journal and the gateway know nothing of it", async () => {
    await using emulator = await startEmulator(settings);
    for (const path of ["/getNetworkCapabilities", "/getAISessionPoolsInfo", "/getAISessionPoolsInfo?a=b"]) {
      const heard = await ask(originOf(emulator), { path });
      assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
      assert.strictEqual(headerOf(heard, "content-type"), "application/json");
      assert.deepStrictEqual(sorts(heard), ["content-length", "content-type"]);
      assert.notInclude(heard.body.toString(), "\n");
      assert.deepStrictEqual((await ask(originOf(emulator), { method: "POST", path })).body, heard.body);
      assert.strictEqual(statusOf(await ask(emulator.url, { path })), 404);
    }
    assert.deepStrictEqual(
      emulator.journal().map(({ status }) => status),
      [404, 404, 404],
    );
  });

  it("has no other path", async () => {
    await using emulator = await startEmulator(settings);
    for (const path of ["/", "/status", "/getnetworkcapabilities", "/constructor", "/text-to-image"]) {
      const heard = await ask(originOf(emulator), { path });
      assert.strictEqual(heard.head[0], "HTTP/1.1 404 Not Found", path);
      assert.strictEqual(heard.body.toString(), "404 page not found\n");
      assert.deepStrictEqual(sorts(heard), ["content-length", "content-type", "x-content-type-options"]);
    }
  });
});

describe("/getNetworkCapabilities", () => {
  it("is what two orchestrators say of themselves, one with models", async () => {
    await using emulator = await startEmulator({ operatorPort: 0 });
    const { body } = await ask(originOf(emulator), { path: "/getNetworkCapabilities" });
    assert.strictEqual(
      body.toString(),
      `{"capabilities_names":{"27":"Text to image","28":"Image to image","29":"Image to video","30":"Upscale","31":"Audio to text","32":"Segment anything 2","33":"Llm","34":"Image to text","35":"Live video to video","36":"Text to speech","37":"byoc"},"orchestrators":[{"address":"0x1111111111111111111111111111111111111111","local_address":"0x1111111111111111111111111111111111111111","orch_uri":"https://orchestrator-1.example:8935","capabilities":{"version":"0.9.1","constraints":{"PerCapability":{"27":{"models":{"ByteDance/SDXL-Lightning":{"warm":true},"SG161222/RealVisXL_V4.0":{},"SG161222/RealVisXL_V4.0_Lightning":{"warm":true},"SG161222/Realistic_Vision_V6.0_B1_noVAE":{},"black-forest-labs/FLUX.1-dev":{},"black-forest-labs/FLUX.1-schnell":{},"prompthero/openjourney-v4":{},"runwayml/stable-diffusion-v1-5":{},"stabilityai/sd-turbo":{},"stabilityai/sdxl-turbo":{},"stabilityai/stable-diffusion-3-medium-diffusers":{},"stabilityai/stable-diffusion-xl-base-1.0":{}}},"28":{"models":{"ByteDance/SDXL-Lightning":{},"SG161222/RealVisXL_V4.0":{},"SG161222/RealVisXL_V4.0_Lightning":{},"stabilityai/sd-turbo":{},"stabilityai/sdxl-turbo":{},"timbrooks/instruct-pix2pix":{"warm":true}}},"29":{"models":{"stabilityai/stable-video-diffusion-img2vid-xt":{"warm":true},"stabilityai/stable-video-diffusion-img2vid-xt-1-1":{"warm":true}}},"30":{"models":{"stabilityai/stable-diffusion-x4-upscaler":{"warm":true}}},"31":{"models":{"openai/whisper-large-v3":{"warm":true}}},"32":{"models":{"facebook/sam2-hiera-base-plus":{},"facebook/sam2-hiera-large":{"warm":true},"facebook/sam2-hiera-small":{},"facebook/sam2-hiera-tiny":{}}},"33":{"models":{"Qwen/Qwen2.5-7B-Instruct":{},"google/gemma-2-9b-it":{},"meta-llama/Meta-Llama-3.1-8B-Instruct":{"warm":true},"mistralai/Mistral-7B-Instruct-v0.3":{}}},"34":{"models":{"Salesforce/blip-image-captioning-large":{"warm":true}}},"36":{"models":{"parler-tts/parler-tts-large-v1":{"warm":true}}}}}},"price_info":null,"capabilities_prices":[{"pricePerUnit":4768371,"pixelsPerUnit":1,"capability":27,"constraint":"default"},{"pricePerUnit":4768371,"pixelsPerUnit":1,"capability":28,"constraint":"default"},{"pricePerUnit":3390842,"pixelsPerUnit":1,"capability":29,"constraint":"default"},{"pricePerUnit":4768371,"pixelsPerUnit":1,"capability":30,"constraint":"default"},{"pricePerUnit":5000000,"pixelsPerUnit":1,"capability":31,"constraint":"default"},{"pricePerUnit":8050,"pixelsPerUnit":1,"capability":32,"constraint":"default"},{"pricePerUnit":20000000,"pixelsPerUnit":1,"capability":33,"constraint":"default"},{"pricePerUnit":62500,"pixelsPerUnit":1,"capability":34,"constraint":"default"},{"pricePerUnit":375000000,"pixelsPerUnit":1,"capability":36,"constraint":"default"}],"hardware":null},{"address":"0x2222222222222222222222222222222222222222","local_address":"0x2222222222222222222222222222222222222222","orch_uri":"https://orchestrator-2.example:8935","capabilities":{"version":"0.9.1","constraints":{}},"price_info":null,"capabilities_prices":null,"hardware":null}]}`,
    );
  });

  it("lists a model of one's own on every pipeline, and an absent one on none", async () => {
    await using emulator = await startEmulator(settings);
    for (const capability of [27, 28, 29, 30, 31, 32, 33, 34, 36]) {
      const models = await modelsOf(originOf(emulator), capability);
      assert.deepNestedPropertyVal(models, "my/cold-model".replace(".", "\\."), {}, String(capability));
      assert.notProperty(models, "ByteDance/SDXL-Lightning");
    }
  });

  it.effect("says how many places a model has, where they are limited, and how many are taken", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ operatorPort: 0, capacity: 2, latencyMs: 1_000 });
      const origin = originOf(emulator);
      const state = Effect.promise(async () => ((await modelsOf(origin, 27)) as Record<string, object>)[warmModel]);
      assert.deepStrictEqual(yield* state, { warm: true, capacity: 2 });
      const [running] = [beginGeneration(emulator.url, { width: 64, height: 64 }), beginGeneration(emulator.url)];
      yield* Effect.promise(() => until(() => emulator.journal().filter((one) => one.body !== undefined).length === 2));
      assert.deepStrictEqual(yield* state, { warm: true, capacity: 2, capacityInUse: 2 });
      // One more waits, and runs nowhere yet.
      const waiting = beginGeneration(emulator.url);
      yield* Effect.promise(() => until(() => emulator.journal()[2]?.body !== undefined));
      assert.deepStrictEqual(yield* state, { warm: true, capacity: 2, capacityInUse: 2 });
      waiting.hangUp();
      yield* TestClock.adjust("1 second");
      assert.strictEqual(statusOf(yield* Effect.promise(() => running.heard)), 200);
      yield* Effect.promise(() => until(() => emulator.journal().every(({ end }) => end !== "open")));
      assert.deepStrictEqual(yield* state, { warm: true, capacity: 2 });
    }),
  );

  it.effect("calls a model warm from the moment when it has loaded, on the pipeline that loaded it", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(settings);
      const origin = originOf(emulator);
      const stateOf = (capability: number) =>
        Effect.promise(async () => ((await modelsOf(origin, capability)) as Record<string, object>)[cold]);
      yield* TestClock.adjust("1 hour");
      assert.deepStrictEqual(yield* stateOf(27), {});
      yield* Effect.promise(() => generate(emulator.url, { model_id: cold }));
      assert.deepStrictEqual(yield* stateOf(27), {});
      yield* TestClock.adjust("59999 millis");
      assert.deepStrictEqual(yield* stateOf(27), {});
      yield* TestClock.adjust("1 milli");
      assert.deepStrictEqual(yield* stateOf(27), { warm: true });
      assert.deepStrictEqual(yield* stateOf(28), {});
    }),
  );
});

describe("/getAISessionPoolsInfo", () => {
  const empty = '{"size":0,"in_use":0,"orchestrators":null}';
  const one =
    '{"size":1,"in_use":0,"orchestrators":[{"url":"https://orchestrator-1.example:8935","latency_score":0,"in_flight":0}]}';
  const pool = (key: string, cold: string, warm: string, at: string) =>
    `"${key}":{"cold":${cold},"warm":${warm},"last_refresh":"${at}","suspended":{"list":{},"current_count":1}}`;

  it.effect("has a pool for each model that was asked for, in the order of Go's map keys", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(settings);
      const origin = originOf(emulator);
      const pools = Effect.promise(() => poolsOf(origin));
      assert.strictEqual(yield* pools, "{}");
      for (const model_id of [warmModel, cold, "nobody/has-this", "a<b"]) {
        yield* Effect.promise(() => generate(emulator.url, { model_id, width: 64, height: 64 }));
      }
      yield* TestClock.setTime(Date.parse("2026-11-23T01:02:03.120Z"));
      const at = "2026-11-23T01:02:03.12Z";
      assert.strictEqual(
        yield* pools,
        `{${[
          pool(`27_${warmModel}`, empty, one, at),
          pool(String.raw`27_a\u003cb`, empty, empty, at),
          // It has loaded meanwhile.
          pool(`27_${cold}`, empty, one, at),
          pool("27_nobody/has-this", empty, empty, at),
        ].join(",")}}`,
      );
    }),
  );

  it.effect("moves a model from the cold pool to the warm one when it has loaded", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator(settings);
      const ask = Effect.promise(() => poolsOf(originOf(emulator)));
      yield* Effect.promise(() => generate(emulator.url, { model_id: cold }));
      assert.strictEqual(yield* ask, `{${pool(`27_${cold}`, one, empty, "1970-01-01T00:00:00Z")}}`);
      yield* TestClock.adjust("60 seconds");
      assert.strictEqual(yield* ask, `{${pool(`27_${cold}`, empty, one, "1970-01-01T00:01:00Z")}}`);
    }),
  );

  it("has none for a request that never got to the selection of an orchestrator", async () => {
    await using emulator = await startEmulator({ operatorPort: 0, faults: [{ kind: "internal", times: 1 }] });
    await generate(emulator.url);
    await generateFrom(emulator.url, "{");
    await generate(emulator.url, { model_id: null });
    assert.strictEqual(await poolsOf(originOf(emulator)), "{}");
  });

  it.effect("has one for a request that is held", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({
        operatorPort: 0,
        models: { [cold]: { state: "cold", loadMs: 60_000, meanwhile: "hold" } },
      });
      const held = beginGeneration(emulator.url, { model_id: cold, width: 64, height: 64 });
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
      const pools = Effect.promise(() => poolsOf(originOf(emulator)));
      const inUse = one.replace('"in_use":0', '"in_use":1').replace('"in_flight":0', '"in_flight":1');
      assert.strictEqual(yield* pools, `{${pool(`27_${cold}`, inUse, empty, "1970-01-01T00:00:00Z")}}`);
      held.hangUp();
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.end === "aborted"));
      assert.strictEqual(yield* pools, `{${pool(`27_${cold}`, one, empty, "1970-01-01T00:00:00Z")}}`);
    }),
  );
});
