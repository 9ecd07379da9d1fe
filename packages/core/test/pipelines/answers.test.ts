/** What a gateway may answer to each pipeline, and what becomes of it. */
import { assert, describe, it } from "@effect/vitest";
import { GatewayClient, type GatewayClientSettings } from "@sluice/core/effect";
import type { PipelineName } from "@sluice/core";
import { pipelineNames } from "@sluice/models";
import * as Effect from "effect/Effect";
import { samples } from "./samples.ts";
import { answer, type Played, playing } from "./wire.ts";

const call = (name: PipelineName, status: number, body: unknown, settings: GatewayClientSettings = {}) => {
  const { asked, client } = playing(answer(status, body));
  const own = { name: "own", baseUrl: "http://a.example/sub", pipelines: pipelineNames };
  return GatewayClient.use((gateway) => gateway.run(name, samples[name] as never)).pipe(
    Effect.provide(client({ gateway: own, maxRetries: 0, ...settings })),
    Effect.map((result) => ({ ...result, asked })),
  );
};

const image = { nsfw: false, seed: 1, url: "/stream/0/1.png" };
const lists = { masks: "[[1.0]]", scores: "[0.5]", logits: "[[-2.5]]" };
const pictures = [
  [{ images: [{ seed: 1 }] }, /images\.0\.url/],
  [{ images: [image, null] }, /images\.1/],
  [{ images: "none" }, /images/],
  [{ images: [{ ...image, url: "data:image/png;base64,AAAA" }] }, /has no usable URL/],
  [{ images: [{ ...image, url: "javascript:alert(1)" }] }, /has no usable URL/],
  [{ images: [{ ...image, url: "http://" }] }, /has no usable URL/],
  [{ pictures: [image] }, /images/],
] as const;

/** With the reason that is told. */
const malformed: Readonly<Record<PipelineName, ReadonlyArray<readonly [body: unknown, reason: RegExp]>>> = {
  "text-to-image": pictures,
  "image-to-image": pictures,
  upscale: pictures,
  "image-to-video": [...pictures, [{ frames: [[image]] }, /images/]],
  "audio-to-text": [
    [{ chunks: [] }, /text/],
    [{ text: 5 }, /text/],
    [{ text: "Hello", chunks: [{ text: "Hello", timestamp: ["0"] }] }, /chunks\.0\.timestamp\.0/],
  ],
  "segment-anything-2": [
    [{ masks: lists.masks, scores: lists.scores }, /logits/],
    [{ ...lists, masks: [[1]] }, /masks/],
    [{ ...lists, masks: "[[1.0" }, /masks is no list of numbers/],
    [{ ...lists, scores: "0.5" }, /scores is no list of numbers/],
    [{ ...lists, logits: '[["-2.5"]]' }, /logits is no list of numbers/],
    [{ ...lists, logits: '[{"0":1}]' }, /logits is no list of numbers/],
    [{ ...lists, logits: "[".repeat(100_000) + "]".repeat(100_000) }, /logits is no list of numbers/],
  ],
  llm: [
    [{ choices: [{ index: 0, delta: { content: "Hi", role: "assistant" } }], ...{ created: 1, id: "x" } }, /model/],
    [{ choices: "Hi" }, /choices/],
  ],
  "image-to-text": [[{ caption: "a fox" }, /text/]],
  "text-to-speech": [
    [{ audio: {} }, /audio\.url/],
    [{ audio: { url: "file:///etc/passwd" } }, /the audio has no usable URL/],
  ],
  "live-video-to-video": [[{ publish_url: "http://a.example/1" }, /subscribe_url/]],
};

describe.each(pipelineNames)("%s, answered with", (name) => {
  it.effect("null, is ColdOrNoCapacity", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(call(name, 200, "null\n"));
      assert.deepInclude(error, { _tag: "ColdOrNoCapacity", signal: "empty" });
      assert.lengthOf(error.attempts, 1);
    }),
  );

  it.effect.each(malformed[name])("%j, is MalformedResponse, which may have been billed", ([body, reason]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(call(name, 200, body));
      assert.include(error, { _tag: "MalformedResponse", mayHaveRun: true, retryable: false });
      assert.match(error.message, reason);
      assert.lengthOf(error.attempts, 1);
    }),
  );

  it.effect("an empty object, is EmptyResult", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(call(name, 200, {}));
      assert.include(error, { _tag: "EmptyResult", mayHaveRun: true });
    }),
  );
});

describe("an answer without a result", () => {
  it.effect.each([
    ["text-to-image", { images: [] }],
    ["image-to-image", { images: null }],
    ["image-to-video", { images: [] }],
    ["upscale", { images: [] }],
    ["llm", { choices: [], created: 1, id: "x", model: "m" }],
  ] as const)("to %s, is EmptyResult: %j", ([name, body]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(call(name, 200, body));
      assert.strictEqual(error._tag, "EmptyResult");
    }),
  );

  it.effect("but with its complaint, is InferenceFailed, which repeats it", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(call("upscale", 200, { error: { message: "CUDA out of memory" } }));
      assert.include(error, { _tag: "InferenceFailed", status: 200 });
      assert.match(error.message, /CUDA out of memory/);
    }),
  );
});

