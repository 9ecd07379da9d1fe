/** The model that a request is for: the one that it names, or the first that is documented for its pipeline. */
import { type BatchPipeline, documentedModels } from "../documentedModels.ts";

export const modelOf = (pipeline: BatchPipeline, named: unknown): unknown =>
  named ?? Object.keys(documentedModels[pipeline])[0];
