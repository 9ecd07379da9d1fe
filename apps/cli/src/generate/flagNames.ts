/** What people type for a field of the wire, so that a mistake is told in their words. Arguments have the field's own name. */
import { type GatewayError, InvalidRequest, isGatewayError } from "@sluice/errors";

export const flagNames: Readonly<Record<string, string>> = {
  model_id: "--model",
  width: "--width",
  height: "--height",
  num_images_per_prompt: "--count",
  num_inference_steps: "--steps",
  seed: "--seed",
  guidance_scale: "--guidance",
  image_guidance_scale: "--image-guidance",
  negative_prompt: "--negative",
  safety_check: "--safety-check",
  loras: "--lora",
  strength: "--strength",
  fps: "--fps",
  motion_bucket_id: "--motion",
  noise_aug_strength: "--noise",
  return_timestamps: "--timestamps",
  description: "--voice",
  point_coords: "--point",
  point_labels: "--label",
  box: "--box",
  mask_input: "--mask-input",
  multimask_output: "--multimask",
  return_logits: "--logits",
  normalize_coords: "--normalize",
};

/** The same error, its fields named as they are typed. */
export const asTyped = (error: GatewayError): GatewayError => {
  if (!isGatewayError(error, "InvalidRequest")) return error;
  const fields = error.fields.map((field) => ({ ...field, path: flagNames[field.path] ?? field.path }));
  const { gateway, pipeline, model, status, requestId, attempts, retryable, mayHaveRun, cause } = error;
  return new InvalidRequest({
    ...{ gateway, pipeline, status, fields, attempts, retryable, mayHaveRun, cause },
    ...(model === undefined ? {} : { model }),
    ...(requestId === undefined ? {} : { requestId }),
  });
};
