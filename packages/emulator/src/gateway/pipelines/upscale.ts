/** upscale: a picture four times as wide and high as the one that is sent, metered by the pixels of the latter. */
import { hangUp, type Reply } from "../../Reply.ts";
import { formBatch } from "../Batch.ts";
import type { GoStruct, ParamsOf } from "../goStruct.ts";
import { imageSizeOf, type ImageSize } from "../media/imageSize.ts";
import { type Orchestra, submit } from "../Orchestra.ts";
import { pictures } from "./pictures.ts";

const bodyGenUpscale = {
  name: "BodyGenUpscale",
  fields: {
    model_id: "string",
    num_inference_steps: "int",
    prompt: "string",
    safety_check: "bool",
    seed: "int",
  },
} as const satisfies GoStruct;

const factor = 4;

export const upscale = formBatch(bodyGenUpscale, "image", (orchestra, params, image) => {
  const size = imageSizeOf(image);
  return submit(orchestra, "upscale", params.model_id, size ? () => run(orchestra, params, size) : hangUp);
});

const run = (orchestra: Orchestra, params: ParamsOf<typeof bodyGenUpscale>, { width, height }: ImageSize): Reply => {
  const prompt = params.prompt ?? "";
  // The runner's 422, as in image-to-image.
  if (prompt === "") return hangUp;
  // Python's `or`: a seed of 0 is none.
  const seed = (params.seed === 0 ? undefined : params.seed) ?? orchestra.dice.word();
  const order = { prompt, seed, width: width * factor, height: height * factor };
  return pictures(orchestra, order, 1, width * height);
};
