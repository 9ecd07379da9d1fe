/** text-to-image: pictures from a prompt, metered by their pixels. */
import { type Reply, runnerError } from "../../Reply.ts";
import { jsonBatch } from "../Batch.ts";
import type { GoStruct, ParamsOf } from "../goStruct.ts";
import { type Orchestra, submit } from "../Orchestra.ts";
import { badLoras } from "./loras.ts";
import { badSize, imageCount, pictures } from "./pictures.ts";

export const textToImageParams = {
  name: "TextToImageParams",
  fields: {
    guidance_scale: "float32",
    height: "int",
    loras: "string",
    model_id: "string",
    negative_prompt: "string",
    num_images_per_prompt: "int",
    num_inference_steps: "int",
    prompt: "string",
    safety_check: "bool",
    seed: "int",
    width: "int",
  },
} as const satisfies GoStruct;

/** The gateway fills in this side when a size is absent, and bills for it. */
const defaultSide = 512;

export const textToImage = jsonBatch(textToImageParams, (orchestra, params) =>
  submit(orchestra, "text-to-image", params.model_id, () => run(orchestra, params)),
);

const run = (orchestra: Orchestra, params: ParamsOf<typeof textToImageParams>): Reply => {
  const prompt = params.prompt ?? "";
  const width = params.width ?? defaultSide;
  const height = params.height ?? defaultSide;
  if (prompt === "") return runnerError("Prompt must be provided.");
  const refusal = badLoras(params.loras) ?? badSize(width, height);
  if (refusal !== undefined) return refusal;
  const seed = params.seed ?? orchestra.dice.word();
  return pictures(orchestra, { prompt, seed, width, height }, imageCount(params.num_images_per_prompt), width * height);
};
