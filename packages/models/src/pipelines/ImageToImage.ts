/** image-to-image: an image becomes others that follow a prompt. They have the size of the input, by which it is billed. */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { pictures } from "./answers.ts";
import {
  file,
  guidance,
  imageCount,
  loras,
  modelOf,
  negativePrompt,
  safetyCheck,
  seed,
  steps,
  text,
} from "./fields.ts";
import { withLightning } from "./lightning.ts";

const input = z
  .strictObject({
    prompt: text.describe("What to make of the image."),
    image: file("The image to start from: PNG, JPEG or GIF."),
    model_id: modelOf("image-to-image"),
    strength: z.number().min(0).max(1).default(0.8).describe("How far to leave the image behind, 0 to 1."),
    guidance_scale: guidance.optional(),
    image_guidance_scale: z.number().min(0).max(100).optional().describe("How closely to keep to the image."),
    negative_prompt: negativePrompt,
    safety_check: safetyCheck,
    seed,
    num_inference_steps: steps.optional(),
    num_images_per_prompt: imageCount,
    loras,
  })
  .transform(withLightning);

export type ImageToImageInput = z.input<typeof input>;
export type ImageToImageRequest = z.output<typeof input>;
export type ImageToImageOutput = z.output<typeof pictures>;

export const ImageToImage = {
  name: "image-to-image",
  path: "/image-to-image",
  wire: "multipart",
  modelField: "model_id",
  fileField: "image",
  media: { in: "image", out: "image" },
  unit: "pixel",
  input,
  output: pictures,
} as const satisfies Pipeline<"image-to-image", typeof input, typeof pictures>;
