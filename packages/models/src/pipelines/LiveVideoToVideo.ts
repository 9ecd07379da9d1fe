/**
 * live-video-to-video: a stream is changed while it flows. Only orchestrators have this path; on a gateway it is 404, so
 * that no profile of ours offers it. `model_id` names a pipeline of the runner, not a Hugging Face model.
 */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { modelOf } from "./fields.ts";

const address = z.url({ error: ({ code }) => (code === "invalid_format" ? "must be a URL" : undefined) });
const optionalAddress = z.union([z.literal(""), address], "must be a URL, or empty").default("");

const deepest = 100;
const longest = 100_000;

/** Level by level, because what is nested deeply breaks a parser that calls itself. */
const isJson = (value: unknown): boolean => {
  let [level, seen]: [ReadonlyArray<unknown>, number] = [[value], 0];
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (depth > deepest || seen > longest || !level.every(isJsonPart)) return false;
    level = level.flatMap((part) =>
      typeof part === "object" && part !== null ? Object.values<unknown>({ ...part }) : [],
    );
  }
  return true;
};

const isJsonPart = (value: unknown): boolean =>
  value === null || ["string", "boolean", "object"].includes(typeof value) || Number.isFinite(value);

const input = z.strictObject({
  subscribe_url: address.describe("Where the stream comes from."),
  publish_url: address.describe("Where the changed stream goes."),
  control_url: optionalAddress.describe("Where changes of the parameters come from."),
  events_url: optionalAddress.describe("Where the pipeline tells how it is doing."),
  model_id: modelOf("live-video-to-video").describe("The runner's pipeline, such as `noop` or `streamdiffusion`."),
  params: z
    .record(z.string(), z.unknown())
    .refine(isJson, `must be JSON of at most ${deepest} levels`)
    .default({})
    .describe("What the pipeline begins with."),
});

const output = z.object({
  control_url: z.string().default(""),
  events_url: z.string().default(""),
  publish_url: z.string().min(1),
  subscribe_url: z.string().min(1),
});

export type LiveVideoToVideoInput = z.input<typeof input>;
export type LiveVideoToVideoRequest = z.output<typeof input>;
export type LiveVideoToVideoOutput = z.output<typeof output>;

export const LiveVideoToVideo = {
  name: "live-video-to-video",
  path: "/live-video-to-video",
  wire: "json",
  modelField: "model_id",
  media: { in: "stream", out: "stream" },
  unit: "pixel",
  input,
  output,
} as const satisfies Pipeline<"live-video-to-video", typeof input, typeof output>;
