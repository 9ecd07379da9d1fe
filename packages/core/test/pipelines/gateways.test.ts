/** What gateways differ in: the models they have by default, what they are sent, and where their files are. */
import { assert, describe, it } from "@effect/vitest";
import { type CallInput, LivepeerGateway, type PipelineName, toFile } from "@sluice/core";
import { GatewayClient, type GatewayClientSettings } from "@sluice/core/effect";
import { startEmulator, studioKeys } from "@sluice/emulator";
import { defaultModel, pipelineNames, pipelines } from "@sluice/models";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { TestClock } from "effect/testing";
import { samples } from "./samples.ts";
import { answer, type Asked, playing } from "./wire.ts";

/** The model that is asked for, in JSON and in forms. */
const modelIn = ({ body }: Asked, name: PipelineName): unknown => {
  const { modelField } = pipelines[name];
  if (typeof body === "string") return (JSON.parse(body) as Readonly<Record<string, unknown>>)[modelField];
  const [head = new Uint8Array()] = (body ?? []).filter((part) => part instanceof Uint8Array);
  return new RegExp(`name="${modelField}"\r\n\r\n(.+)\r\n`).exec(new TextDecoder().decode(head))?.[1];
};

/** What a call is sent with, whatever becomes of it. */
const askedOf = (name: PipelineName, input: object, settings: GatewayClientSettings) =>
  Effect.gen(function* () {
    const { asked, client } = playing(answer(400, { error: { message: "no" } }));
    const call = GatewayClient.use((gateway) => gateway.run(name, input as never));
    const error = yield* Effect.flip(Effect.provide(call, client(settings)));
    const [first] = asked;
    if (first === undefined) throw new Error("nothing was sent", { cause: error });
    return { request: first, model: modelIn(first, name), error };
  });

const batch = pipelineNames.filter((name) => name !== "live-video-to-video");

describe("a call that names no model", () => {
  it.effect.each(batch)("of %s asks a go-livepeer for the catalog's", (name) =>
    Effect.gen(function* () {
      const { model, error } = yield* askedOf(name, samples[name], { gateway: "http://a.example" });
      assert.strictEqual(model, defaultModel(name));
      assert.strictEqual(error.model, defaultModel(name));
    }),
  );

  it.effect("asks a gateway for the one that its file names, whatever the wire", () =>
    Effect.gen(function* () {
      const defaultModels = { llm: "own/chat", upscale: "own/upscaler", "text-to-image": "own/painter" };
      const gateway = { name: "own", baseUrl: "http://a.example", defaultModels };
      for (const name of ["llm", "upscale", "text-to-image"] as const) {
        const { modelField } = pipelines[name];
        assert.strictEqual((yield* askedOf(name, samples[name], { gateway })).model, defaultModels[name]);
        // Livepeer's own SDK sends "" for what was not given.
        const empty = { ...samples[name], [modelField]: "" };
        assert.strictEqual((yield* askedOf(name, empty, { gateway })).model, defaultModels[name]);
        const named = { ...samples[name], [modelField]: "mine" };
        assert.strictEqual((yield* askedOf(name, named, { gateway })).model, "mine");
      }
    }),
  );

  it.effect("asks Studio for the one that Studio has", () =>
    Effect.gen(function* () {
      const settings = { gateway: "livepeer-studio", apiKey: "sk-1" };
      const { model, request } = yield* askedOf("image-to-video", samples["image-to-video"], settings);
      assert.strictEqual(model, "stabilityai/stable-video-diffusion-img2vid-xt-1-1");
      assert.strictEqual(request.origin + request.path, "https://livepeer.studio/api/beta/generate/image-to-video");
      assert.strictEqual(request.headers["authorization"], "Bearer sk-1");
    }),
  );
});

describe("the model of a route", () => {
  it.effect("comes before the one that a call names", () =>
    Effect.gen(function* () {
      const settings = { gateway: "http://a.example", models: { llm: "route/chat" } };
      const { model } = yield* askedOf("llm", { ...samples.llm, model: "mine" }, settings);
      assert.strictEqual(model, "route/chat");
    }),
  );
});

