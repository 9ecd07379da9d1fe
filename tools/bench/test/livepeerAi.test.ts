/** `@livepeer/ai`, which knows nothing of our emulator, takes it for a gateway: the nine batch pipelines. */
import { type RunningEmulator, startEmulator } from "@sluice/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { importPeer } from "../src/peers.ts";

type Answer = Readonly<Record<string, unknown>>;
type Pipeline = (input: object) => Promise<Answer>;

type Generate = Readonly<Record<string, Pipeline>>;

interface LivepeerModule {
  readonly Livepeer: new (options: object) => { readonly generate: Generate };
}

let emulator: RunningEmulator;
let generate: Generate;
/** Bytes that the emulator made itself. */
let image: Blob;
let speech: Blob;

const call = async (pipeline: string, input: object): Promise<Answer> => {
  return await generate[pipeline]!(input);
};

const fetched = async (url: string): Promise<Blob> => (await fetch(new URL(url, emulator.url))).blob();

/** The first bytes of a file as text. */
const head = async (url: string): Promise<string> =>
  Buffer.from(await (await fetched(url)).slice(0, 12).arrayBuffer()).toString("latin1");

const urlsOf = (answer: Answer, field: string): ReadonlyArray<string> =>
  (answer[field] as { readonly images: ReadonlyArray<{ readonly url: string }> }).images.map(({ url }) => url);

const lightning = "SG161222/RealVisXL_V4.0_Lightning";

beforeAll(async () => {
  emulator = await startEmulator();
  const { Livepeer } = (await importPeer("@livepeer/ai")) as LivepeerModule;
  ({ generate } = new Livepeer({ serverURL: emulator.url, httpBearer: "none" }));
  const drawn = await call("textToImage", { modelId: lightning, prompt: "a red fox", width: 512, height: 512 });
  image = await fetched(urlsOf(drawn, "imageResponse")[0]!);
  const spoken = await call("textToSpeech", {
    modelId: "parler-tts/parler-tts-large-v1",
    text: "A fox runs over the snow.",
  });
  speech = await fetched((spoken["audioResponse"] as { readonly audio: { readonly url: string } }).audio.url);
});
afterAll(() => emulator.close());

const png = "\x89PNG\r\n";

it("text-to-image", async () => {
  const answer = await call("textToImage", { modelId: lightning, prompt: "a red fox", numImagesPerPrompt: 2 });
  const urls = urlsOf(answer, "imageResponse");
  expect(urls).toHaveLength(2);
  expect(await head(urls[0]!)).toContain(png);
});

it("image-to-image", async () => {
  const answer = await call("imageToImage", { modelId: "timbrooks/instruct-pix2pix", prompt: "make it blue", image });
  expect(await head(urlsOf(answer, "imageResponse")[0]!)).toContain(png);
});

it("image-to-video", async () => {
  const answer = await call("imageToVideo", { modelId: "stabilityai/stable-video-diffusion-img2vid-xt-1-1", image });
  expect(await head(urlsOf(answer, "videoResponse")[0]!)).toContain("ftyp");
});

it("upscale", async () => {
  const answer = await call("upscale", { modelId: "stabilityai/stable-diffusion-x4-upscaler", prompt: "sharp", image });
  expect(await head(urlsOf(answer, "imageResponse")[0]!)).toContain(png);
});

it("audio-to-text", async () => {
  const answer = await call("audioToText", { modelId: "openai/whisper-large-v3", audio: speech });
  expect(answer["textResponse"]).toMatchObject({
    text: expect.stringMatching(/\w/) as string,
    chunks: [{ timestamp: [0, expect.any(Number)], text: expect.any(String) as string }],
  });
});

it("segment-anything-2", async () => {
  const answer = await call("segmentAnything2", {
    modelId: "facebook/sam2-hiera-large",
    image,
    pointCoords: "[[120,100]]",
    pointLabels: "[1]",
  });
  expect(answer["masksResponse"]).toMatchObject({
    masks: expect.stringMatching(/^\[/) as string,
    scores: expect.stringMatching(/^\[/) as string,
    logits: expect.stringMatching(/^\[/) as string,
  });
});

it("llm", async () => {
  const messages = [{ role: "user", content: "Tell me of foxes." }];
  const answer = await call("llm", { model: "meta-llama/Meta-Llama-3.1-8B-Instruct", messages, stream: false });
  expect(answer["llmResponse"]).toMatchObject({
    choices: [{ message: { role: "assistant", content: expect.stringContaining("foxes") as string } }],
    usage: { totalTokens: expect.any(Number) as number },
  });
});

it("image-to-text", async () => {
  const answer = await call("imageToText", { modelId: "Salesforce/blip-image-captioning-large", image });
  expect(answer["imageToTextResponse"]).toEqual({ text: expect.stringMatching(/\w/) as string });
});

it("text-to-speech", async () => {
  expect(Buffer.from(await speech.slice(0, 4).arrayBuffer()).toString()).toBe("RIFF");
  const longer = await call("textToSpeech", { modelId: "parler-tts/parler-tts-large-v1", text: "A fox. ".repeat(40) });
  const { url } = (longer["audioResponse"] as { readonly audio: { readonly url: string } }).audio;
  expect((await fetched(url)).size).toBeGreaterThan(speech.size);
});

it("every call came through in one request, and was metered", () => {
  const calls = emulator.journal().filter(({ method }) => method === "POST");
  expect(calls).toHaveLength(11);
  expect(new Set(calls.map(({ path }) => path))).toHaveProperty("size", 9);
  for (const { path, status, units = 0 } of calls) {
    expect([path, status]).toEqual([path, 200]);
    expect(units, path).toBeGreaterThan(0);
  }
});
