/**
 * Every deliberate difference between the official document and our schemas, with its reason. The test fails on a
 * difference that is not here, and on one here that is none.
 */
import { defaultModel, type PipelineName, pipelineNames } from "../../src/index.ts";

export interface Deliberate {
  readonly of: ReadonlyArray<PipelineName>;
  readonly side: "input" | "output";
  /** "" is the whole body. */
  readonly fields: ReadonlyArray<string>;
  /** By keyword, what the document says and what we do; `undefined` is nothing. */
  readonly keywords: Readonly<Record<string, readonly [theirs: unknown, ours: unknown]>>;
  readonly why: string;
}

const nothing = undefined;
const from = (least: number) => ({ minimum: [nothing, least] }) as const;
const between = (least: number, most: number) => ({ ...from(least), maximum: [nothing, most] }) as const;

const named = pipelineNames.filter((name) => name !== "llm");
const diffusion = ["text-to-image", "image-to-image", "image-to-video", "upscale"] as const;
const drawing = ["text-to-image", "image-to-image"] as const;
const sized = ["text-to-image", "image-to-video"] as const;
const live = ["live-video-to-video"] as const;

const inputs: ReadonlyArray<Omit<Deliberate, "side">> = [
  {
    of: pipelineNames,
    fields: [""],
    keywords: { additionalProperties: [nothing, false] },
    why: "A misspelt field is ignored by go-livepeer, which bills the default, and refused by Studio.",
  },
  {
    of: named,
    fields: ["model_id"],
    keywords: { required: [true, false] },
    why: "The document requires it and defaults it at once; a caller may leave it out, and it is always sent.",
  },
  ...pipelineNames.map((name) => ({
    of: [name],
    fields: [name === "llm" ? "model" : "model_id"],
    keywords: { default: ["", defaultModel(name)], pattern: [nothing, String.raw`^\S*$`] } as const,
    why: 'No gateway has a model named "" or one with a space; a self-hosted one closes the socket on it.',
  })),
  {
    of: ["text-to-image"],
    fields: ["height"],
    keywords: { default: [576, 1024] },
    why: "The document's 1024×576, go-livepeer's 512×512 and the docs' 1024×1024: the last is what SDXL was trained on.",
  },
  {
    of: sized,
    fields: ["width", "height"],
    keywords: { ...between(64, 4096), multipleOf: [nothing, 8] },
    why: "The document has no bounds; the runner answers 400 to what is not divisible by 8.",
  },
  {
    of: ["text-to-image"],
    fields: ["num_inference_steps"],
    keywords: { default: [50, nothing] },
    why: "50 steps are wrong for a Lightning model, which gets 6; any other model's own default is the gateway's to know.",
  },
  {
    of: ["image-to-image"],
    fields: ["num_inference_steps"],
    keywords: { default: [100, nothing] },
    why: "100 steps are wrong for a Lightning model, which gets 6; any other model's own default is the gateway's to know.",
  },
  {
    of: drawing,
    fields: ["guidance_scale"],
    keywords: { default: [7.5, nothing] },
    why: "7.5 is wrong for a Lightning model, which gets 1.5; turbo models take none.",
  },
  {
    of: ["image-to-image"],
    fields: ["image_guidance_scale"],
    keywords: { default: [1.5, nothing], ...between(0, 100) },
    why: "Only models that follow instructions know it; the gateway fills it in for them.",
  },
  {
    of: drawing,
    fields: ["guidance_scale"],
    keywords: between(0, 100),
    why: "The document has no bounds; nothing beyond these was ever meant.",
  },
  {
    of: drawing,
    fields: ["loras", "negative_prompt"],
    keywords: { default: ["", nothing] },
    why: "An empty text says as much as none, and is not worth sending.",
  },
  {
    of: ["image-to-image"],
    fields: ["strength"],
    keywords: between(0, 1),
    why: "Its bounds are only in the document's words.",
  },
  {
    of: diffusion,
    fields: ["seed"],
    keywords: between(0, 0xffff_ffff),
    why: "The runner draws seeds of 32 bits.",
  },
  {
    of: diffusion,
    fields: ["num_inference_steps"],
    keywords: between(1, 200),
    why: "The runner drops what is below 1; beyond 200 nothing is gained.",
  },
  {
    of: drawing,
    fields: ["num_images_per_prompt"],
    keywords: between(1, 12),
    why: "A gateway keeps the last 12 files of a request: of more, the first are paid for and gone.",
  },
  {
    of: ["image-to-video"],
    fields: ["fps"],
    keywords: between(1, 60),
    why: "The document has no bounds; no player shows more.",
  },
  {
    of: ["image-to-video"],
    fields: ["motion_bucket_id"],
    keywords: between(0, 255),
    why: "The model was trained on 256 buckets.",
  },
  {
    of: ["image-to-video"],
    fields: ["noise_aug_strength"],
    keywords: between(0, 10),
    why: "Noise cannot be less than none; beyond 10 nothing is left of the image.",
  },
  {
    of: ["audio-to-text"],
    fields: ["return_timestamps"],
    keywords: {
      default: ["true", "sentence"],
      enum: [nothing, ["0", "1", "sentence", "word", "true", "false"]],
    },
    why: 'The runner takes these six alone; "true" and "sentence" mean the same, but Studio makes a boolean of "true".',
  },
  {
    of: ["llm"],
    fields: ["messages"],
    keywords: { minItems: [nothing, 1] },
    why: "A self-hosted gateway answers 400 to a conversation without a message.",
  },
  {
    of: ["llm"],
    fields: ["messages[]"],
    keywords: { additionalProperties: [nothing, false] },
    why: "The gateways take no names, no tools and no parts; they would drop them without a word.",
  },
  {
    of: ["llm"],
    fields: ["messages[].role"],
    keywords: { enum: [nothing, ["system", "user", "assistant"]] },
    why: "The runner knows no other role.",
  },
  {
    of: ["llm"],
    fields: ["temperature"],
    keywords: between(0, 2),
    why: "The runner's bounds, which are undocumented.",
  },
  { of: ["llm"], fields: ["top_p"], keywords: between(0, 1), why: "The runner's bounds, which are undocumented." },
  {
    of: ["llm"],
    fields: ["top_k"],
    keywords: between(-1, 1_000_000),
    why: "-1 is all of them, and no vocabulary has a million words.",
  },
  {
    of: ["llm"],
    fields: ["max_tokens"],
    keywords: between(1, 131_072),
    why: "It is what is billed: it must be something, and no model's window is longer.",
  },
  {
    of: ["text-to-speech"],
    fields: ["text"],
    keywords: { required: [false, true], default: ["", nothing] },
    why: "The runner answers 400 to an empty text.",
  },
  {
    of: live,
    fields: ["subscribe_url", "publish_url"],
    keywords: { format: [nothing, "uri"] },
    why: "They are addresses by their description.",
  },
  {
    of: live,
    fields: ["control_url", "events_url"],
    keywords: {
      type: ["string", nothing],
      anyOf: [
        nothing,
        [
          { type: "string", const: "" },
          { type: "string", format: "uri" },
        ],
      ],
    },
    why: "They are addresses by their description, or empty by their default.",
  },
  {
    of: live,
    fields: ["params"],
    keywords: {
      propertyNames: [nothing, { type: "string" }],
      additionalProperties: [nothing, {}],
    },
    why: "Any JSON, said outright; a hundred levels of it at most, because what is deeper breaks parsers.",
  },
];

