/** What OpenTelemetry's conventions for generative AI call the pipelines: an operation, and what comes out of it. */
import type { PipelineName } from "@sluice/models";

export interface Operation {
  /** `gen_ai.operation.name`. */
  readonly name: string;
  /** `gen_ai.output.type`. The conventions know `text`, `json`, `image` and `speech`; `video` is ours. */
  readonly output?: string;
}

/** `download` fetches a result's file; its name is ours. */
export const operations: Readonly<Record<PipelineName | "download", Operation>> = {
  "text-to-image": { name: "generate_content", output: "image" },
  "image-to-image": { name: "generate_content", output: "image" },
  "image-to-video": { name: "generate_content", output: "video" },
  upscale: { name: "generate_content", output: "image" },
  "audio-to-text": { name: "generate_content", output: "text" },
  "segment-anything-2": { name: "generate_content", output: "image" },
  llm: { name: "chat", output: "text" },
  "image-to-text": { name: "generate_content", output: "text" },
  "text-to-speech": { name: "generate_content", output: "speech" },
  "live-video-to-video": { name: "generate_content", output: "video" },
  download: { name: "download" },
};

/** Of a pipeline that this version does not know, that it generates something. */
export const operationOf = (pipeline: string): Operation =>
  Object.hasOwn(operations, pipeline) ? operations[pipeline as keyof typeof operations] : { name: "generate_content" };

/**
 * The bounds of the buckets of `gen_ai.client.operation.duration`, in seconds. The conventions stop at 81.92; a cold model
 * may take 300 s.
 */
export const operationDurationBounds: ReadonlyArray<number> = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68,
];
