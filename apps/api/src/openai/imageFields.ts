/** The fields that both of OpenAI's image requests have. */
import { TextToImage } from "@sluice/models";
import * as z from "zod";
import { hint, model, only, onlyAbsent, user } from "./fields.ts";

const livepeer = TextToImage.input.in.shape;

/** Livepeer's own, which OpenAI's clients send as extra fields. */
export const livepeerFields = {
  negative_prompt: livepeer.negative_prompt.nullish(),
  guidance_scale: livepeer.guidance_scale.nullish(),
  num_inference_steps: livepeer.num_inference_steps.nullish(),
  seed: livepeer.seed.nullish(),
  safety_check: livepeer.safety_check.unwrap().nullish(),
  loras: livepeer.loras.nullish(),
};

export const imageFields = {
  prompt: livepeer.prompt,
  model,
  n: z.int().min(1).max(10).nullish().describe("How many images; 1 when absent."),
  response_format: z
    .enum(["url", "b64_json"])
    .nullish()
    .describe("Where the images are, or the images themselves in base64; `url` when absent."),
  quality: hint(z.string(), "`num_inference_steps` is what decides about it"),
  moderation: hint(z.string(), "`safety_check` says whether pictures are looked at"),
  user,
  background: z
    .enum(["auto", "opaque"])
    .nullish()
    .describe("Only `auto` or `opaque`, or absent: the gateways draw no transparency."),
  output_format: only("png", "the gateways draw PNG"),
  output_compression: onlyAbsent("PNG is not compressed by a grade"),
  stream: only(false, "images do not come in parts"),
  partial_images: only(0, "images do not come in parts"),
  ...livepeerFields,
};
