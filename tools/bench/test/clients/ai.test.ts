/**
 * The AI SDK with `@ai-sdk/openai-compatible`: texts, streams and images. Its provider has nothing for speech and transcripts,
 * and what it has for embeddings and for bare completions are routes that no Livepeer gateway could answer.
 */
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { importPeer, peerVersion } from "../../src/peers.ts";
import { drawPng, kindOf } from "./media.ts";
import { models, serve, type Served, until } from "./serve.ts";

interface Text {
  readonly text: string;
  readonly finishReason: string;
  readonly usage: { readonly totalTokens: number };
}

interface StreamedText {
  readonly textStream: AsyncIterable<string>;
  readonly finishReason: PromiseLike<string>;
  readonly usage: PromiseLike<{ readonly totalTokens: number }>;
}

interface Images {
  readonly images: ReadonlyArray<{ readonly uint8Array: Uint8Array; readonly mediaType: string }>;
}

interface AiModule {
  readonly generateText: (options: object) => Promise<Text>;
  readonly streamText: (options: object) => StreamedText;
  readonly generateImage: (options: object) => Promise<Images>;
  readonly embed: (options: object) => Promise<unknown>;
  readonly APICallError: { readonly isInstance: (error: unknown) => error is ApiCallError };
}

interface ApiCallError extends Error {
  readonly statusCode: number;
  readonly isRetryable: boolean;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly data: { readonly error: { readonly param: string | null; readonly code: string | null } };
}

interface Provider {
  (model: string): object;
  readonly imageModel: (model: string) => object;
  readonly embeddingModel: (model: string) => object;
  readonly completionModel: (model: string) => object;
}

interface ProviderModule {
  readonly createOpenAICompatible: (options: object) => Provider;
}

let service: Served;
let ai: AiModule;
let providers: ProviderModule;

const providerWith = (apiKey: string) =>
  providers.createOpenAICompatible({ name: "sluice", baseURL: `${service.url}/v1`, apiKey, includeUsage: true });

const load = async () => {
  ai = (await importPeer("ai")) as AiModule;
  providers = (await importPeer("@ai-sdk/openai-compatible")) as ProviderModule;
};

const thrownBy = async (call: PromiseLike<unknown>): Promise<ApiCallError> => {
  const error: unknown = await call.then(
    () => assert.fail("it was answered"),
    (thrown: unknown) => thrown,
  );
  if (!ai.APICallError.isInstance(error)) return assert.fail(`it threw ${String(error)}`);
  return error;
};

const prompt = "Tell me of foxes.";

describe(`ai ${peerVersion("ai")} with @ai-sdk/openai-compatible ${peerVersion("@ai-sdk/openai-compatible")}`, () => {
  let sluice: Provider;
  beforeAll(async () => {
    // For the first test; the service asks twice where a gateway says 500.
    const faults = [{ kind: "internal", times: 2 }] as const;
    [service] = await Promise.all([serve({ emulator: { tokenMs: 3, faults } }), load()]);
    sluice = providerWith(service.key);
  });
  afterAll(() => service.close());

  it("does not look at X-Should-Retry: only `maxRetries: 0` keeps it from asking again when a gateway fails", async () => {
    const error = await thrownBy(ai.generateText({ model: sluice(models.chat), prompt, maxRetries: 0 }));
    assert.include(error, { statusCode: 500, isRetryable: true });
    assert.include(error.responseHeaders, { "x-should-retry": "false" });
    assert.lengthOf(await service.asked(), 1);
  });

  it("generates a text, with its usage and the reason of its end", async () => {
    const options = { model: sluice(models.chat), system: "Be brief.", prompt, maxOutputTokens: 100, seed: 7 };
    const { text, finishReason, usage } = await ai.generateText(options);
    assert.include(text, prompt);
    assert.strictEqual(finishReason, "stop");
    assert.isAbove(usage.totalTokens, 0);
  });

  it("streams a text, piece by piece, with its usage at the end", async () => {
    const { textStream, finishReason, usage } = ai.streamText({ model: sluice(models.chat), prompt });
    const pieces: Array<string> = [];
    let isEarly: boolean | undefined;
    for await (const piece of textStream) {
      isEarly ??= service.emulator.journal().at(-1)?.end === "open";
      pieces.push(piece);
    }
    assert.isTrue(isEarly);
    assert.include(pieces.join(""), prompt);
    assert.strictEqual(await finishReason, "stop");
    assert.isAbove((await usage).totalTokens, 0);
  });

  it("takes messages whose content is a list of texts", async () => {
    const content = ["Tell me ", "of badgers."].map((text) => ({ type: "text", text }));
    const { text } = await ai.generateText({ model: sluice(models.chat), messages: [{ role: "user", content }] });
    assert.include(text, "Tell me of badgers.");
  });

  it("ends the call to the gateway when a stream is aborted", async () => {
    const leaving = new AbortController();
    const long = { prompt: "Foxes and badgers. ".repeat(150), maxOutputTokens: 1_000 };
    const { textStream } = ai.streamText({ model: sluice(models.chat), ...long, abortSignal: leaving.signal });
    for await (const _ of textStream) leaving.abort();
    await until(() => service.emulator.journal().at(-1)?.end !== "open");
    assert.include(service.emulator.journal().at(-1), { path: "/llm", end: "aborted" });
  });

  it("generates images, with fields of Livepeer's own", async () => {
    const { images } = await ai.generateImage({
      model: sluice.imageModel(models.image),
      prompt: "a red fox",
      n: 2,
      size: "512x256",
      providerOptions: { sluice: { negative_prompt: "dogs", seed: 7 } },
    });
    assert.deepStrictEqual(
      images.map(({ uint8Array, mediaType }) => [kindOf(uint8Array), mediaType]),
      [
        ["png", "image/png"],
        ["png", "image/png"],
      ],
    );
    const asked = service.emulator.journal().findLast(({ path }) => path === "/text-to-image");
    assert.deepInclude(asked?.body, { width: 512, height: 256, negative_prompt: "dogs", seed: 7 });
  });

  it("generates an image from an image", async () => {
    const picture = new Uint8Array(await (await drawPng(service.emulator)).arrayBuffer());
    const edit = { text: "make it blue", images: [picture] };
    const { images } = await ai.generateImage({ model: sluice.imageModel(models.edit), prompt: edit });
    assert.deepStrictEqual(
      images.map(({ uint8Array }) => kindOf(uint8Array)),
      ["png"],
    );
  });

  const mistakes: ReadonlyArray<readonly [string, () => PromiseLike<unknown>, number, string | null]> = [
    ["a wrong key", () => ai.generateText({ model: providerWith("sk-wrong")(models.chat), prompt }), 401, null],
    ["an unknown model", () => ai.generateText({ model: sluice("gpt-4o"), prompt }), 404, "model"],
    [
      "a field that no gateway has",
      () => ai.generateText({ model: sluice(models.chat), prompt, topP: 2 }),
      400,
      "top_p",
    ],
    ["bare completions", () => ai.generateText({ model: sluice.completionModel("m"), prompt }), 404, null],
    ["embeddings", () => ai.embed({ model: sluice.embeddingModel("m"), value: "x" }), 404, null],
  ];
  for (const [what, call, statusCode, param] of mistakes) {
    it(`throws ${statusCode} for ${what}, once`, async () => {
      const before = (await service.asked()).length;
      const error = await thrownBy(call());
      assert.include(error, { statusCode, isRetryable: false });
      assert.strictEqual(error.data.error.param, param);
      assert.lengthOf(await service.asked(), before + 1);
    });
  }
});
