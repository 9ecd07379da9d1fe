import * as Command from "effect/cli/Command";
import { lazily } from "../lazily.ts";
import { call, mediaOutput, preview } from "./delivery.ts";
import {
  count,
  type FieldsOf,
  guidance,
  height,
  loras,
  model,
  negative,
  prompt,
  safetyCheck,
  seed,
  steps,
  width,
} from "./fields.ts";

const input = {
  prompt: prompt("What to draw"),
  model_id: model,
  width: width(),
  height: height(1024),
  num_images_per_prompt: count,
  seed,
  num_inference_steps: steps("the model's"),
  guidance_scale: guidance,
  negative_prompt: negative,
  loras,
  safety_check: safetyCheck,
} satisfies FieldsOf<"text-to-image">;

const run = lazily(() => import("../../generate/media.ts"));

export const textToImage = Command.make("text-to-image", { input, output: mediaOutput, preview, ...call }, (given) =>
  run({ pipeline: "text-to-image", ...given }),
).pipe(
  Command.withAlias("t2i"),
  Command.withDescription("Draw images from a prompt"),
  Command.withExamples([
    { command: 'sluice generate text-to-image "a red fox in snow"', description: "An image, on the free gateway" },
    { command: 'sluice gen t2i "a harbour" -W 1024 -H 576 --count 2 --seed 7 --max-cost 0.05' },
    { command: 'sluice gen t2i "a harbour" --dry-run', description: "The request and its price; nothing is sent" },
  ]),
);