describe("the address of a file", () => {
  const urlOf = (url: string, settings?: GatewayClientSettings) =>
    Effect.map(call("text-to-speech", 200, { audio: { url } }, settings), (result) => {
      const { audio } = result as unknown as { readonly audio: { readonly url: string } };
      return audio.url;
    });

  it.effect.each([
    ["/stream/0/1.wav", "http://a.example/stream/0/1.wav"],
    ["https://store.example/b/1.wav?sig=a%2Fb", "https://store.example/b/1.wav?sig=a%2Fb"],
    ["//cdn.example/1.wav", "http://cdn.example/1.wav"],
  ])("%s is %s", ([given = "", absolute = ""]) =>
    Effect.gen(function* () {
      assert.strictEqual(yield* urlOf(given), absolute);
    }),
  );

  it.effect("of Studio is at its host, not below its path", () =>
    Effect.gen(function* () {
      const { client } = playing(answer(200, { images: [image] }));
      const { images } = yield* GatewayClient.use((gateway) => gateway.textToImage({ prompt: "a fox" })).pipe(
        Effect.provide(client({ gateway: "livepeer-studio", apiKey: "sk-1" })),
      );
      assert.deepStrictEqual(images, [{ url: "https://livepeer.studio/stream/0/1.png", seed: 1, nsfw: false }]);
    }),
  );
});

const event = (content: string, reason: string) =>
  `data: {"choices":[{"delta":{"content":"${content}","role":"assistant"},"finish_reason":"${reason}","index":0}],"created":9,"id":"chatcmpl-1","model":"m","usage":{"completion_tokens":1,"prompt_tokens":2,"total_tokens":3}}\n\n`;

describe("a result", () => {
  it.effect("has nothing that the gateway has not said", () =>
    Effect.gen(function* () {
      const { client } = playing(answer(200, { images: [{ url: "/1.png" }] }));
      const { images } = yield* Effect.provide(
        GatewayClient.use((gateway) => gateway.textToImage({ prompt: "a fox" })),
        client(),
      );
      assert.deepStrictEqual(images, [{ url: "http://a.example/1.png" }]);
    }),
  );

  it.effect("of audio-to-text may lack its last time, and its chunks", () =>
    Effect.gen(function* () {
      const chunks = [{ text: " Hello", timestamp: [0, null] }];
      const { meta: _, asked: __, ...result } = yield* call("audio-to-text", 200, { text: " Hello", chunks });
      assert.deepStrictEqual(result, { text: " Hello", chunks });
      const { meta: ___, asked: ____, ...bare } = yield* call("audio-to-text", 200, { text: "" });
      assert.deepStrictEqual(bare, { text: "", chunks: [] });
    }),
  );

  describe.each([
    ["its gateway streams unasked", samples.llm, "end"],
    ["it was asked to be streamed, and nobody reads it as it comes", { ...samples.llm, stream: true }, "end"],
    ["the connection breaks behind its end", { ...samples.llm, stream: true }, "cut"],
  ] as const)("of llm is whole also where %s", (_, input, then) => {
    it.effect("with all that was said of it", () =>
      Effect.gen(function* () {
        const text = event("Guten ", "") + event("Tag", "") + event("", "stop");
        const headers = { "content-type": "text/event-stream" };
        const body = new TextEncoder().encode(text);
        const played: Played =
          then === "cut" ? Effect.fail({ kind: "cut", status: 200, headers, body }) : answer(200, text, headers);
        const { client } = playing(played);
        const call = GatewayClient.use((gateway) => gateway.chat(input));
        const { meta, ...chat } = yield* Effect.provide(call, client());
        assert.deepStrictEqual(chat, {
          text: "Guten Tag",
          finish_reason: "stop",
          usage: { completion_tokens: 1, prompt_tokens: 2, total_tokens: 3 },
          id: "chatcmpl-1",
          created: 9,
        });
        assert.deepStrictEqual(
          meta.attempts.map(({ status, outcome }) => ({ status, outcome })),
          [{ status: 200, outcome: "ok" }],
        );
      }),
    );
  });

  it.effect("of llm has no usage where its gateway tells something else", () =>
    Effect.gen(function* () {
      const text = `data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"tokens":"many"},"id":5}\n\n`;
      const { client } = playing(answer(200, text, { "content-type": "text/event-stream" }));
      const call = GatewayClient.use((gateway) => gateway.chat(samples.llm));
      const { meta: _, ...chat } = yield* Effect.provide(call, client());
      assert.deepStrictEqual(chat, { text: "Hi", finish_reason: "stop" });
    }),
  );
});