describe("a request", () => {
  it.effect("is JSON with its type, or a form with a boundary of its own", () =>
    Effect.gen(function* () {
      const chat = yield* askedOf("llm", samples.llm, { gateway: "http://a.example/sub/" });
      assert.include(chat.request, { method: "POST", origin: "http://a.example", path: "/sub/llm" });
      assert.deepInclude(chat.request.headers, { accept: "application/json", "content-type": "application/json" });
      assert.notProperty(chat.request.headers, "authorization");
      const [one, other] = [
        yield* askedOf("upscale", samples.upscale, { gateway: "http://a.example" }),
        yield* askedOf("upscale", samples.upscale, { gateway: "http://a.example" }),
      ].map(({ request }) => request.headers["content-type"]);
      assert.match(one ?? "", /^multipart\/form-data; boundary=\S+$/);
      assert.notStrictEqual(one, other);
    }),
  );
});

describe("the deadline of a call with a file", () => {
  /** A file that comes after some turns of the event loop, in which time passes. */
  const slowly = () =>
    toFile(
      new ReadableStream<Uint8Array>({
        async pull(controller) {
          for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
          controller.enqueue(samples.upscale.image);
          controller.close();
        },
      }),
    );

  const call = (timeoutMs: number, file: CallInput<"upscale">["image"]) => {
    const { asked, client } = playing(Effect.never);
    return Effect.gen(function* () {
      const upscale = GatewayClient.use((gateway) => gateway.upscale({ prompt: "a fox", image: file }, { timeoutMs }));
      const fiber = yield* Effect.forkChild(Effect.flip(Effect.provide(upscale, client())));
      while (fiber.pollUnsafe() === undefined) {
        yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)));
        yield* TestClock.adjust("100 millis");
      }
      return { error: yield* Fiber.join(fiber), asked };
    });
  };

  it.effect("is told as it was set, though the file took its time to come", () =>
    Effect.gen(function* () {
      const { error, asked } = yield* call(60_000, slowly());
      assert.include(error, { _tag: "DeadlineExceeded", deadlineMs: 60_000, inFlight: true });
      assert.match(error.message, /60 s/);
      assert.isAbove(asked[0]?.at ?? 0, 0);
      const { at } = asked[0] ?? { at: 0 };
      assert.strictEqual(error.attempts[0]?.ms, 60_000 - at);
    }),
  );

  it.effect("covers the coming of the file", () =>
    Effect.gen(function* () {
      const { error, asked } = yield* call(5_000, toFile(new ReadableStream({})));
      assert.include(error, { _tag: "DeadlineExceeded", deadlineMs: 5_000, inFlight: false, mayHaveRun: false });
      assert.isEmpty(asked);
    }),
  );

  it.effect.each([-1, 0, Number.NaN])("of %d is refused, with the field's name", (timeoutMs) =>
    Effect.gen(function* () {
      const { error } = yield* call(timeoutMs, slowly());
      assert.include(error, { _tag: "InvalidRequest" });
      assert.match(error.message, /timeoutMs: must be a positive number of milliseconds/);
    }),
  );
});

describe("the files of a result", () => {
  const key = "sk-live-0123456789";
  const small = { prompt: "a fox", width: 64, height: 64 };

  it.live("on an object store are fetched from there, without the key", () =>
    Effect.promise(async () => {
      await using emulator = await startEmulator({ absoluteUrls: true });
      await using gateway = new LivepeerGateway({ gateway: emulator.url, apiKey: key });
      const { images } = await gateway.textToImage(small);
      const [image] = images;
      assert.notInclude(image?.url, emulator.url);
      const bytes = await image?.bytes();
      assert.strictEqual(Buffer.from(bytes ?? []).toString("latin1", 1, 4), "PNG");
      const requests = emulator.journal().map(({ method, authorized }) => ({ method, authorized }));
      assert.deepStrictEqual(requests, [
        { method: "POST", authorized: true },
        { method: "GET", authorized: false },
      ]);
    }),
  );

  it.live("behind Studio are at its host, and are fetched with the key", () =>
    Effect.promise(async () => {
      await using emulator = await startEmulator({ dialect: "studio" });
      const { origin, pathname } = new URL(emulator.url);
      assert.strictEqual(pathname, "/api/beta/generate");
      const apiKey = studioKeys.backend.text;
      await using gateway = new LivepeerGateway({ gateway: "livepeer-studio", gatewayUrl: emulator.url, apiKey });
      const { images, meta } = await gateway.textToImage(small);
      assert.strictEqual(images[0]?.url.startsWith(`${origin}/stream/`), true);
      assert.strictEqual(Buffer.from((await images[0]?.bytes()) ?? []).toString("latin1", 1, 4), "PNG");
      assert.strictEqual(meta.cost.units, BigInt(emulator.journal()[0]?.units ?? 0));
      assert.deepStrictEqual(
        emulator.journal().map(({ authorized }) => authorized),
        [true, true],
      );
    }),
  );
});
