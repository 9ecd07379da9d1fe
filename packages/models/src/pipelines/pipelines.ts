/** The ten pipelines by name. */
import type * as z from "zod";
import type { PipelineName } from "../Pipeline.ts";
import { AudioToText } from "./AudioToText.ts";
import { ImageToImage } from "./ImageToImage.ts";
import { ImageToText } from "./ImageToText.ts";
import { ImageToVideo } from "./ImageToVideo.ts";
import { LiveVideoToVideo } from "./LiveVideoToVideo.ts";
import { Llm } from "./Llm.ts";
import { SegmentAnything2 } from "./SegmentAnything2.ts";
import { TextToImage } from "./TextToImage.ts";
import { TextToSpeech } from "./TextToSpeech.ts";
import { Upscale } from "./Upscale.ts";

export const pipelines = {
  "text-to-image": TextToImage,
  "image-to-image": ImageToImage,
  "image-to-video": ImageToVideo,
  upscale: Upscale,
  "audio-to-text": AudioToText,
  "segment-anything-2": SegmentAnything2,
  llm: Llm,
  "image-to-text": ImageToText,
  "text-to-speech": TextToSpeech,
  "live-video-to-video": LiveVideoToVideo,
} as const satisfies { readonly [Name in PipelineName]: { readonly name: Name } };

/** What a caller gives to a pipeline. */
export type InputOf<Name extends PipelineName> = z.input<(typeof pipelines)[Name]["input"]>;
/** What is sent to it. */
export type RequestOf<Name extends PipelineName> = z.output<(typeof pipelines)[Name]["input"]>;
/** What it answers. */
export type OutputOf<Name extends PipelineName> = z.output<(typeof pipelines)[Name]["output"]>;
