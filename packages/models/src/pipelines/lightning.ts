/**
 * Lightning models are distilled for few steps and little guidance; the gateways' 50 and 7.5 (or 100) spoil their images
 * and take ten times as long. The figures are Livepeer's example for `SG161222/RealVisXL_V4.0_Lightning`.
 */

const usual = { num_inference_steps: 6, guidance_scale: 1.5 };

export const isLightning = (model: string): boolean => model.includes("Lightning");

interface Diffusion {
  readonly model_id: string;
  readonly num_inference_steps?: number | undefined;
  readonly guidance_scale?: number | undefined;
}

/** The request with the steps and the guidance that its model needs, where the caller named none. */
export const withLightning = <A extends Diffusion>(request: A): A => {
  if (!isLightning(request.model_id)) return request;
  const { num_inference_steps = usual.num_inference_steps, guidance_scale = usual.guidance_scale } = request;
  return { ...request, num_inference_steps, guidance_scale };
};
