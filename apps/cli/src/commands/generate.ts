/** `sluice generate <pipeline>`: a command for each pipeline that is asked once and answers once. */
import * as Command from "effect/cli/Command";
import { audioToText } from "./generate/audioToText.ts";
import { imageToImage } from "./generate/imageToImage.ts";
import { imageToText } from "./generate/imageToText.ts";
import { imageToVideo } from "./generate/imageToVideo.ts";
import { segmentAnything2 } from "./generate/segmentAnything2.ts";
import { textToImage } from "./generate/textToImage.ts";
import { textToSpeech } from "./generate/textToSpeech.ts";
import { upscale } from "./generate/upscale.ts";

export const generate = Command.make("generate").pipe(
  Command.withAlias("gen"),
  Command.withDescription("Run a pipeline on a gateway: images, video, speech, text, masks"),
  Command.withExamples([
    { command: 'sluice generate text-to-image "a red fox in snow"', description: "An image, on the free gateway" },
    { command: 'open "$(sluice gen t2i "a harbour" -q)"', description: "stdout is the path alone" },
    { command: "sluice gen a2t talk.mp3 --format srt -o talk.srt" },
  ]),
  Command.withSubcommands([
    textToImage,
    imageToImage,
    imageToVideo,
    upscale,
    audioToText,
    segmentAnything2,
    imageToText,
    textToSpeech,
  ]),
);
