/** What a pipeline is: its name on the wire, the shapes that go in and come out, and what it is billed by. */
import type * as z from "zod";

/** Every pipeline that Livepeer gateways have offered, by its name on the wire. */
export const pipelineNames = [
  "text-to-image",
  "image-to-image",
  "image-to-video",
  "upscale",
  "audio-to-text",
  "segment-anything-2",
  "llm",
  "image-to-text",
  "text-to-speech",
  "live-video-to-video",
] as const;

export type PipelineName = (typeof pipelineNames)[number];

export interface Pipeline<Name extends PipelineName, Input extends z.ZodType, Output extends z.ZodType> {
  readonly name: Name;
  /** Appended to a gateway's base URL. */
  readonly path: `/${string}`;
  /** How the input travels. */
  readonly wire: "json";
  readonly input: Input;
  readonly output: Output;
  /** What the network meters. */
  readonly unit: "pixel";
}
