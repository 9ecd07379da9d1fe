/** The batch pipelines of a go-livepeer gateway; live-video-to-video is an orchestrator's. */
import type { BatchPipeline } from "../documentedModels.ts";
import type { Batch } from "./Batch.ts";
import { audioToText } from "./pipelines/audioToText.ts";
import { imageToImage } from "./pipelines/imageToImage.ts";
import { imageToText } from "./pipelines/imageToText.ts";
import { imageToVideo } from "./pipelines/imageToVideo.ts";
import { llm } from "./pipelines/llm.ts";
import { segmentAnything2 } from "./pipelines/segmentAnything2.ts";
import { textToImage } from "./pipelines/textToImage.ts";
import { textToSpeech } from "./pipelines/textToSpeech.ts";
import { upscale } from "./pipelines/upscale.ts";

export const batches: Readonly<Record<BatchPipeline, Batch>> = {
  "text-to-image": textToImage,
  "image-to-image": imageToImage,
  "image-to-video": imageToVideo,
  upscale,
  "audio-to-text": audioToText,
  "segment-anything-2": segmentAnything2,
  llm,
  "image-to-text": imageToText,
  "text-to-speech": textToSpeech,
};

/** By its path, matched to the letter. */
export const batchAt = (path: string): { readonly pipeline: BatchPipeline; readonly read: Batch } | undefined => {
  const pipeline = path.slice(1);
  return path.startsWith("/") && isBatch(pipeline) ? { pipeline, read: batches[pipeline] } : undefined;
};

const isBatch = (name: string): name is BatchPipeline => Object.hasOwn(batches, name);
