import * as Command from "effect/cli/Command";
import { lazily } from "../lazily.ts";
import { call, mediaOutput, preview } from "./delivery.ts";
import { type FieldsOf, image, model, prompt, safetyCheck, seed, steps } from "./fields.ts";

const input = {
  image,
  prompt: prompt("What the image shows; the pipeline must be told"),
  model_id: model,
  seed,
  num_inference_steps: steps("75"),
  safety_check: safetyCheck,
} satisfies FieldsOf<"upscale">;

const run = lazily(() => import("../../generate/media.ts"));

export const upscale = Command.make("upscale", { input, output: mediaOutput, preview, ...call }, (given) =>
  run({ pipeline: "upscale", ...given }),
).pipe(
  Command.withDescription("Make an image four times as wide and as high; billed by what goes in"),
  Command.withExamples([{ command: 'sluice generate upscale small.png "a red fox" -o big.png' }]),
);
