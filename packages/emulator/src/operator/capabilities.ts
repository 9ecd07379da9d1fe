/** go-livepeer's numbers and names for what an orchestrator can do in AI (core/capabilities.go at 176aa415). */
import type { BatchPipeline } from "../documentedModels.ts";

export const byocCapability = 37;

export const capabilityOf: Readonly<Record<BatchPipeline, number>> = {
  "text-to-image": 27,
  "image-to-image": 28,
  "image-to-video": 29,
  upscale: 30,
  "audio-to-text": 31,
  "segment-anything-2": 32,
  llm: 33,
  "image-to-text": 34,
  "text-to-speech": 36,
};

/** Those of transcoding, below 27, are left out. */
export const capabilityNames: Readonly<Record<number, string>> = {
  27: "Text to image",
  28: "Image to image",
  29: "Image to video",
  30: "Upscale",
  31: "Audio to text",
  32: "Segment anything 2",
  33: "Llm",
  34: "Image to text",
  35: "Live video to video",
  36: "Text to speech",
  [byocCapability]: "byoc",
};

/** Livepeer's recommended prices, in wei for one unit at the 4,000 dollars an ETH of those pages. */
export const pricesInWei: Readonly<Record<BatchPipeline, number>> = {
  "text-to-image": 4_768_371,
  "image-to-image": 4_768_371,
  "image-to-video": 3_390_842,
  upscale: 4_768_371,
  "audio-to-text": 5_000_000,
  "segment-anything-2": 8_050,
  llm: 20_000_000,
  "image-to-text": 62_500,
  "text-to-speech": 375_000_000,
};
