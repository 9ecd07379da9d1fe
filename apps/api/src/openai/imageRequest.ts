/** OpenAI's two requests for images as a gateway's: text-to-image and image-to-image. */
import type { CallInput } from "@sluice/core/effect";
import { ImageToImage } from "@sluice/models";
import * as z from "zod";
import { hint, only, onlyAbsent } from "./fields.ts";
import { fileField } from "./formFields.ts";
import { imageFields } from "./imageFields.ts";
import { given, type Renaming } from "./mistaken.ts";
import type { ModelNames } from "./ModelNames.ts";
import { readSize, sizeField } from "./size.ts";

const Shared = z.strictObject(imageFields);

export const ImageGeneration = Shared.extend({
  size: sizeField,
  style: hint(z.string(), "the prompt says how a picture looks"),
});

const livepeer = ImageToImage.input.in.shape;

export const ImageEdit = Shared.extend({
  image: fileField("The one image to start from: PNG, JPEG or GIF."),
  size: only("auto", "the answer has the size of the image"),
  mask: onlyAbsent("image-to-image changes the whole image"),
  input_fidelity: hint(z.string(), "`strength` is what decides about it"),
  strength: livepeer.strength.unwrap().nullish(),
  image_guidance_scale: livepeer.image_guidance_scale.nullish(),
});

/** Fields of `ImageEdit` that are numbers or booleans, which a form has as texts. */
export const imageEditLiterals = [
  ...["n", "guidance_scale", "num_inference_steps", "seed", "safety_check", "strength", "image_guidance_scale"],
  ...["stream", "partial_images", "output_compression"],
];

export const imageNames: Renaming = { model_id: "model", width: "size", height: "size", num_images_per_prompt: "n" };

const sharedInput = (fields: z.output<typeof Shared>, names: ModelNames) => ({
  prompt: fields.prompt,
  ...given({
    model_id: names.resolve(fields.model),
    num_images_per_prompt: fields.n,
    negative_prompt: fields.negative_prompt,
    guidance_scale: fields.guidance_scale,
    num_inference_steps: fields.num_inference_steps,
    seed: fields.seed,
    safety_check: fields.safety_check,
    loras: fields.loras,
  }),
});

/** Throws an `UnknownModel`. */
export const textToImageInput = (
  fields: z.output<typeof ImageGeneration>,
  names: ModelNames,
): CallInput<"text-to-image"> => ({ ...sharedInput(fields, names), ...readSize(fields.size ?? "auto") });

/** Throws an `UnknownModel`. */
export const imageToImageInput = (
  { image, strength, image_guidance_scale, ...fields }: z.output<typeof ImageEdit>,
  names: ModelNames,
): CallInput<"image-to-image"> => ({
  ...sharedInput(fields, names),
  image,
  ...given({ strength, image_guidance_scale }),
});
