/** What the warnings find: most of these requests end well for the gateway, and not as they were meant. */
import { assert } from "vitest";
import { imagesOf } from "../generate.ts";
import { type Asked, type Case, type Ending, type Gateway, own, repaired, studio } from "./Case.ts";
import * as ends from "./endings.ts";
import { image, messages, prompt, small, trained } from "./inputs.ts";

const lightning = "SG161222/RealVisXL_V4.0_Lightning";

/** Where the Lightning model is warm for image-to-image too. */
const warm: Gateway = { ...own, settings: { models: { [lightning]: { state: "warm" } } } };

/** Studio in front of the later go-livepeer. */
const masked: Gateway = { ...studio, settings: { ...studio.settings, ...repaired.settings } };

const cold: Gateway = {
  ...own,
  settings: { models: { "black-forest-labs/FLUX.1-schnell": { state: "cold", loadMs: 180_000, meanwhile: "hold" } } },
};

const oneImage = ({ heard }: Asked): void => {
  assert.lengthOf(imagesOf(heard), 1);
};

/** Of the speech in an answer. */
const plays = (seconds: number): Ending =>
  ends.resultThat(`${seconds} s of speech`, async ({ heard, fetch }) => {
    const { audio } = JSON.parse(heard.body.toString()) as { readonly audio: { readonly url: string } };
    assert.strictEqual(ends.wavSeconds(await fetch(audio.url)), seconds);
  });

const sentence = "The tide comes in at seven. ";
const saying = (characters: number): string => sentence.repeat(50).slice(0, characters);

export const modelCases: ReadonlyArray<Case> = [
  {
    rule: "model-known",
    path: "model_id",
    what: "a model in lower case",
    pipeline: "text-to-image",
    input: { prompt, ...trained, model_id: lightning.toLowerCase() },
    ends: ends.closed,
    mended: { model_id: lightning },
  },
  {
    rule: "model-known",
    path: "model",
    what: "the model's other spelling",
    pipeline: "llm",
    input: { messages, model: "meta-llama/llama-3.1-8B-instruct" },
    ends: ends.closed,
    mended: { model: "meta-llama/Meta-Llama-3.1-8B-Instruct" },
  },
  {
    rule: "model-known",
    path: "model_id",
    what: "a model of another pipeline",
    pipeline: "upscale",
    gateway: repaired,
    input: { prompt, image, model_id: "timbrooks/instruct-pix2pix" },
    ends: ends.unavailable,
    mended: { model_id: "stabilityai/stable-diffusion-x4-upscaler" },
  },
  {
    rule: "model-known",
    path: "model_id",
    what: "a model in lower case",
    pipeline: "text-to-image",
    gateway: studio,
    input: { prompt, ...trained, model_id: lightning.toLowerCase() },
    ends: ends.studioRefuses(500, "Internal server error: FetchError"),
    mended: { model_id: lightning },
  },
  {
    rule: "model-known",
    path: "model_id",
    what: "a model without its owner",
    pipeline: "image-to-video",
    gateway: masked,
    input: { image, ...small, model_id: "stable-video-diffusion-img2vid-xt-1-1" },
    ends: ends.studioRefuses(500, "Failed to generate image-to-video"),
    mended: { model_id: "stabilityai/stable-video-diffusion-img2vid-xt-1-1" },
  },
  {
    rule: "trained-size",
    path: "width",
    what: "a width that is none of the model's",
    pipeline: "text-to-image",
    input: { prompt, width: 520, height: 512 },
    ends: ends.resultThat("nothing tells that the image is poor"),
    mended: { width: 512 },
  },
  {
    rule: "trained-size",
    path: "height",
    what: "a height above the model's",
    pipeline: "text-to-image",
    input: { prompt, width: 512, height: 1088 },
    ends: ends.resultThat("nothing tells that the image is poor"),
    mended: { height: 1024 },
  },
  {
    rule: "lightning-steps",
    path: "num_inference_steps",
    what: "50 steps",
    pipeline: "text-to-image",
    input: { prompt, ...trained, num_inference_steps: 50 },
    ends: ends.resultThat("nothing tells that the image is poor"),
    mended: { num_inference_steps: 6 },
  },
  {
    rule: "lightning-steps",
    path: "guidance_scale",
    what: "a guidance of 7.5",
    pipeline: "image-to-image",
    gateway: warm,
    input: { prompt, image, model_id: lightning, guidance_scale: 7.5 },
    ends: ends.resultThat("nothing tells that the image is poor"),
    mended: { guidance_scale: undefined },
  },
  {
    rule: "prompt-split",
    path: "prompt",
    what: "a vertical bar",
    pipeline: "text-to-image",
    input: { prompt: "a red fox | a blue heron", ...trained },
    ends: ends.resultThat("one image, and nothing tells of which prompt", oneImage),
    mended: { prompt: "a red fox, a blue heron" },
  },
  {
    rule: "prompt-split",
    path: "prompt",
    what: "a vertical bar",
    pipeline: "image-to-image",
    gateway: studio,
    input: { prompt: "a red fox | a blue heron", image },
    ends: ends.resultThat("one image, and nothing tells of which prompt", oneImage),
    mended: { prompt: "a red fox, a blue heron" },
  },
  {
    rule: "speech-length",
    path: "text",
    what: "twice the text that can be spoken",
    pipeline: "text-to-speech",
    input: { text: saying(1200) },
    ends: plays(60),
    mended: { text: saying(600) },
    mendedEnds: plays(36),
  },
  {
    rule: "upscale-seed",
    path: "seed",
    what: "a seed of 0",
    pipeline: "upscale",
    input: { prompt, image, seed: 0 },
    ends: ends.resultThat("another seed", ({ heard }) => {
      assert.notStrictEqual(imagesOf(heard)[0]?.seed, 0);
    }),
    mended: { seed: 7 },
    mendedEnds: ends.resultThat("the seed that was asked", ({ heard }) => {
      assert.strictEqual(imagesOf(heard)[0]?.seed, 7);
    }),
  },
  {
    rule: "timeout",
    path: "timeoutMs",
    what: "a minute for a model that loads for three",
    pipeline: "text-to-image",
    gateway: cold,
    timeoutMs: 60_000,
    input: { prompt, ...trained, model_id: "black-forest-labs/FLUX.1-schnell" },
    ends: ends.heldFor(60_000),
    mended: {},
    mendedCall: { timeoutMs: 300_000 },
  },
];