const safe = between(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

const outputs: ReadonlyArray<Omit<Deliberate, "side">> = [
  {
    of: diffusion,
    fields: ["images[].seed", "images[].nsfw"],
    keywords: { required: [true, false] },
    why: "An image is worth having without them.",
  },
  { of: diffusion, fields: ["images[].url"], keywords: { minLength: [nothing, 1] }, why: "An image is nowhere else." },
  {
    of: ["text-to-speech"],
    fields: ["audio.url"],
    keywords: { minLength: [nothing, 1] },
    why: "Speech is nowhere else.",
  },
  {
    of: live,
    fields: ["subscribe_url", "publish_url"],
    keywords: { minLength: [nothing, 1] },
    why: "The stream is nowhere else.",
  },
  { of: diffusion, fields: ["images[].seed"], keywords: safe, why: "A number beyond is not the one that was written." },
  {
    of: ["llm"],
    fields: ["choices[].index", "created", "usage.completion_tokens", "usage.prompt_tokens", "usage.total_tokens"],
    keywords: safe,
    why: "A number beyond is not the one that was written.",
  },
  {
    of: ["llm"],
    fields: ["choices[].finish_reason"],
    keywords: { type: ["string", ["string", "null"]] },
    why: "Servers in OpenAI's manner, which runners wrap, write null until the end.",
  },
  {
    of: ["audio-to-text"],
    fields: ["chunks"],
    keywords: { required: [true, false], default: [nothing, []] },
    why: "The text is worth having without its times.",
  },
  {
    of: ["audio-to-text"],
    fields: ["chunks[].timestamp[]"],
    keywords: { type: [nothing, ["number", "null"]] },
    why: "The document says nothing of what is in the list: seconds, and null where Whisper heard no end.",
  },
];

export const deliberate: ReadonlyArray<Deliberate> = [
  ...inputs.map((row) => ({ ...row, side: "input" }) as const),
  ...outputs.map((row) => ({ ...row, side: "output" }) as const),
];

const json = (value: unknown): string => (value === undefined ? "-" : JSON.stringify(value));

/** A row's differences for one pipeline and side, in the words of `differences`. */
export const listed = (name: PipelineName, side: Deliberate["side"]): ReadonlyArray<string> =>
  deliberate
    .filter((row) => row.side === side && row.of.includes(name))
    .flatMap(({ fields, keywords }) =>
      fields.flatMap((field) =>
        Object.entries(keywords).map(([keyword, [theirs, ours]]) =>
          `${field} ${keyword}: ${json(theirs)} -> ${json(ours)}`.trimStart(),
        ),
      ),
    );
