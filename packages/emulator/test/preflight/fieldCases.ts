/** What the schemas find in the fields: one that is absent, one that nobody knows, one of another type. */
import { assert } from "vitest";
import { type Case, casesOf, studio } from "./Case.ts";
import * as ends from "./endings.ts";
import { image, messages, prompt, small, trained } from "./inputs.ts";

const required: ReadonlyArray<Omit<Case, "rule">> = [
  {
    path: "prompt",
    what: "no prompt",
    pipeline: "text-to-image",
    input: trained,
    ends: ends.goRefuses(": Prompt must be provided."),
    mended: { prompt },
  },
  {
    path: "prompt",
    what: "no prompt",
    pipeline: "text-to-image",
    gateway: studio,
    input: trained,
    ends: ends.missing("prompt"),
    mended: { prompt },
  },
  {
    path: "text",
    what: "no text",
    pipeline: "text-to-speech",
    input: {},
    ends: ends.goRefuses("text field is required"),
    mended: { text: "Good morning." },
  },
  {
    path: "messages",
    what: "no messages",
    pipeline: "llm",
    input: {},
    ends: ends.goRefuses("missing required fields"),
    mended: { messages },
  },
  {
    path: "image",
    what: "no image",
    pipeline: "image-to-image",
    input: { prompt },
    ends: ends.closed,
    mended: { image },
  },
  {
    path: "image",
    what: "no image",
    pipeline: "segment-anything-2",
    input: {},
    ends: ends.nullAnswer,
    mended: { image },
  },
  {
    path: "image",
    what: "no image",
    pipeline: "upscale",
    gateway: studio,
    input: { prompt },
    ends: ends.missing("image"),
    mended: { image },
  },
];

const unknown: ReadonlyArray<Omit<Case, "rule">> = [
  {
    path: "widht",
    what: "a misspelt width",
    pipeline: "text-to-image",
    input: { prompt, widht: 1024, height: 512 },
    ends: ends.resultThat("as wide as the gateway likes, and billed so", ({ entry }) => {
      assert.strictEqual(entry?.units, 512 * 512);
    }),
    mended: { widht: undefined, width: 1024 },
    mendedEnds: ends.resultThat("as wide as was asked", ({ entry }) => {
      assert.strictEqual(entry?.units, 1024 * 512);
    }),
  },
  {
    path: "widht",
    what: "a misspelt width",
    pipeline: "text-to-image",
    gateway: studio,
    input: { prompt, widht: 1024, height: 512 },
    ends: ends.additional("widht"),
    mended: { widht: undefined, width: 1024 },
  },
  {
    path: "language",
    what: "a field that other APIs have",
    pipeline: "image-to-text",
    input: { image, language: "en" },
    ends: ends.resultThat("in whatever language"),
    mended: { language: undefined },
  },
];

const type: ReadonlyArray<Omit<Case, "rule">> = [
  {
    path: "width",
    what: "a number in quotes",
    pipeline: "text-to-image",
    input: { ...trained, prompt, width: "512" },
    ends: ends.goRefuses("json: cannot unmarshal string into Go struct field TextToImageParams.width of type int"),
    mended: { width: 512 },
  },
  {
    path: "width",
    what: "a number in quotes",
    pipeline: "text-to-image",
    gateway: studio,
    input: { ...trained, prompt, width: "512" },
    ends: ends.wrongType("width", "integer"),
    mended: { width: 512 },
  },
  {
    path: "num_inference_steps",
    what: "half a step",
    pipeline: "text-to-image",
    input: { ...trained, prompt, num_inference_steps: 6.5 },
    ends: ends.goRefuses(
      "json: cannot unmarshal number 6.5 into Go struct field TextToImageParams.num_inference_steps of type int",
    ),
    mended: { num_inference_steps: 6 },
  },
  {
    path: "seed",
    what: "a word for a number",
    pipeline: "upscale",
    input: { prompt, image, seed: "any" },
    ends: ends.goRefuses('error binding string parameter: strconv.ParseInt: parsing "any": invalid syntax'),
    mended: { seed: 7 },
  },
  {
    path: "safety_check",
    what: "a word for a boolean",
    pipeline: "image-to-video",
    gateway: studio,
    input: { image, ...small, safety_check: "yes" },
    ends: ends.wrongType("safety_check", "boolean"),
    mended: { safety_check: true },
  },
  {
    path: "messages.0.content",
    what: "a list of parts, as others take it",
    pipeline: "llm",
    input: { messages: [{ role: "user", content: [{ type: "text", text: "Hello there" }] }] },
    ends: ends.goRefuses(
      "json: cannot unmarshal array into Go struct field LLMMessage.messages.content of type string",
    ),
    mended: { messages },
  },
];

export const fieldCases: ReadonlyArray<Case> = [
  ...casesOf("field-required", required),
  ...casesOf("field-unknown", unknown),
  ...casesOf("field-type", type),
];
