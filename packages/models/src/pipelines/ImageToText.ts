/** image-to-text: what an image shows, in words. */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { file, modelOf } from "./fields.ts";

const input = z.strictObject({
  image: file("The image to describe: PNG, JPEG or GIF."),
  model_id: modelOf("image-to-text"),
  prompt: z.string().default("").describe("What to look for; none is fine."),
});

const output = z.object({ text: z.string() });

export type ImageToTextInput = z.input<typeof input>;
export type ImageToTextRequest = z.output<typeof input>;
export type ImageToTextOutput = z.output<typeof output>;

export const ImageToText = {
  name: "image-to-text",
  path: "/image-to-text",
  wire: "multipart",
  modelField: "model_id",
  fileField: "image",
  media: { in: "image", out: "text" },
  unit: "pixel",
  input,
  output,
} as const satisfies Pipeline<"image-to-text", typeof input, typeof output>;
