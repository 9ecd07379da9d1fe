/**
 * Which models are documented as warm. A document is a claim, not a measurement: it says when it was read and where.
 */
import type { PipelineName } from "../Pipeline.ts";

export interface CatalogEntry {
  readonly model: string;
  readonly pipeline: PipelineName;
  readonly warmth: "claimed-warm";
  readonly source: string;
  /** ISO date on which the source said so. */
  readonly asOf: string;
}

const checklist = {
  warmth: "claimed-warm",
  source: "https://docs.livepeer.org/v2/developers/guides/ai/production-checklist",
  asOf: "2026-04-05",
} as const;

/** The four warm models of Livepeer's production checklist. */
export const catalog: ReadonlyArray<CatalogEntry> = [
  { pipeline: "text-to-image", model: "SG161222/RealVisXL_V4.0_Lightning", ...checklist },
  { pipeline: "image-to-image", model: "timbrooks/instruct-pix2pix", ...checklist },
  { pipeline: "audio-to-text", model: "openai/whisper-large-v3", ...checklist },
  { pipeline: "llm", model: "meta-llama/Meta-Llama-3.1-8B-Instruct", ...checklist },
];

/** The model to use when the caller names none: the pipeline's first documented warm one. */
export const defaultModel = (pipeline: PipelineName): string => {
  const entry = catalog.find((candidate) => candidate.pipeline === pipeline);
  if (entry === undefined) throw new Error(`The catalog lists no warm model for ${pipeline}.`);
  return entry.model;
};
