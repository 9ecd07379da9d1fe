import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { lazily } from "../lazily.ts";
import { call, mediaOutput } from "./delivery.ts";
import { type FieldsOf, height, image, model, safetyCheck, seed, steps, width } from "./fields.ts";

const input = {
  image,
  model_id: model,
  width: width(),
  height: height(576),
  fps: Flag.Int("fps").pipe(Flag.withDescription("Frames a second when it plays, 1 to 60 (default 6)"), Flag.optional),
  motion_bucket_id: Flag.Int("motion").pipe(
    Flag.withDescription("How much moves, 0 to 255 (default 127)"),
    Flag.optional,
  ),
  noise_aug_strength: Flag.Finite("noise").pipe(
    Flag.withDescription("How far the video may leave the image, 0 to 10 (default 0.02)"),
    Flag.optional,
  ),
  seed,
  num_inference_steps: steps("25"),
  safety_check: safetyCheck,
} satisfies FieldsOf<"image-to-video">;

const run = lazily(() => import("../../generate/media.ts"));

export const imageToVideo = Command.make("image-to-video", { input, output: mediaOutput, ...call }, (given) =>
  run({ pipeline: "image-to-video", ...given }),
).pipe(
  Command.withAlias("i2v"),
  Command.withDescription("Make an image move: 25 frames, whatever --fps says"),
  Command.withExamples([
    { command: "sluice generate image-to-video hero.png --fps 6 --motion 127" },
    { command: "sluice gen i2v hero.png -o hero.mp4 --timeout 10m" },
  ]),
);
