import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { lazily } from "../lazily.ts";
import { call, mediaOutput, preview } from "./delivery.ts";
import {
  count,
  type FieldsOf,
  guidance,
  image,
  loras,
  model,
  negative,
  prompt,
  safetyCheck,
  seed,
  steps,
} from "./fields.ts";

const input = {
  image,
  prompt: prompt("What to make of the image"),
  model_id: model,
  strength: Flag.Finite("strength").pipe(
    Flag.withDescription("How far to leave the image behind, 0 to 1 (default 0.8)"),
    Flag.optional,
  ),
  num_images_per_prompt: count,
  seed,
  num_inference_steps: steps("the model's"),
  guidance_scale: guidance,
  image_guidance_scale: Flag.Finite("image-guidance").pipe(
    Flag.withDescription("How closely to keep to the image, 0 to 100 (default: the model's)"),
    Flag.optional,
  ),
  negative_prompt: negative,
  loras,
  safety_check: safetyCheck,
} satisfies FieldsOf<"image-to-image">;

const run = lazily(() => import("../../generate/media.ts"));

export const imageToImage = Command.make("image-to-image", { input, output: mediaOutput, preview, ...call }, (given) =>
  run({ pipeline: "image-to-image", ...given }),
).pipe(
  Command.withAlias("i2i"),
  Command.withDescription("Turn an image into others that follow a prompt"),
  Command.withExamples([
    { command: 'sluice generate image-to-image photo.jpg "make it winter" --strength 0.8' },
    { command: 'curl -s https://example.com/a.png | sluice gen i2i - "in oil"', description: "From a pipe" },
  ]),
);
