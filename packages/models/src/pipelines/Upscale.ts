/** upscale: an image four times as wide and as high. It is billed by the input, not by the output. */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { pictures } from "./answers.ts";
import { file, modelOf, safetyCheck, seed, steps, text } from "./fields.ts";

const input = z.strictObject({
  prompt: text.describe("What the image shows."),
  image: file("The image to enlarge: PNG, JPEG or GIF."),
  model_id: modelOf("upscale"),
  safety_check: safetyCheck,
  seed: seed.describe("The same seed, model and input give the same result; 0 counts as none."),
  num_inference_steps: steps.default(75),
});

export type UpscaleInput = z.input<typeof input>;
export type UpscaleRequest = z.output<typeof input>;
export type UpscaleOutput = z.output<typeof pictures>;

export const Upscale = {
  name: "upscale",
  path: "/upscale",
  wire: "multipart",
  modelField: "model_id",
  fileField: "image",
  media: { in: "image", out: "image" },
  unit: "pixel",
  input,
  output: pictures,
} as const satisfies Pipeline<"upscale", typeof input, typeof pictures>;
