/** Which model's warmth is asked for, and where. */
import type { PipelineName } from "../Pipeline.ts";
import type { Evidence } from "./Evidence.ts";

/** A model of a pipeline. A `CatalogEntry` is one, too. */
export interface WarmthSubject {
  readonly pipeline: PipelineName;
  /** In the exact spelling. */
  readonly model: string;
  /** As the evidence names it. Absent: at any gateway. */
  readonly gateway?: string | undefined;
}

/** Evidence that names no gateway is of the network that every gateway draws on. */
export const isAbout = (evidence: Evidence, { pipeline, model, gateway = evidence.gateway }: WarmthSubject): boolean =>
  evidence.pipeline === pipeline &&
  evidence.model === model &&
  (evidence.gateway === undefined || evidence.gateway === gateway);
