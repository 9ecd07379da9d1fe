/** image-to-image: pictures of the size of the one that is sent, metered by its pixels. */
import { hangUp, type Reply } from "../../Reply.ts";
import { formBatch } from "../Batch.ts";
import type { GoStruct, ParamsOf } from "../goStruct.ts";
import { imageSizeOf, type ImageSize } from "../media/imageSize.ts";
import { type Orchestra, submit } from "../Orchestra.ts";
import { badLoras } from "./loras.ts";
import { imageCount, pictures } from "./pictures.ts";

const bodyGenImageToImage = {
  name: "BodyGenImageToImage",
  fields: {
    guidance_scale: "float32",
    image_guidance_scale: "float32",
    loras: "string",
    model_id: "string",
    negative_prompt: "string",
    num_images_per_prompt: "int",
    num_inference_steps: "int",
    prompt: "string",
    safety_check: "bool",
    seed: "int",
    strength: "float32",
  },
} as const satisfies GoStruct;

export const imageToImage = formBatch(bodyGenImageToImage, "image", (orchestra, params, image) => {
  const size = imageSizeOf(image);
  // What cannot be measured cannot be paid for: every orchestrator is tried, and the nil result is dereferenced.
  return submit(orchestra, "image-to-image", params.model_id, size ? () => run(orchestra, params, size) : hangUp);
});

const run = (orchestra: Orchestra, params: ParamsOf<typeof bodyGenImageToImage>, size: ImageSize): Reply => {
  // A form without its prompt is the runner's 422, which no orchestrator's gateway knows.
  const prompt = params.prompt ?? "";
  if (prompt === "") return hangUp;
  const refusal = badLoras(params.loras);
  if (refusal !== undefined) return refusal;
  const seed = params.seed ?? orchestra.dice.word();
  return pictures(
    orchestra,
    { prompt, seed, ...size },
    imageCount(params.num_images_per_prompt),
    size.width * size.height,
  );
};
