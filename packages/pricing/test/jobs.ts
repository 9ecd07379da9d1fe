/** Jobs of every pipeline, for tables and properties. */
import type { PriceCard } from "@sluice/models";
import fc from "fast-check";
import type { Job, Units } from "../src/index.ts";

export const image = (width: number, height: number): Job["facts"] => ({ kind: "image", bytes: 1000, width, height });
export const audio = (seconds: number): Job["facts"] => ({ kind: "audio", bytes: 1000, seconds });

const side = fc.integer({ min: 1, max: 4096 });
const images = fc.integer({ min: 1, max: 12 });
const facts = fc.tuple(side, side).map(([width, height]) => image(width, height));
const seconds = fc.double({ min: 1, max: 100_000, noNaN: true });

export const textToImage: fc.Arbitrary<Job> = fc.record({
  pipeline: fc.constant("text-to-image"),
  request: fc.record({ width: side, height: side, num_images_per_prompt: images }),
});
export const imageToImage: fc.Arbitrary<Job> = fc.record({
  pipeline: fc.constant("image-to-image"),
  request: fc.record({ num_images_per_prompt: images }),
  facts,
});
const imageToVideo: fc.Arbitrary<Job> = fc.record({
  pipeline: fc.constant("image-to-video"),
  request: fc.record({ width: side, height: side }),
});
const ofInput: fc.Arbitrary<Job> = fc.record({
  pipeline: fc.constantFrom("upscale", "segment-anything-2", "image-to-text"),
  request: fc.constant({}),
  facts,
});
const audioToText: fc.Arbitrary<Job> = fc.record({
  pipeline: fc.constant("audio-to-text"),
  request: fc.constant({}),
  facts: seconds.map(audio),
});
const llm: fc.Arbitrary<Job> = fc.record({
  pipeline: fc.constant("llm"),
  request: fc.record({ max_tokens: fc.integer({ min: 1, max: 100_000 }) }),
});
const textToSpeech: fc.Arbitrary<Job> = fc.record({
  pipeline: fc.constant("text-to-speech"),
  request: fc.record({ text: fc.string({ minLength: 1, unit: "binary" }) }),
});
export const live: fc.Arbitrary<Job> = fc.record({
  pipeline: fc.constant("live-video-to-video"),
  request: fc.constant({}),
  seconds: fc.double({ min: 0, max: 100_000, noNaN: true }),
});

/** Those that the indicative card has a rate for. */
export const priced = fc.oneof(...[textToImage, imageToImage, imageToVideo, ofInput, audioToText, llm, textToSpeech]);
export const anyJob = fc.oneof(priced, live);

/** A card with one rate for each pipeline: so many dollars for so many units. */
export const cardAt = (price: string, per = 1, more: Partial<PriceCard> = {}): PriceCard => ({
  currency: "USD",
  source: "a test",
  asOf: "2026-11-23",
  rates: (
    [
      ["text-to-image", "pixel"],
      ["image-to-image", "pixel"],
      ["image-to-video", "pixel"],
      ["upscale", "pixel"],
      ["segment-anything-2", "pixel"],
      ["image-to-text", "pixel"],
      ["audio-to-text", "millisecond"],
      ["llm", "token"],
      ["text-to-speech", "character"],
      ["live-video-to-video", "pixel"],
    ] as const
  ).map(([pipeline, unit]) => ({ pipeline, unit, price, per })),
  ...more,
});

export const known = (units: Units): bigint => {
  if (units === "unknown") throw new Error("The units are unknown.");
  return units;
};
