/** The models of Livepeer's documentation, by the pipeline that they serve. */
import type { PipelineName as Pipeline } from "@sluice/models";
import type { ModelBehaviour } from "./Settings.ts";

export type { PipelineName as Pipeline } from "@sluice/models";

/** The pipelines that answer a request with a result; live video flows past the gateway's batch paths. */
export type BatchPipeline = Exclude<Pipeline, "live-video-to-video">;

const warm: ModelBehaviour = { state: "warm" };
/** Containers take up to three minutes; 30 s is Livepeer's figure for a quick one. */
const onDemand: ModelBehaviour = { state: "cold", loadMs: 30_000, meanwhile: "hold" };

/** Sources disagree on the image-to-video model, so that both are warm. */
export const documentedModels: Readonly<Record<BatchPipeline, Readonly<Record<string, ModelBehaviour>>>> = {
  "text-to-image": {
    "SG161222/RealVisXL_V4.0_Lightning": warm,
    "ByteDance/SDXL-Lightning": warm,
    "SG161222/RealVisXL_V4.0": onDemand,
    "SG161222/Realistic_Vision_V6.0_B1_noVAE": onDemand,
    "stabilityai/stable-diffusion-xl-base-1.0": onDemand,
    "runwayml/stable-diffusion-v1-5": onDemand,
    "prompthero/openjourney-v4": onDemand,
    "stabilityai/sd-turbo": onDemand,
    "stabilityai/sdxl-turbo": onDemand,
    "stabilityai/stable-diffusion-3-medium-diffusers": onDemand,
    "black-forest-labs/FLUX.1-schnell": onDemand,
    "black-forest-labs/FLUX.1-dev": onDemand,
  },
  "image-to-image": {
    "timbrooks/instruct-pix2pix": warm,
    "ByteDance/SDXL-Lightning": onDemand,
    "SG161222/RealVisXL_V4.0": onDemand,
    "SG161222/RealVisXL_V4.0_Lightning": onDemand,
    "stabilityai/sd-turbo": onDemand,
    "stabilityai/sdxl-turbo": onDemand,
  },
  "image-to-video": {
    "stabilityai/stable-video-diffusion-img2vid-xt-1-1": warm,
    "stabilityai/stable-video-diffusion-img2vid-xt": warm,
  },
  upscale: { "stabilityai/stable-diffusion-x4-upscaler": warm },
  "audio-to-text": { "openai/whisper-large-v3": warm },
  "segment-anything-2": {
    "facebook/sam2-hiera-large": warm,
    "facebook/sam2-hiera-base-plus": onDemand,
    "facebook/sam2-hiera-small": onDemand,
    "facebook/sam2-hiera-tiny": onDemand,
  },
  llm: {
    "meta-llama/Meta-Llama-3.1-8B-Instruct": warm,
    "mistralai/Mistral-7B-Instruct-v0.3": onDemand,
    "google/gemma-2-9b-it": onDemand,
    "Qwen/Qwen2.5-7B-Instruct": onDemand,
  },
  "image-to-text": { "Salesforce/blip-image-captioning-large": warm },
  "text-to-speech": { "parler-tts/parler-tts-large-v1": warm },
};

/** What a request for live video calls its model. */
export const livePipelines: ReadonlyArray<string> = [
  "noop",
  "streamdiffusion",
  "streamdiffusion-sd15",
  "streamdiffusion-sd15-v2v",
  "streamdiffusion-sdxl",
  "streamdiffusion-sdxl-v2v",
  "streamdiffusion-sdxl-faceid",
  "comfyui",
  "segment_anything_2",
  "scope",
];
