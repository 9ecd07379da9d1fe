/**
 * What each of Studio's pipelines takes: the request schemas of its OpenAPI document (`ai-api-schema.yaml`, 2024-11-08),
 * in the order in which they are checked. No other field is allowed, and `model_id` may be absent.
 *
 * They are older than today's gateways: `llm` is the form that go-livepeer took before 0.8.
 */

export type FieldType = "string" | "integer" | "number" | "boolean";

export interface StudioSchema {
  readonly required: ReadonlyArray<string>;
  readonly properties: Readonly<Record<string, FieldType>>;
}

export interface StudioPipeline extends StudioSchema {
  readonly sentAs: "json" | "form";
  /** Of a request that has no `model_id`. */
  readonly defaultModel: string;
}

/** By the last part of the path. Studio has no image-to-text, text-to-speech or live-video-to-video. */
export const studioPipelines = {
  "text-to-image": {
    sentAs: "json",
    defaultModel: "SG161222/RealVisXL_V4.0_Lightning",
    required: ["prompt"],
    properties: {
      model_id: "string",
      loras: "string",
      prompt: "string",
      height: "integer",
      width: "integer",
      guidance_scale: "number",
      negative_prompt: "string",
      safety_check: "boolean",
      seed: "integer",
      num_inference_steps: "integer",
      num_images_per_prompt: "integer",
    },
  },
  "image-to-image": {
    sentAs: "form",
    defaultModel: "timbrooks/instruct-pix2pix",
    required: ["prompt", "image"],
    properties: {
      prompt: "string",
      image: "string",
      model_id: "string",
      loras: "string",
      strength: "number",
      guidance_scale: "number",
      image_guidance_scale: "number",
      negative_prompt: "string",
      safety_check: "boolean",
      seed: "integer",
      num_inference_steps: "integer",
      num_images_per_prompt: "integer",
    },
  },
  "image-to-video": {
    sentAs: "form",
    defaultModel: "stabilityai/stable-video-diffusion-img2vid-xt-1-1",
    required: ["image"],
    properties: {
      image: "string",
      model_id: "string",
      height: "integer",
      width: "integer",
      fps: "integer",
      motion_bucket_id: "integer",
      noise_aug_strength: "number",
      safety_check: "boolean",
      seed: "integer",
      num_inference_steps: "integer",
    },
  },
  upscale: {
    sentAs: "form",
    defaultModel: "stabilityai/stable-diffusion-x4-upscaler",
    required: ["prompt", "image"],
    properties: {
      prompt: "string",
      image: "string",
      model_id: "string",
      safety_check: "boolean",
      seed: "integer",
      num_inference_steps: "integer",
    },
  },
  "audio-to-text": {
    sentAs: "form",
    defaultModel: "openai/whisper-large-v3",
    required: ["audio"],
    properties: { audio: "string", model_id: "string", return_timestamps: "string" },
  },
  "segment-anything-2": {
    sentAs: "form",
    defaultModel: "facebook/sam2-hiera-large",
    required: ["image"],
    properties: {
      image: "string",
      model_id: "string",
      point_coords: "string",
      point_labels: "string",
      box: "string",
      mask_input: "string",
      multimask_output: "boolean",
      return_logits: "boolean",
      normalize_coords: "boolean",
    },
  },
  llm: {
    sentAs: "form",
    defaultModel: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    required: ["prompt"],
    properties: {
      prompt: "string",
      model_id: "string",
      system_msg: "string",
      temperature: "number",
      max_tokens: "integer",
      history: "string",
      stream: "boolean",
    },
  },
} as const satisfies Readonly<Record<string, StudioPipeline>>;

export type StudioPipelineName = keyof typeof studioPipelines;

/** Where the documents say that it is; `/api/generate` is the same. */
export const studioPath = "/api/beta/generate";

/** Express takes both prefixes in any case, and a slash at the end. */
const generatePath = /^\/api\/(?:beta\/)?generate\/([^/]+)\/?$/i;

/** The pipeline that a path asks for; `undefined` when it asks for none of Studio's. */
export const pipelineAt = (path: string): StudioPipelineName | undefined => {
  const name = generatePath.exec(path)?.[1]?.toLowerCase();
  return name !== undefined && Object.hasOwn(studioPipelines, name) ? (name as StudioPipelineName) : undefined;
};
