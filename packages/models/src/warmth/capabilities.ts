/** go-livepeer's numbers for the pipelines (core/capabilities.go at 176aa415). 37 is BYOC, which is no pipeline of ours. */
import type { PipelineName } from "../Pipeline.ts";

const ids = {
  "text-to-image": 27,
  "image-to-image": 28,
  "image-to-video": 29,
  upscale: 30,
  "audio-to-text": 31,
  "segment-anything-2": 32,
  llm: 33,
  "image-to-text": 34,
  "live-video-to-video": 35,
  "text-to-speech": 36,
} as const satisfies Record<PipelineName, number>;

const names = new Map<string, PipelineName>(
  Object.entries(ids).map(([name, id]) => [String(id), name as PipelineName]),
);

/** The pipeline with this number, in a number or a JSON key; `undefined` for what is no pipeline, such as transcoding. */
export const pipelineOf = (capability: string | number): PipelineName | undefined => names.get(String(capability));
