/** image-to-video: a film of 25 frames, metered by the pixels of all of them, however fast they play. */
import { hangUp, metered, type Reply } from "../../Reply.ts";
import { formBatch } from "../Batch.ts";
import type { GoStruct, ParamsOf } from "../goStruct.ts";
import { imageSizeOf } from "../media/imageSize.ts";
import { makeStillVideo } from "../media/stillVideo.ts";
import { type Orchestra, submit } from "../Orchestra.ts";
import { badSize } from "./pictures.ts";

const bodyGenImageToVideo = {
  name: "BodyGenImageToVideo",
  fields: {
    fps: "int",
    height: "int",
    model_id: "string",
    motion_bucket_id: "int",
    noise_aug_strength: "float32",
    num_inference_steps: "int",
    safety_check: "bool",
    seed: "int",
    width: "int",
  },
} as const satisfies GoStruct;

const frames = 25;

export const imageToVideo = formBatch(bodyGenImageToVideo, "image", (orchestra, params, image) =>
  submit(orchestra, "image-to-video", params.model_id, () => run(orchestra, params, image)),
);

const run = ({ dice, files }: Orchestra, params: ParamsOf<typeof bodyGenImageToVideo>, image: Buffer): Reply => {
  const { height, width, fps } = { height: params.height ?? 576, width: params.width ?? 1024, fps: params.fps ?? 6 };
  const refusal = badSize(width, height);
  if (refusal !== undefined) return refusal;
  // The gateway does not look at the image. The runner cannot open it, which is a 500 of every orchestrator.
  if (imageSizeOf(image) === undefined) return hangUp;
  const seed = params.seed ?? dice.word();
  const make = () => makeStillVideo({ prompt: "", seed, width, height }, frames, Math.max(1, fps));
  const [url] = files.keep([{ extension: "mp4", make }]);
  return metered(width * height * frames, { images: [{ nsfw: false, seed, url }] });
};
