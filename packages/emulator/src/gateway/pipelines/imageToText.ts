/** image-to-text: a caption, metered by the pixels of the image. */
import { metered, nullResult } from "../../Reply.ts";
import { formBatch } from "../Batch.ts";
import type { GoStruct } from "../goStruct.ts";
import { imageSizeOf } from "../media/imageSize.ts";
import { submit } from "../Orchestra.ts";

const bodyGenImageToText = {
  name: "BodyGenImageToText",
  fields: { model_id: "string", prompt: "string" },
} as const satisfies GoStruct;

/** The runner's, in bytes. Its 413 is no 400, and so no orchestrator has a result in the end. */
const largestImage = 52_428_800;

const subjects = ["a river between hills", "a city by the sea at dusk", "snow on a mountain under the stars"] as const;

export const imageToText = formBatch(bodyGenImageToText, "image", (orchestra, params, image) => {
  const size = imageSizeOf(image);
  if (size === undefined) return submit(orchestra, "image-to-text", params.model_id, nullResult);
  const { width, height } = size;
  return submit(orchestra, "image-to-text", params.model_id, () => {
    if (image.length > largestImage) return nullResult;
    const subject = orchestra.dice.pick(subjects);
    const prompt = params.prompt ?? "";
    return metered(width * height, { text: prompt === "" ? subject : `${prompt} ${subject}` });
  });
});
