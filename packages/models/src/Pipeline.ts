/** What a pipeline is: its name on the wire, how a request travels, the shapes that go in and come out, what it is billed by. */
import type * as z from "zod";
import type { Unit } from "./Unit.ts";

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

/** What travels besides text: `stream` is video that flows while the call lasts. */
export type Medium = "text" | "image" | "video" | "audio" | "masks" | "stream";

export interface Pipeline<Name extends PipelineName, Input extends z.ZodType, Output extends z.ZodType> {
  readonly name: Name;
  /** Appended to a gateway's base URL. */
  readonly path: `/${Name}`;
  /** How the input travels. */
  readonly wire: "json" | "multipart";
  /** The field with the model's name. */
  readonly modelField: "model_id" | "model";
  /** The field with the file, where there is one. */
  readonly fileField?: "image" | "audio";
  readonly media: { readonly in: Medium; readonly out: Medium };
  /** What the network meters. */
  readonly unit: Unit;
  readonly input: Input;
  readonly output: Output;
}
