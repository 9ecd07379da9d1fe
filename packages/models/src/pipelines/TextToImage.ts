/**
 * text-to-image: a prompt becomes one or more images.
 *
 * Fields have their names on the wire. The defaults are ours, and they are always sent: the OpenAPI document, the
 * go-livepeer gateway and the docs disagree on the size (1024×576, 512×512, 1024×1024), an absent `model_id` makes a
 * self-hosted gateway close the socket, and 50 steps are wrong for a Lightning model.
 */
import * as z from "zod";
import { defaultModel } from "../catalog/Catalog.ts";
import type { Pipeline } from "../Pipeline.ts";

/** Diffusion models work on blocks of 8 pixels. */
const side = z.int().min(64).max(4096).multipleOf(8);

const fields = z.strictObject({
  prompt: z
    .string()
    .refine((text) => text.trim() !== "", "must not be empty")
    .describe("What to draw. `|` splits it into up to three prompts."),
  model_id: z
    .string()
    .regex(/^\S*$/, "must not hold spaces")
    .default(defaultModel("text-to-image"))
    .describe("Hugging Face model id, in its exact spelling."),
  width: side.default(1024).describe("In pixels; a multiple of 8."),
  height: side.default(1024).describe("In pixels; a multiple of 8."),
  guidance_scale: z.number().min(0).max(100).optional().describe("How closely to follow the prompt."),
  negative_prompt: z.string().optional().describe("What to leave out."),
  safety_check: z.boolean().default(true).describe("Let the gateway estimate whether an image may offend."),
  seed: z
    .int()
    .min(0)
    .max(0xffff_ffff)
    .optional()
    .describe("The same seed, model and prompt give the same image; image i uses seed + i."),
  num_inference_steps: z.int().min(1).max(200).optional().describe("Denoising steps."),
  num_images_per_prompt: z.int().min(1).max(12).default(1).describe("How many images; gateways keep no more than 12."),
  loras: z
    .string()
    .refine(
      (text) => text === "" || isJsonObject(text),
      "must be a JSON object in a string, such as '{\"owner/lora\": 0.8}'",
    )
    .optional()
    .describe("LoRA weights by Hugging Face id, as JSON in a string."),
});

/** Lightning models are distilled for few steps and little guidance; the gateway's 50 and 7.5 spoil their images. */
const lightning = { num_inference_steps: 6, guidance_scale: 1.5 };

const input = fields.transform(({ loras, ...request }) => {
  // Livepeer's own SDK sends "" for what was not given, and a gateway would look for a model of that name.
  const model_id = request.model_id === "" ? defaultModel("text-to-image") : request.model_id;
  const given = { ...request, model_id, ...(loras === undefined || loras === "" ? {} : { loras }) };
  if (!model_id.includes("Lightning")) return given;
  const { num_inference_steps = lightning.num_inference_steps, guidance_scale = lightning.guidance_scale } = request;
  return { ...given, num_inference_steps, guidance_scale };
});

/** The fields in the order in which go-livepeer writes them. */
const output = z.object({
  images: z.array(
    z.object({
      nsfw: z.boolean().optional(),
      seed: z.int().optional(),
      url: z.string().min(1).describe("Where the image is; gateways keep it only for a short time."),
    }),
  ),
});

/** What a caller gives: only `prompt` is needed. */
export type TextToImageInput = z.input<typeof input>;
/** What is sent. */
export type TextToImageRequest = z.output<typeof input>;
export type TextToImageOutput = z.output<typeof output>;

export const TextToImage = {
  name: "text-to-image",
  path: "/text-to-image",
  wire: "json",
  input,
  output,
  unit: "pixel",
} as const satisfies Pipeline<"text-to-image", typeof input, typeof output>;

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
