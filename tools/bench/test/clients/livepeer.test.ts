/** Livepeer's own client, which was told the service's address and a key: the ten pipelines, as it knows them of a gateway. */
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { pipelineNames } from "@sluice/models";
import { importPeer, peerVersion } from "../../src/peers.ts";
import { drawPng, kindAt, speakWav } from "./media.ts";
import { models, serve, type Served } from "./serve.ts";

type Answer = Readonly<Record<string, unknown>>;
type Generate = Readonly<Record<string, (input: object) => Promise<Answer>>>;

interface LivepeerModule {
  readonly Livepeer: new (options: object) => { readonly generate: Generate };
}

interface SdkError extends Error {
  readonly statusCode: number;
  readonly body: string;
}

/** The errors' classes are no part of what the package exports. */
const thrownBy = async (call: PromiseLike<unknown>): Promise<SdkError> => {
  const error: unknown = await call.then(
    () => assert.fail("it was answered"),
    (thrown: unknown) => thrown,
  );
  assert.include(error, { name: "SDKError" });
  return error as SdkError;
};

const problemIn = ({ body }: SdkError) => JSON.parse(body) as { readonly code: string; readonly fix: string };

const stream = { subscribeUrl: "https://video.example/in", publishUrl: "https://video.example/out", modelId: "noop" };

let Livepeer: LivepeerModule["Livepeer"];
let service: Served;
let image: Blob;
let audio: Blob;

const generateWith = (httpBearer: string): Generate => new Livepeer({ serverURL: service.url, httpBearer }).generate;

const call = (pipeline: string, input: object): Promise<Answer> => {
  const generate = generateWith(service.key);
  return generate[pipeline]!(input);
};

const urlsIn = (answer: Answer, field: string): ReadonlyArray<string> =>
  (answer[field] as { readonly images: ReadonlyArray<{ readonly url: string }> }).images.map(({ url }) => url);

describe(`@livepeer/ai ${peerVersion("@livepeer/ai")}`, () => {
  beforeAll(async () => {
    // No gateway offers live video by itself, but an orchestrator does.
    service = await serve({ emulator: { liveVideo: true }, profile: { pipelines: pipelineNames } });
    ({ Livepeer } = (await importPeer("@livepeer/ai")) as LivepeerModule);
    [image, audio] = await Promise.all([drawPng(service.emulator), speakWav(service.emulator)]);
  });
  afterAll(() => service.close());

  it("text-to-image", async () => {
    const answer = await call("textToImage", { modelId: models.image, prompt: "a red fox", numImagesPerPrompt: 2 });
    const kinds = await Promise.all(urlsIn(answer, "imageResponse").map(kindAt));
    assert.deepStrictEqual(kinds, ["png", "png"]);
  });

  for (const [pipeline, input, field, kind] of [
    ["imageToImage", { prompt: "make it blue" }, "imageResponse", "png"],
    ["upscale", { prompt: "sharp" }, "imageResponse", "png"],
    ["imageToVideo", {}, "videoResponse", "mp4"],
  ] as const) {
    it(pipeline, async () => {
      const [url = ""] = urlsIn(await call(pipeline, { ...input, image }), field);
      assert.strictEqual(await kindAt(url), kind);
    });
  }

  it("audio-to-text, from a Blob and from bytes", async () => {
    const bytes = { fileName: "fox.wav", content: new Uint8Array(await audio.arrayBuffer()) };
    for (const given of [audio, bytes]) {
      const { textResponse } = await call("audioToText", { modelId: models.transcript, audio: given });
      const { text, chunks } = textResponse as { readonly text: string; readonly chunks: ReadonlyArray<object> };
      assert.match(text, /\w/);
      assert.isNotEmpty(chunks);
    }
  });

  it("segment-anything-2", async () => {
    const { masksResponse } = await call("segmentAnything2", { image, pointCoords: "[[120,100]]", pointLabels: "[1]" });
    for (const field of ["masks", "scores", "logits"]) {
      const text = (masksResponse as Readonly<Record<string, string>>)[field] ?? "";
      assert.isArray(JSON.parse(text), field);
    }
  });

  it("llm", async () => {
    const { llmResponse } = await call("llm", { messages: [{ role: "user", content: "Tell me of foxes." }] });
    const { choices, usage } = llmResponse as {
      readonly choices: ReadonlyArray<{ readonly message: { readonly content: string } }>;
      readonly usage: { readonly totalTokens: number };
    };
    assert.include(choices[0]?.message.content, "foxes");
    assert.isAbove(usage.totalTokens, 0);
  });

  it("llm as a stream, which it cannot read: what it throws has the events, each with the model's name", async () => {
    const messages = [{ role: "user", content: "Tell me of foxes." }];
    const { statusCode, body } = await thrownBy(call("llm", { messages, stream: true }));
    assert.strictEqual(statusCode, 200);
    const events = body.split("\n\n").filter((event) => event !== "");
    assert.isAbove(events.length, 5);
    for (const event of events) {
      const { model } = JSON.parse(event.replace(/^data: /, "")) as { readonly model: string };
      assert.strictEqual(model, models.chat);
    }
  });

  it("image-to-text", async () => {
    const { imageToTextResponse } = await call("imageToText", { image });
    assert.match((imageToTextResponse as { readonly text: string }).text, /\w/);
  });

  it("text-to-speech", async () => {
    const { audioResponse } = await call("textToSpeech", { text: "A fox runs over the snow." });
    assert.strictEqual(await kindAt((audioResponse as { readonly audio: { readonly url: string } }).audio.url), "wav");
  });

  it("live-video-to-video, where the gateway's file lists it among its pipelines", async () => {
    const { liveVideoToVideoResponse: channels } = await call("liveVideoToVideo", stream);
    const { publishUrl, subscribeUrl } = channels as { readonly publishUrl: string; readonly subscribeUrl: string };
    for (const url of [publishUrl, subscribeUrl]) assert.isTrue(url.startsWith(`${service.emulator.url}/`), url);
  });

  it("throws SDKError with the whole problem: for a wrong field, and for a wrong key", async () => {
    const wrong = await thrownBy(call("textToImage", { prompt: "a red fox", width: 1_001 }));
    assert.strictEqual(wrong.statusCode, 422);
    assert.include(problemIn(wrong), { code: "SLUICE-422-INVALID-REQUEST" });
    assert.include(wrong.message, "Give a multiple of 8, such as 1000 or 1008.");
    const stranger = await thrownBy(generateWith("sk-wrong")["textToImage"]!({ prompt: "x" }));
    assert.strictEqual(stranger.statusCode, 401);
    assert.include(problemIn(stranger), { code: "SLUICE-401-CALLER-KEY" });
  });

  it("has asked for each of the ten pipelines", async () => {
    const paths = (await service.asked()).filter(({ status }) => status === 200).map(({ path }) => path.slice(1));
    assert.sameMembers([...new Set(paths)], [...pipelineNames]);
  });
});
