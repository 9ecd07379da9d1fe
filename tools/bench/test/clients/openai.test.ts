/** OpenAI's own client, which was told another base URL, a key and the names of models: every route, answered whole. */
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { peerVersion } from "../../src/peers.ts";
import { drawPng, kindAt, kindOf, speakWav } from "./media.ts";
import { loadOpenai, type Openai, type OpenaiModule, thrownAs, versions } from "./openaiClient.ts";
import { models, serve, type Served } from "./serve.ts";

let service: Served;
let picture: Blob;
let speech: Blob;

beforeAll(async () => {
  service = await serve();
  [picture, speech] = await Promise.all([drawPng(service.emulator), speakWav(service.emulator)]);
});
afterAll(() => service.close());

const messages = [{ role: "user", content: "Tell me of foxes." }];

/** The fields that OpenAI's users send by habit, and that change nothing here. */
const habits = {
  quality: "high",
  style: "vivid",
  background: "auto",
  moderation: "low",
  output_format: "png",
  user: "u1",
};

for (const version of versions) {
  describe(`the client ${version} ${peerVersion(version)}`, () => {
    let module: OpenaiModule;
    let openai: Openai;

    const fileOf = (content: Blob, name: string, type: string) => module.toFile(content, name, { type });
    const clientWith = (apiKey: string) => new module.default({ baseURL: `${service.url}/v1`, apiKey });

    beforeAll(async () => {
      module = await loadOpenai(version);
      openai = clientWith(service.key);
    });

    it("lists the models, by the service's aliases too", async () => {
      const ids: Array<string> = [];
      for await (const { id } of openai.models.list()) ids.push(id);
      assert.includeMembers(ids, [...Object.values(models), "whisper-1", "gpt-image-1"]);
    });

    for (const id of [models.image, "gpt-image-1"]) {
      it(`retrieves the model ${id}`, async () => {
        assert.deepInclude(await openai.models.retrieve(id), { id, object: "model" });
      });
    }

    it("draws images, and gives their URLs", async () => {
      const { data } = await openai.images.generate({ prompt: "a red fox", n: 2, size: "512x256", ...habits });
      assert.lengthOf(data, 2);
      for (const { url } of data) assert.strictEqual(await kindAt(url ?? ""), "png");
      const asked = service.emulator.journal().findLast(({ path }) => path === "/text-to-image");
      assert.deepInclude(asked?.body, { width: 512, height: 256, num_images_per_prompt: 2 });
    });

    it("draws an image, and gives it as base64", async () => {
      const model = "gpt-image-1";
      const { data } = await openai.images.generate({
        model,
        prompt: "a fox",
        size: "64x64",
        response_format: "b64_json",
      });
      assert.strictEqual(kindOf(Buffer.from(data[0]?.b64_json ?? "", "base64")), "png");
    });

    for (const [how, wrap] of [
      ["a file", (file: File) => file],
      ["a list of one file", (file: File) => [file]],
    ] as const) {
      it(`edits an image that is sent as ${how}`, async () => {
        const image = wrap(await fileOf(picture, "fox.png", "image/png"));
        const { data } = await openai.images.edit({ model: models.edit, image, prompt: "make it blue", n: 2 });
        assert.lengthOf(data, 2);
        for (const { url } of data) assert.strictEqual(await kindAt(url ?? ""), "png");
      });
    }

    it("speaks a text, and gives a WAV", async () => {
      const answer = await openai.audio.speech.create({ model: models.speech, voice: "alloy", input: "A fox." });
      assert.strictEqual(answer.headers.get("content-type"), "audio/wav");
      assert.strictEqual(kindOf(new Uint8Array(await answer.arrayBuffer())), "wav");
    });

    const line = /^\d+\n00:00:00,000 --> 00:00:0\d,\d{3}\n\w/;
    for (const [response_format, isRight] of [
      [undefined, (it: unknown) => assert.match((it as { readonly text: string }).text, /^\w/)],
      ["json", (it: unknown) => assert.match((it as { readonly text: string }).text, /^\w/)],
      ["text", (it: unknown) => assert.match(it as string, /^\w.*\n$/)],
      ["srt", (it: unknown) => assert.match(it as string, line)],
      ["vtt", (it: unknown) => assert.match(it as string, /^WEBVTT\n\n00:00:00\.000 --> 00:/)],
      ["verbose_json", (it: unknown) => assert.deepInclude((it as VerboseTranscript).segments[0], { id: 0, start: 0 })],
    ] as const) {
      it(`writes down what is said, as ${response_format ?? "what the client takes for usual"}`, async () => {
        const file = await fileOf(speech, "fox.wav", "audio/wav");
        isRight(await openai.audio.transcriptions.create({ model: "whisper-1", file, response_format }));
      });
    }

    it("writes down when each word is said", async () => {
      const file = await fileOf(speech, "fox.wav", "audio/wav");
      const byWord = { response_format: "verbose_json", timestamp_granularities: ["word"] };
      const answer = await openai.audio.transcriptions.create({
        model: models.transcript,
        file,
        language: "en",
        ...byWord,
      });
      const { words, language } = answer as VerboseTranscript;
      assert.strictEqual(language, "en");
      assert.match(words[0]?.word ?? "", /^\w+$/);
      assert.isAbove(words[0]?.end ?? 0, 0);
    });

    it("answers a conversation as a whole, with its usage and its request's id", async () => {
      const answer = await openai.chat.completions.create({ model: models.chat, messages, max_completion_tokens: 100 });
      assert.include(answer, { object: "chat.completion", model: models.chat });
      const [choice] = answer.choices;
      assert.strictEqual(choice?.finish_reason, "stop");
      assert.include(choice?.message.content, "Tell me of foxes.");
      assert.isAbove(answer.usage?.total_tokens ?? 0, 0);
      assert.strictEqual(answer.id, `chatcmpl-${answer._request_id ?? ""}`);
    });

    it("throws AuthenticationError for a wrong key", async () => {
      const error = await thrownAs(
        module,
        "AuthenticationError",
        clientWith("sk-wrong").images.generate({ prompt: "x" }),
      );
      assert.include(error, { status: 401, code: "SLUICE-401-CALLER-KEY" });
    });

    const mistakes: ReadonlyArray<readonly [string, () => PromiseLike<unknown>, status: 400 | 404, string | null]> = [
      ["an unknown model", () => openai.chat.completions.create({ model: "gpt-4o", messages }), 404, "model"],
      ["a model to look up that is none", () => openai.models.retrieve("acme/none"), 404, "model"],
      ["a route that is not here", () => openai.embeddings.create({ model: "m", input: "x" }), 404, null],
      ["a wrong field", () => openai.chat.completions.create({ messages, temperature: 9 }), 400, "temperature"],
      ["a misspelt field", () => openai.images.generate({ promt: "a fox" }), 400, "prompt"],
      ["tools", () => openai.chat.completions.create({ messages, tools: [{ type: "function" }] }), 400, "tools"],
      ["images in parts", () => openai.images.generate({ prompt: "a fox", stream: true }), 400, "stream"],
      [
        "another sound than WAV",
        () => openai.audio.speech.create({ input: "x", response_format: "mp3" }),
        400,
        "response_format",
      ],
    ];
    for (const [what, call, status, param] of mistakes) {
      const name = status === 400 ? "BadRequestError" : "NotFoundError";
      it(`throws ${name} for ${what}, which the gateway is not asked for`, async () => {
        const before = service.emulator.journal().length;
        assert.include(await thrownAs(module, name, call()), { status, param });
        assert.lengthOf(service.emulator.journal(), before);
      });
    }

    it("throws BadRequestError for two images to edit", async () => {
      const image = await Promise.all(["a.png", "b.png"].map((name) => fileOf(picture, name, "image/png")));
      const error = await thrownAs(module, "BadRequestError", openai.images.edit({ image, prompt: "x" }));
      assert.include(error, { status: 400, param: "image" });
    });
  });
}

interface VerboseTranscript {
  readonly language: string;
  readonly segments: ReadonlyArray<object>;
  readonly words: ReadonlyArray<{ readonly word: string; readonly end: number }>;
}
