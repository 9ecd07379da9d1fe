/** image-to-video: an image begins to move. It is billed as 25 frames, however fast they are to play. */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { pictures } from "./answers.ts";
import { billed, file, modelOf, safetyCheck, seed, steps } from "./fields.ts";
import { usual } from "./usual.ts";

const input = z.strictObject({
  image: file("The first frame: PNG, JPEG or GIF."),
  model_id: modelOf("image-to-video"),
  width: billed("width").default(usual["image-to-video"].width).describe("Of the video, in pixels; a multiple of 8."),
  height: billed("height")
    .default(usual["image-to-video"].height)
    .describe("Of the video, in pixels; a multiple of 8."),
  fps: z.int().min(1).max(60).default(6).describe("Frames a second when it plays."),
  motion_bucket_id: z.int().min(0).max(255).default(127).describe("How much moves."),
  noise_aug_strength: z.number().min(0).max(10).default(0.02).describe("How far the video may leave the image."),
  safety_check: safetyCheck,
  seed,
  num_inference_steps: steps.default(25),
});

export type ImageToVideoInput = z.input<typeof input>;
export type ImageToVideoRequest = z.output<typeof input>;
export type ImageToVideoOutput = z.output<typeof pictures>;

export const ImageToVideo = {
  name: "image-to-video",
  path: "/image-to-video",
  wire: "multipart",
  modelField: "model_id",
  fileField: "image",
  media: { in: "image", out: "video" },
  unit: "pixel",
  input,
  output: pictures,
} as const satisfies Pipeline<"image-to-video", typeof input, typeof pictures>;
