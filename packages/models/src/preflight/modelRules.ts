/** Warnings: a request that a gateway takes, and answers otherwise than was meant, or not before the caller has gone. */
import { findModel } from "../catalog/Catalog.ts";
import { nearestModel } from "../catalog/nearestModel.ts";
import { pipelines } from "../pipelines/pipelines.ts";
import { isLightning } from "../pipelines/lightning.ts";
import type { Plan, Rule } from "./Rule.ts";

const modelOf = ({ pipeline, request }: Plan): string => String(request[pipelines[pipeline].modelField]);

const modelKnown: Rule = {
  name: "model-known",
  severity: "warn",
  why: "A model that no orchestrator has, or whose name is spelt otherwise, closes the connection.",
  check: (plan) => {
    const { pipeline, profile } = plan;
    const model = modelOf(plan);
    if (findModel(pipeline, model) !== undefined || profile.defaultModels[pipeline] === model) return undefined;
    const meant = nearestModel(pipeline, model);
    return {
      path: pipelines[pipeline].modelField,
      message: `"${model}" is in no list of models for ${pipeline}`,
      fix: meant === undefined ? "Check its spelling; names are matched exactly." : `Did you mean ${meant}?`,
    };
  },
};

/** Models of the catalog that were trained on other sizes. */
const otherFamilies = /FLUX|sd-turbo|stable-diffusion-v1|openjourney|Realistic_Vision|stable-diffusion-3/;

/** Of the SDXL family, in pixels. */
const trained = { least: 512, most: 1024, step: 64 };

const trainedSize: Rule = {
  name: "trained-size",
  severity: "warn",
  pipelines: ["text-to-image"],
  why: "Models of the SDXL family draw well at multiples of 64 from 512 to 1024 pixels.",
  check: (plan) => {
    const { request } = plan;
    const { least, most, step } = trained;
    if (otherFamilies.test(modelOf(plan))) return undefined;
    const path = ["width", "height"].find((name) => {
      const side = request[name];
      return typeof side === "number" && (side < least || side > most || side % step !== 0);
    });
    return path === undefined
      ? undefined
      : {
          path,
          message: `is ${String(request[path])}, and models of the SDXL family were trained on multiples of ${step} from ${least} to ${most}`,
          fix: "Choose such a size, unless the model was made for others.",
        };
  },
};

const lightningSteps: Rule = {
  name: "lightning-steps",
  severity: "warn",
  pipelines: ["text-to-image", "image-to-image"],
  why: "A Lightning model is made for 4 to 8 steps and a guidance of 1 to 2; with 50 and 7.5 it is slow and draws badly, without any error.",
  check: (plan) => {
    const model = modelOf(plan);
    // A runner gives ByteDance's its own figures, whatever is asked for.
    if (!isLightning(model) || model.startsWith("ByteDance/")) return undefined;
    const outside = (name: string, least: number, most: number) => {
      const value = plan.request[name];
      if (typeof value !== "number" || (value >= least && value <= most)) return undefined;
      const message = `is ${value}, and Lightning models are made for ${least} to ${most}`;
      return { path: name, message, fix: "Leave it out: the right one is sent then." };
    };
    return outside("num_inference_steps", 4, 8) ?? outside("guidance_scale", 1, 2);
  },
};

const promptSplit: Rule = {
  name: "prompt-split",
  severity: "warn",
  pipelines: ["text-to-image", "image-to-image"],
  why: "A vertical bar splits a prompt into up to three, one for each of the model's encoders.",
  check: ({ request }) =>
    String(request["prompt"]).includes("|")
      ? {
          path: "prompt",
          message: "holds a vertical bar, which splits it into several prompts",
          fix: "Write a comma, unless you mean it.",
        }
      : undefined,
};

/** In characters. */
const longestSpeech = 600;

const speechLength: Rule = {
  name: "speech-length",
  severity: "warn",
  pipelines: ["text-to-speech"],
  why: "From about 600 characters on, the speech may be cut.",
  check: ({ request }) => {
    const { length } = [...String(request["text"])];
    if (length <= longestSpeech) return undefined;
    return {
      path: "text",
      message: `has ${length} characters, and from about ${longestSpeech} on speech may be cut`,
      fix: "Send it in several calls, split between sentences.",
    };
  },
};

const upscaleSeed: Rule = {
  name: "upscale-seed",
  severity: "warn",
  pipelines: ["upscale"],
  why: "The runner takes a seed of 0 for none and draws one.",
  check: ({ request }) =>
    request["seed"] === 0
      ? { path: "seed", message: "is 0, which counts as none here", fix: "Choose another seed." }
      : undefined,
};

/** The checklist's timeout: a cold model can take this long. In milliseconds. */
const coldStart = 300_000;

const timeout: Rule = {
  name: "timeout",
  severity: "warn",
  why: "A cold model loads for minutes while the request waits: less than 300 s may end before it answers.",
  check: ({ timeoutMs }) =>
    timeoutMs !== undefined && timeoutMs < coldStart
      ? {
          path: "timeoutMs",
          message: `is ${timeoutMs}, and a cold model can take ${coldStart} ms`,
          fix: "Leave it out, unless the caller cannot wait.",
        }
      : undefined,
};

export const modelRules: ReadonlyArray<Rule> = [
  modelKnown,
  trainedSize,
  lightningSteps,
  promptSplit,
  speechLength,
  upscaleSeed,
  timeout,
];
