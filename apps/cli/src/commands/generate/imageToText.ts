import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { lazily } from "../lazily.ts";
import { call, output } from "./delivery.ts";
import { type FieldsOf, image, model } from "./fields.ts";

const input = {
  image,
  model_id: model,
  prompt: Flag.String("prompt").pipe(
    Flag.withAlias("p"),
    Flag.withDescription("What to look for (default: whatever there is)"),
    Flag.optional,
  ),
} satisfies FieldsOf<"image-to-text">;

const run = lazily(() => import("../../generate/text.ts"));

export const imageToText = Command.make(
  "image-to-text",
  { input, output: output("A file or a folder (default: stdout)"), ...call },
  (given) => run({ pipeline: "image-to-text", format: "text", ...given }),
).pipe(
  Command.withAlias("i2t"),
  Command.withDescription("Say in words what an image shows"),
  Command.withExamples([{ command: "sluice generate image-to-text cat.jpg" }]),
);
