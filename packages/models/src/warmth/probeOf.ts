/**
 * The cheapest request that a pipeline takes, to find out whether a model is warm. The network bills pixels, seconds,
 * characters and `max_tokens`; steps are free and only take time, so that there is one of them.
 */
import type { PipelineName } from "../Pipeline.ts";
import type { InputOf } from "../pipelines/pipelines.ts";
import { greyPng } from "./greyPng.ts";
import { silentWav } from "./silentWav.ts";

/** Pipelines that answer a request with a result. live-video-to-video answers with a stream, and bills while it flows. */
export type ProbedPipeline = Exclude<PipelineName, "live-video-to-video">;

export interface Probe<Name extends ProbedPipeline = ProbedPipeline> {
  readonly ok: true;
  readonly pipeline: Name;
  readonly model: string;
  /** What the pipeline's schema parses; its fields have their names on the wire. */
  readonly input: InputOf<Name>;
}

export interface NoProbe {
  readonly ok: false;
  readonly pipeline: PipelineName;
  readonly model: string;
  /** For a person. */
  readonly reason: string;
}

/** The probe of a model, or why there is none. */
export const probeOf = (pipeline: PipelineName, model: string): Probe | NoProbe =>
  pipeline === "live-video-to-video"
    ? { ok: false, pipeline, model, reason: liveReason }
    : { ok: true, pipeline, model, input: inputs[pipeline](model) };

const liveReason =
  "A live stream cannot be probed cheaply: a minute of 720p video is paid for before the first frame comes back.";

/**
 * Of what is drawn, in pixels. Models work at an eighth of a picture's size and halve that three times, so that a side
 * must be a multiple of 64. Nobody documents sizes below 256, which costs a tenth of a cent; a failure there would look cold.
 */
const drawn = 256;

/** Of what is sent, in pixels: the billed size where a pipeline bills its input. */
const sent = 64;

/** It says nothing of people, cannot be read as a number, and is no split of two. */
const prompt = "sky";

/** A grey square has nothing to check, and the check is one more model to load. */
const unchecked = { safety_check: false } as const;

const inputs: { readonly [Name in ProbedPipeline]: (model: string) => InputOf<Name> } = {
  "text-to-image": (model_id) => ({
    model_id,
    prompt,
    width: drawn,
    height: drawn,
    num_images_per_prompt: 1,
    num_inference_steps: 1,
    ...unchecked,
  }),
  "image-to-image": (model_id) => ({
    model_id,
    prompt,
    image: greyPng(sent),
    // The runner draws steps × strength, rounded down, and refuses none.
    strength: 1,
    num_images_per_prompt: 1,
    num_inference_steps: 1,
    ...unchecked,
  }),
  // 25 frames are billed, whatever is asked for.
  "image-to-video": (model_id) => ({
    model_id,
    image: greyPng(sent),
    width: drawn,
    height: drawn,
    num_inference_steps: 1,
    ...unchecked,
  }),
  upscale: (model_id) => ({ model_id, prompt, image: greyPng(sent), num_inference_steps: 1, ...unchecked }),
  // The gateway refuses less than a second.
  "audio-to-text": (model_id) => ({ model_id, audio: silentWav(1), return_timestamps: "sentence" }),
  "segment-anything-2": (model_id) => ({
    model_id,
    image: greyPng(sent),
    point_coords: `[[${sent / 2},${sent / 2}]]`,
    point_labels: "[1]",
    multimask_output: false,
    return_logits: false,
  }),
  llm: (model) => ({ model, messages: [{ role: "user", content: "Hi" }], max_tokens: 1, stream: false }),
  "image-to-text": (model_id) => ({ model_id, image: greyPng(sent) }),
  "text-to-speech": (model_id) => ({ model_id, text: "Hi" }),
};
