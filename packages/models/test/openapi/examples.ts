/** Requests that the official document shows or implies, and those of Livepeer's docs and code, with what they answer. */
import { type PipelineName, pipelineNames } from "../../src/index.ts";
import { least, picture, speech } from "../pipelines/given.ts";
import { documented } from "./document.ts";

export interface Example {
  readonly pipeline: PipelineName;
  readonly called: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a caller fills in where the document has no default; a text to speak too, whose default "" a runner refuses. */
const filled = (name: PipelineName): Readonly<Record<string, unknown>> => least[name];

/** The document's default for each field that has one, or for the required ones alone. */
const defaults = (name: PipelineName, all: boolean): Readonly<Record<string, unknown>> => {
  const { properties = {}, required = [] } = documented(name).input;
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([field, schema]) => "default" in schema && (all || required.includes(field)))
      .map(([field, schema]) => [field, schema.default]),
  );
};

/** The JSON that the text of `loras` shows. */
const lorasOf = (name: PipelineName): string => {
  const { description } = documented(name).input.properties!["loras"]!;
  return /Example: (\{.*\})/s.exec(String(description))![1]!;
};

export const fromDocument: ReadonlyArray<Example> = [
  ...pipelineNames.flatMap((pipeline) => [
    { pipeline, called: "the required fields alone", input: { ...defaults(pipeline, false), ...filled(pipeline) } },
    { pipeline, called: "every field with its default", input: { ...defaults(pipeline, true), ...filled(pipeline) } },
  ]),
  ...(["text-to-image", "image-to-image"] as const).map((pipeline) => ({
    pipeline,
    called: "the LoRAs of its text",
    input: { ...filled(pipeline), loras: lorasOf(pipeline) },
  })),
  ...["sentence", "word", "true", "false"].map((return_timestamps) => ({
    pipeline: "audio-to-text" as const,
    called: `the timestamps ${return_timestamps} of its text`,
    input: { audio: speech, return_timestamps },
  })),
];

/** As they travel: JSON, or a form's text fields with the types of the document. */
export const fromSamples: ReadonlyArray<Example> = [
  {
    pipeline: "text-to-image",
    called: "go-livepeer's",
    input: {
      model_id: "SG161222/RealVisXL_V4.0_Lightning",
      prompt: "a red fox",
      width: 1024,
      height: 1024,
      num_inference_steps: 6,
      guidance_scale: 1.5,
      num_images_per_prompt: 1,
      safety_check: true,
    },
  },
  {
    pipeline: "upscale",
    called: "curl's",
    input: {
      prompt: "a red fox",
      image: picture,
      model_id: "stabilityai/stable-diffusion-x4-upscaler",
      num_inference_steps: 75,
    },
  },
  {
    pipeline: "audio-to-text",
    called: "curl's",
    input: { audio: speech, model_id: "openai/whisper-large-v3", return_timestamps: "true" },
  },
  {
    pipeline: "segment-anything-2",
    called: "curl's",
    input: { image: picture, model_id: "facebook/sam2-hiera-large", point_coords: "[[120,100]]", point_labels: "[1]" },
  },
  {
    pipeline: "llm",
    called: "a self-hosted gateway's",
    input: {
      model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
      messages: [
        { role: "system", content: "You are terse." },
        { role: "user", content: "Hello" },
        { role: "assistant", content: "Hi." },
        { role: "user", content: "Who are you?" },
      ],
      stream: true,
      max_tokens: 256,
    },
  },
];

/** Each as the gateway writes it. */
export const answers: ReadonlyArray<readonly [PipelineName, body: string]> = [
  ["text-to-image", '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n'],
  ["image-to-image", '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n'],
  ["image-to-video", '{"images":[{"nsfw":false,"seed":7,"url":"/stream/5c3a9f10/0b7de1f4.mp4"}]}\n'],
  ["upscale", '{"images":[{"nsfw":false,"seed":3378136414,"url":"/stream/1f0c2b3d/77aa01ce.png"}]}\n'],
  ["audio-to-text", '{"chunks":[{"text":" Hello there.","timestamp":[0,1.36]}],"text":" Hello there."}\n'],
  ["segment-anything-2", '{"logits":"[[[-3.1]]]","masks":"[[[0.0]]]","scores":"[0.97, 0.61, 0.32]"}\n'],
  [
    "llm",
    '{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"Hello","role":"assistant"}}],' +
      '"created":1766000000,"id":"chatcmpl-1","model":"meta-llama/Meta-Llama-3.1-8B-Instruct",' +
      '"usage":{"completion_tokens":1,"prompt_tokens":12,"total_tokens":13}}\n',
  ],
  [
    "llm",
    '{"choices":[{"delta":{"content":"Hel","role":"assistant"},"finish_reason":"","index":0}],' +
      '"created":1766000000,"id":"chatcmpl-1","model":"meta-llama/Meta-Llama-3.1-8B-Instruct",' +
      '"usage":{"completion_tokens":1,"prompt_tokens":12,"total_tokens":13}}\n',
  ],
  ["image-to-text", '{"text":"a fox in the snow"}\n'],
  ["text-to-speech", '{"audio":{"url":"/stream/5c3a9f10/9b1de2a4.wav"}}\n'],
  [
    "live-video-to-video",
    '{"control_url":"https://example.com/c","events_url":"https://example.com/e",' +
      '"publish_url":"https://example.com/p","subscribe_url":"https://example.com/s"}\n',
  ],
];
