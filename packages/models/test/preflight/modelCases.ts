/** Cases of the warnings: requests that a gateway takes, and answers otherwise than was meant. */
import { type Cases, drawn, type Request } from "./Request.ts";

const timed = (timeoutMs: number | undefined): Request => ({ pipeline: "llm", circumstances: { timeoutMs } });
const lightning = "SG161222/RealVisXL_V4.0_Lightning";

export const modelCases: Readonly<Record<string, Cases>> = {
  "model-known": {
    broken: [
      {
        ...drawn({ model_id: "sg161222/realvisxl_v4.0_lightning" }),
        path: "model_id",
        message: '"sg161222/realvisxl_v4.0_lightning" is in no list of models for text-to-image',
      },
      {
        ...drawn({ model_id: "openai/whisper-large-v3" }),
        path: "model_id",
        message: /^"openai\/whisper-large-v3" is in no/,
      },
      { pipeline: "llm", input: { model: "gpt-4" }, path: "model", message: '"gpt-4" is in no list of models for llm' },
    ],
    near: [
      drawn({ model_id: lightning }),
      drawn({ model_id: "" }),
      { pipeline: "llm", input: { model: "meta-llama/Meta-Llama-3.1-8B-Instruct" } },
      { pipeline: "audio-to-text", input: { model_id: "openai/whisper-large-v3" } },
    ],
  },
  "trained-size": {
    broken: [
      { ...drawn({ width: 448 }), path: "width", message: /^is 448, and models of the SDXL family/ },
      { ...drawn({ width: 1088 }), path: "width", message: /^is 1088, / },
      { ...drawn({ height: 576 + 8 }), path: "height", message: /^is 584, / },
      { ...drawn({ width: 2048, height: 2048 }), path: "width", message: /^is 2048, / },
    ],
    near: [
      drawn({ width: 512, height: 1024 }),
      drawn({ width: 1024, height: 512 }),
      drawn({ width: 576, height: 576 }),
      drawn({ model_id: "black-forest-labs/FLUX.1-dev", width: 1280 }),
      drawn({ model_id: "stabilityai/sd-turbo", width: 448 }),
      { pipeline: "image-to-video", input: { width: 448 } },
    ],
  },
  "lightning-steps": {
    broken: [
      ...[1, 3, 9, 50].map((steps) => ({
        ...drawn({ num_inference_steps: steps }),
        path: "num_inference_steps",
        message: `is ${steps}, and Lightning models are made for 4 to 8`,
      })),
      ...[0, 0.9, 2.1, 7.5].map((guidance_scale) => ({
        ...drawn({ guidance_scale }),
        path: "guidance_scale",
        message: `is ${guidance_scale}, and Lightning models are made for 1 to 2`,
      })),
      {
        pipeline: "image-to-image",
        input: { model_id: "SG161222/RealVisXL_V4.0_Lightning", num_inference_steps: 100 },
        path: "num_inference_steps",
        message: /^is 100, /,
      },
    ],
    near: [
      ...[4, 8].map((num_inference_steps) => drawn({ num_inference_steps })),
      ...[1, 2].map((guidance_scale) => drawn({ guidance_scale })),
      // Its runner goes by the model's name, whatever is asked for.
      drawn({ model_id: "ByteDance/SDXL-Lightning", guidance_scale: 0, num_inference_steps: 2 }),
      drawn({ model_id: "stabilityai/sdxl-turbo", num_inference_steps: 50, guidance_scale: 7.5 }),
      { pipeline: "image-to-video", input: { num_inference_steps: 50 } },
    ],
  },
  "prompt-split": {
    broken: [
      { ...drawn({ prompt: "a fox|a hare" }), path: "prompt", message: /^holds a vertical bar, / },
      { pipeline: "image-to-image", input: { prompt: "|" }, path: "prompt", message: /^holds a vertical bar, / },
    ],
    near: [
      ...["a fox/a hare", "a fox ¦ a hare", "｜"].map((prompt) => drawn({ prompt })),
      drawn({ negative_prompt: "a|b" }),
      { pipeline: "upscale", input: { prompt: "a|b" } },
    ],
  },
  "speech-length": {
    broken: [
      {
        pipeline: "text-to-speech",
        input: { text: "a".repeat(601) },
        path: "text",
        message: "has 601 characters, and from about 600 on speech may be cut",
      },
      { pipeline: "text-to-speech", input: { text: "🦊".repeat(601) }, path: "text", message: /^has 601 characters/ },
    ],
    near: ["a".repeat(600), "🦊".repeat(600)].map((text) => ({ pipeline: "text-to-speech", input: { text } })),
  },
  "upscale-seed": {
    broken: [{ pipeline: "upscale", input: { seed: 0 }, path: "seed", message: "is 0, which counts as none here" }],
    near: [{ pipeline: "upscale", input: { seed: 1 } }, { pipeline: "upscale" }, drawn({ seed: 0 })],
  },
  timeout: {
    broken: [
      { ...timed(299_999), path: "timeoutMs", message: "is 299999, and a cold model can take 300000 ms" },
      { ...timed(1), path: "timeoutMs", message: /^is 1, / },
    ],
    near: [timed(300_000), timed(undefined), timed(Infinity), { pipeline: "text-to-image" }],
  },
};
