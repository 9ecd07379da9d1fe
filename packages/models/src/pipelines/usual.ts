/**
 * What is billed of a request: the values that stand where a caller names none, and the bounds of what one may name. The
 * schemas take them from here, and so can a program that prices a call and has no time to load the schemas.
 */
import { defaultModel } from "../catalog/Catalog.ts";
import type { PipelineName } from "../Pipeline.ts";
import type { GatewayTraits } from "../profiles/GatewayProfile.ts";

/** The numbers that count in a price, by their names on the wire. */
export type BilledField = "width" | "height" | "num_images_per_prompt" | "max_tokens";

/** For each pipeline, the billed fields that it has, and what each is unless a caller says it. */
export const usual = {
  "text-to-image": { width: 1024, height: 1024, num_images_per_prompt: 1 },
  "image-to-image": { num_images_per_prompt: 1 },
  "image-to-video": { width: 1024, height: 576 },
  upscale: {},
  "audio-to-text": {},
  "segment-anything-2": {},
  llm: { max_tokens: 256 },
  "image-to-text": {},
  "text-to-speech": {},
  "live-video-to-video": {},
} as const satisfies Readonly<Record<PipelineName, Readonly<Partial<Record<BilledField, number>>>>>;

export interface Bounds {
  readonly least: number;
  readonly most: number;
  /** It must be a multiple of this. */
  readonly step: number;
}

/** Diffusion models work on blocks of 8 pixels. */
const side: Bounds = { least: 64, most: 4096, step: 8 };

export const bounds: Readonly<Record<BilledField, Bounds>> = {
  width: side,
  height: side,
  // Gateways keep the last 12 files of a request, and answer 404 for those before.
  num_images_per_prompt: { least: 1, most: 12, step: 1 },
  max_tokens: { least: 1, most: 131_072, step: 1 },
};

/** What a caller says of what is billed; `model` whatever the pipeline calls it. */
export type BilledInput = Readonly<Partial<Record<BilledField, number | undefined>>> & {
  readonly model?: string | undefined;
  readonly text?: string | undefined;
};

/**
 * The billed part of the request that `prepare` makes of the same input for this gateway: what `quote` of @sluice/pricing
 * takes. It checks nothing: see `bounds`.
 */
export const billedRequest = (
  pipeline: PipelineName,
  given: BilledInput,
  { defaultModels, unknownFields }: Pick<GatewayTraits, "defaultModels" | "unknownFields">,
): Omit<BilledInput, "model"> & { readonly model?: string; readonly model_id?: string } => {
  const refused: ReadonlyArray<string> = unknownFields[pipeline] ?? [];
  const filledIn = Object.entries(usual[pipeline]).filter(([name]) => !refused.includes(name));
  const { model = "", ...fields } = given;
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries([...filledIn, ...said]),
    [pipeline === "llm" ? "model" : "model_id"]:
      model === "" ? (defaultModels[pipeline] ?? defaultModel(pipeline)) : model,
  };
};
