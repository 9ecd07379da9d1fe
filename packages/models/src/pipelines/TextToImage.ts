/**
 * text-to-image: a prompt becomes one or more images.
 *
 * Fields have their names on the wire. The defaults are ours, and they are always sent: the OpenAPI document, the
 * go-livepeer gateway and the docs disagree on the size (1024×576, 512×512, 1024×1024), an absent `model_id` makes a
 * self-hosted gateway close the socket, and 50 steps are wrong for a Lightning model.
 */
import * as z from "zod";
import type { Pipeline } from "../Pipeline.ts";
import { pictures } from "./answers.ts";
import {
  billed,
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
import { usual } from "./usual.ts";

const input = z
  .strictObject({
    prompt: text.describe("What to draw. `|` splits it into up to three prompts."),
    model_id: modelOf("text-to-image"),
    width: billed("width").default(usual["text-to-image"].width).describe("In pixels; a multiple of 8."),
    height: billed("height").default(usual["text-to-image"].height).describe("In pixels; a multiple of 8."),
    guidance_scale: guidance.optional(),
    negative_prompt: negativePrompt,
    safety_check: safetyCheck,
    seed,
    num_inference_steps: steps.optional(),
    num_images_per_prompt: imageCount,
    loras,
  })
  .transform(withLightning);

/** What a caller gives: only `prompt` is needed. */
export type TextToImageInput = z.input<typeof input>;
/** What is sent. */
export type TextToImageRequest = z.output<typeof input>;
export type TextToImageOutput = z.output<typeof pictures>;

export const TextToImage = {
  name: "text-to-image",
  path: "/text-to-image",
  wire: "json",
  modelField: "model_id",
  media: { in: "text", out: "image" },
  unit: "pixel",
  input,
  output: pictures,
} as const satisfies Pipeline<"text-to-image", typeof input, typeof pictures>;
