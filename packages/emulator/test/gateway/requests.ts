/** A good request for each of the nine batch pipelines, which a test makes worse. */
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { assert } from "vitest";
import { ask, headerOf, type Heard, type Request, statusOf } from "../ask.ts";
import { png, wav } from "./files.ts";

export interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Makes it a file. */
  readonly filename?: string;
  readonly type?: string;
}

export const boundary = "----emulator-test";

export const multipart = (parts: ReadonlyArray<Part>): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ name, content, filename, type }) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`),
      Buffer.from(filename === undefined ? "" : `; filename="${filename}"`),
      Buffer.from(type === undefined ? "\r\n\r\n" : `\r\nContent-Type: ${type}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from("\r\n"),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);

export const formType = { "Content-Type": `multipart/form-data; boundary=${boundary}` };

/** A field that is `undefined` is left out. */
export type Fields = Readonly<Record<string, unknown>>;

const partsOf = (fields: Fields): ReadonlyArray<Part> =>
  Object.entries(fields).flatMap(([name, content]) =>
    content === undefined ? [] : [{ name, content: typeof content === "string" ? content : JSON.stringify(content) }],
  );

/** The file travels in `image` or `audio`; none at all where it is `null`. */
const form =
  (model_id: string, good: Fields, field: string, file: Uint8Array) =>
  (fields: Fields = {}, sent: Uint8Array | null = file) => ({
    headers: formType,
    body: multipart([
      ...partsOf({ model_id, ...good, ...fields }),
      ...(sent === null ? [] : [{ name: field, content: sent, filename: "a.bin", type: "application/octet-stream" }]),
    ]),
  });

const body =
  (good: Fields) =>
  (fields: Fields = {}, _file?: Uint8Array | null) => ({
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...good, ...fields }),
  });

const prompt = "a red fox";
const image = png(48, 32);

const requests = {
  "text-to-image": body({ model_id: "SG161222/RealVisXL_V4.0_Lightning", prompt, width: 64, height: 64 }),
  "image-to-image": form("timbrooks/instruct-pix2pix", { prompt }, "image", image),
  "image-to-video": form("stabilityai/stable-video-diffusion-img2vid-xt-1-1", {}, "image", image),
  upscale: form("stabilityai/stable-diffusion-x4-upscaler", { prompt }, "image", image),
  "audio-to-text": form("openai/whisper-large-v3", {}, "audio", wav(2)),
  "segment-anything-2": form("facebook/sam2-hiera-large", {}, "image", image),
  llm: body({
    model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    messages: [{ role: "user", content: "Hello there" }],
    stream: false,
    max_tokens: 256,
  }),
  "image-to-text": form("Salesforce/blip-image-captioning-large", {}, "image", image),
  "text-to-speech": body({ model_id: "parler-tts/parler-tts-large-v1", text: "Good morning." }),
};

export type BatchName = keyof typeof requests;

export const batchNames = Object.keys(requests) as ReadonlyArray<BatchName>;

export const modelField = (name: BatchName): string => (name === "llm" ? "model" : "model_id");

export const requestFor = (name: BatchName, fields?: Fields, file?: Uint8Array | null): Request => ({
  method: "POST",
  path: `/${name}`,
  ...requests[name](fields, file),
});

/** Asks an emulator of its own; `units` as its journal has them. */
export const askFor = async (
  name: BatchName,
  fields?: Fields,
  file?: Uint8Array | null,
  settings: EmulatorSettings = {},
) => {
  await using emulator = await startEmulator(settings);
  const heard = await ask(emulator.url, requestFor(name, fields, file));
  return { heard, said: heard.body.toString(), units: emulator.journal()[0]?.units };
};

/** The answer's JSON value, checked to be what Go writes. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- each test says what it expects.
export const answerOf = <A>(heard: Heard): A => {
  assert.strictEqual(statusOf(heard), 200);
  assert.strictEqual(headerOf(heard, "content-type"), "application/json");
  const text = heard.body.toString();
  const value = JSON.parse(text) as A;
  assert.strictEqual(text, `${JSON.stringify(value)}\n`);
  return value;
};

export const refusedWith = (heard: Heard, message: string): void => {
  assert.strictEqual(heard.head[0], "HTTP/1.1 400 Bad Request");
  assert.strictEqual(headerOf(heard, "content-type"), "application/json");
  assert.strictEqual(heard.body.toString(), `{"error":{"message":${JSON.stringify(message)}}}\n`);
};
