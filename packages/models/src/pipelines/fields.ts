/** Fields that several pipelines have, with our bounds: what a gateway would refuse, or answer as if a model were cold. */
import * as z from "zod";
import { defaultModel } from "../catalog/Catalog.ts";
import { isUpload, type Upload } from "../media/Upload.ts";
import type { PipelineName } from "../Pipeline.ts";
import { type BilledField, bounds, usual } from "./usual.ts";

/** A text that a model is to follow. */
export const text = z.string().refine((given) => given.trim() !== "", {
  error: "must not be empty",
  params: { fix: "Write at least one character that is not a space." },
});

/**
 * The model's name, never absent: without one, a self-hosted gateway closes the socket. Livepeer's own SDK sends "" for
 * what was not given, and a gateway would look for a model of that name, so that "" is the default too.
 */
export const modelOf = (pipeline: PipelineName) => {
  const usual = defaultModel(pipeline);
  return z
    .string()
    .regex(/^\S*$/, "must not hold spaces")
    .default(usual)
    .transform((given) => (given === "" ? usual : given))
    .describe("Hugging Face model id, in its exact spelling.");
};

/** A file, by its field's description. */
export const file = (description: string) =>
  z
    .custom<Upload>(isUpload, {
      error: (issue) => (issue.input === undefined ? "is required" : "must be bytes (a Uint8Array) or a Blob"),
      params: {
        fix: "Give the file's bytes, a File or a Blob, or toFile(path) of @sluice/core; not a path, a URL or base64.",
      },
    })
    .meta({ description, type: "string", format: "binary" });

/** A whole number that is billed. */
export const billed = (field: BilledField) => {
  const { least, most, step } = bounds[field];
  const within = z.int().min(least).max(most);
  return step === 1 ? within : within.multipleOf(step);
};

export const safetyCheck = z.boolean().default(true).describe("Let the gateway estimate whether a picture may offend.");

export const seed = z
  .int()
  .min(0)
  .max(0xffff_ffff)
  .optional()
  .describe("The same seed, model and input give the same result; image i uses seed + i.");

export const steps = z.int().min(1).max(200).describe("Denoising steps.");
export const guidance = z.number().min(0).max(100).describe("How closely to follow the prompt.");
export const negativePrompt = z.string().optional().describe("What to leave out.");

export const imageCount = billed("num_images_per_prompt")
  .default(usual["text-to-image"].num_images_per_prompt)
  .describe("How many images; gateways keep no more than 12.");

const objectInText = "must be a JSON object in a string, such as '{\"owner/lora\": 0.8}'";

/** "" is as good as absent. The runner finds what is nested, or no object, out too late: its failure looks like a cold model. */
export const loras = z
  .string(objectInText)
  .refine((given) => given === "" || objectIn(given) !== undefined, {
    error: objectInText,
    params: { fix: "Write the weights by Hugging Face id as a JSON object, and send it as a string." },
    abort: true,
  })
  .refine((given) => Object.values(objectIn(given) ?? {}).every(isStrength), {
    error: "must hold a number from 0 up for each LoRA, such as '{\"owner/lora\": 0.8}'",
    params: { fix: "Write one object of Hugging Face ids, each with its weight as a number, and nothing within." },
  })
  .transform((given) => (given === "" ? undefined : given))
  .optional()
  .describe("LoRA weights by Hugging Face id, as JSON in a string.");

/** The value of a JSON text; `undefined` when it is none, which no JSON text says. */
export const parseJson = (given: string): unknown => {
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return undefined;
  }
};

const objectIn = (given: string): object | undefined => {
  const value = parseJson(given);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
};

/** A decimal that Python's `float` takes out of a text. */
const decimal = /^\s*\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** The runner makes a float of whatever it finds, so numbers in texts and booleans pass. */
const isStrength = (given: unknown): boolean => {
  if (typeof given === "boolean") return true;
  if (typeof given === "string" ? !decimal.test(given) : typeof given !== "number") return false;
  return Number.isFinite(Number(given)) && Number(given) >= 0;
};
