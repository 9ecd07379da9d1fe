/** What the schemas find in the values of fields, whose types are right. */
import { assert } from "vitest";
import { imagesOf } from "../generate.ts";
import { type Case, casesOf, repaired, studio } from "./Case.ts";
import * as ends from "./endings.ts";
import { image, messages, prompt, trained } from "./inputs.ts";

const range: ReadonlyArray<Omit<Case, "rule">> = [
  {
    path: "num_images_per_prompt",
    what: "13 images",
    pipeline: "text-to-image",
    input: { ...trained, prompt, num_images_per_prompt: 13 },
    ends: ends.picturesOf(13, 404),
    mended: { num_images_per_prompt: 12 },
    mendedEnds: ends.picturesOf(12, 200),
  },
  {
    path: "num_images_per_prompt",
    what: "13 images",
    pipeline: "image-to-image",
    gateway: studio,
    input: { prompt, image, num_images_per_prompt: 13 },
    ends: ends.picturesOf(13, 404),
    mended: { num_images_per_prompt: 12 },
    mendedEnds: ends.picturesOf(12, 200),
  },
  {
    path: "num_images_per_prompt",
    what: "no image at all",
    pipeline: "text-to-image",
    input: { ...trained, prompt, num_images_per_prompt: 0 },
    ends: ends.resultThat("one image, and billed", ({ heard, entry }) => {
      assert.lengthOf(imagesOf(heard), 1);
      assert.strictEqual(entry?.units, 512 * 512);
    }),
    mended: { num_images_per_prompt: 1 },
  },
  {
    path: "temperature",
    what: "a temperature of 3",
    pipeline: "llm",
    input: { messages, temperature: 3 },
    ends: ends.closed,
    mended: { temperature: 2 },
  },
  {
    path: "max_tokens",
    what: "an answer without a word",
    pipeline: "llm",
    gateway: repaired,
    input: { messages, max_tokens: 0 },
    ends: ends.unavailable,
    mended: { max_tokens: 1 },
  },
  {
    path: "messages",
    what: "a conversation without a message",
    pipeline: "llm",
    input: { messages: [] },
    ends: ends.goRefuses("missing required fields"),
    mended: { messages },
  },
];

const byEight = (width: number, height: number): string =>
  `: \`height\` and \`width\` have to be divisible by 8 but are ${height} and ${width}.`;

const step: ReadonlyArray<Omit<Case, "rule">> = [
  {
    path: "width",
    what: "1001 pixels",
    pipeline: "image-to-video",
    input: { image, width: 1001, height: 64 },
    ends: ends.goRefuses(byEight(1001, 64)),
    mended: { width: 1000 },
  },
  {
    path: "width",
    what: "1001 pixels",
    pipeline: "image-to-video",
    gateway: studio,
    input: { image, width: 1001, height: 64 },
    ends: ends.passedOn(byEight(1001, 64)),
    mended: { width: 1000 },
  },
  {
    path: "width",
    what: "1020 pixels",
    pipeline: "text-to-image",
    input: { prompt, width: 1020, height: 512 },
    ends: ends.goRefuses(byEight(1020, 512)),
    mended: { width: 1024 },
  },
];

const value: ReadonlyArray<Omit<Case, "rule">> = [
  {
    path: "messages.0.role",
    what: "a role that others have",
    pipeline: "llm",
    input: { messages: [{ role: "developer", content: "Be brief." }, ...messages] },
    ends: ends.closed,
    mended: { messages: [{ role: "system", content: "Be brief." }, ...messages] },
  },
  {
    path: "messages.0.role",
    what: "a role that others have",
    pipeline: "llm",
    gateway: repaired,
    input: { messages: [{ role: "tool", content: "42" }] },
    ends: ends.unavailable,
    mended: { messages: [{ role: "user", content: "42" }] },
  },
];

const form: ReadonlyArray<Omit<Case, "rule">> = [
  {
    path: "prompt",
    what: "an empty prompt",
    pipeline: "text-to-image",
    input: { ...trained, prompt: "" },
    ends: ends.goRefuses(": Prompt must be provided."),
    mended: { prompt },
  },
  {
    path: "prompt",
    what: "an empty prompt",
    pipeline: "text-to-image",
    gateway: studio,
    input: { ...trained, prompt: "" },
    ends: ends.passedOn(": Prompt must be provided."),
    mended: { prompt },
  },
  {
    path: "text",
    what: "an empty text",
    pipeline: "text-to-speech",
    input: { text: "" },
    ends: ends.goRefuses(": Text input must be provided."),
    mended: { text: "Good morning." },
  },
  {
    path: "loras",
    what: "LoRAs in JSON that breaks off",
    pipeline: "text-to-image",
    input: { ...trained, prompt, loras: '{"a/b": 0.8' },
    ends: ends.goRefuses(`: Unable to parse '{"a/b": 0.8' as JSON..`),
    mended: { loras: '{"a/b": 0.8}' },
  },
  {
    path: "loras",
    what: "LoRAs in a list",
    pipeline: "image-to-image",
    input: { prompt, image, loras: '[{"a/b": 0.8}]' },
    ends: ends.closed,
    mended: { loras: '{"a/b": "0.8"}' },
  },
  {
    path: "loras",
    what: "LoRAs that are nested 2,000 deep",
    pipeline: "text-to-image",
    input: { ...trained, prompt, loras: `${'{"a/b":'.repeat(2_000)}0.8${"}".repeat(2_000)}` },
    ends: ends.closed,
    mended: { loras: '{"a/b": 0.8}' },
  },
  {
    path: "point_coords",
    what: "points in JSON that breaks off",
    pipeline: "segment-anything-2",
    input: { image, point_coords: "[[12, 10]", point_labels: "[1]" },
    ends: ends.goRefuses(": Error parsing JSON for point_coords: Expecting ',' delimiter: line 1 column 10 (char 9)"),
    mended: { point_coords: "[[12, 10]]" },
  },
  {
    path: "point_labels",
    what: "a point without its label",
    pipeline: "segment-anything-2",
    input: { image, point_coords: "[[12, 10]]" },
    ends: ends.goRefuses(": Error during model execution: point_labels must be supplied if point_coords is supplied.."),
    mended: { point_labels: "[1]" },
  },
  {
    path: "model_id",
    what: "a space behind the model",
    pipeline: "upscale",
    input: { prompt, image, model_id: "stabilityai/stable-diffusion-x4-upscaler " },
    ends: ends.closed,
    mended: { model_id: "stabilityai/stable-diffusion-x4-upscaler" },
  },
];

export const valueCases: ReadonlyArray<Case> = [
  ...casesOf("field-range", range),
  ...casesOf("field-step", step),
  ...casesOf("field-value", value),
  ...casesOf("field-form", form),
];
