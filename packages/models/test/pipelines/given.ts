/** What the tests of all pipelines start from: a gateway that offers every one, and the least that each can be asked. */
import { emulator, type GatewayProfile, type InputOf, type PipelineName } from "../../src/index.ts";
import { wav } from "../media/audio.ts";
import { png } from "../media/images.ts";

export const anywhere: GatewayProfile = {
  ...emulator,
  name: "anywhere",
  pipelines: [...emulator.pipelines, "live-video-to-video"],
};

export const picture = png(512, 512);
export const speech = wav(1);

/** The required fields alone. */
export const least: { readonly [Name in PipelineName]: Readonly<InputOf<Name>> } = {
  "text-to-image": { prompt: "a red fox" },
  "image-to-image": { prompt: "a red fox", image: picture },
  "image-to-video": { image: picture },
  upscale: { prompt: "a red fox", image: picture },
  "audio-to-text": { audio: speech },
  "segment-anything-2": { image: picture },
  llm: { messages: [{ role: "user", content: "Hello" }] },
  "image-to-text": { image: picture },
  "text-to-speech": { text: "Hello there." },
  "live-video-to-video": { subscribe_url: "https://example.com/in", publish_url: "https://example.com/out" },
};

/** As a stranger's JSON would be given: without its type. */
export const untyped = (input: unknown) => input as never;
