/** Pipelines as people name them: by their names on the wire, or shortly. */
import { nearest, type PipelineName, pipelineNames } from "@sluice/models/facts";
import { type Failed, failed } from "./failures/Failed.ts";

const short: Readonly<Record<string, PipelineName>> = {
  t2i: "text-to-image",
  i2i: "image-to-image",
  i2v: "image-to-video",
  a2t: "audio-to-text",
  sam2: "segment-anything-2",
  i2t: "image-to-text",
  tts: "text-to-speech",
  chat: "llm",
};

/** For a flag: each name that is understood, and the pipeline that it means. */
export const pipelineChoices: ReadonlyArray<readonly [string, PipelineName]> = [
  ...pipelineNames.map((name) => [name, name] as const),
  ...Object.entries(short),
];

const isPipeline = (name: string): name is PipelineName => (pipelineNames as ReadonlyArray<string>).includes(name);

/** `undefined` when it is none. */
export const pipelineNamed = (name: string): PipelineName | undefined =>
  isPipeline(name) ? name : Object.hasOwn(short, name) ? short[name] : undefined;

export const noSuchPipeline = (name: string): Failed => {
  const meant = nearest(name, [...pipelineNames, ...Object.keys(short)]);
  return failed("SLUICE-USAGE", {
    message: `there is no pipeline "${name}"`,
    fix: meant === undefined ? `The pipelines are ${pipelineNames.join(", ")}.` : `Did you mean ${meant}?`,
  });
};
