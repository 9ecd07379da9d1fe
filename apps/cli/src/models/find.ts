/** Which pipelines a model is of, or why nobody knows. */
import {
  type CatalogEntry,
  type Evidence,
  modelsOf,
  nearestModel,
  type PipelineName,
  pipelineNames,
} from "@sluice/models";
import { type Failed, failed } from "../failures/Failed.ts";

export interface Place {
  readonly pipeline: PipelineName;
  readonly entry: CatalogEntry | undefined;
}

/** By the catalog, and by what the network says. */
export const placesOf = (
  model: string,
  pipeline: PipelineName | undefined,
  evidence: ReadonlyArray<Evidence> = [],
): ReadonlyArray<Place> =>
  (pipeline === undefined ? pipelineNames : [pipeline]).flatMap((name) => {
    const entry = modelsOf(name).find((one) => one.model === model);
    const isSeen = evidence.some((one) => one.pipeline === name && one.model === model);
    return entry === undefined && !isSeen ? [] : [{ pipeline: name, entry }];
  });

/** With the model that may be meant. */
export const unknownModel = (model: string, pipeline: PipelineName | undefined): Failed => {
  const elsewhere = pipeline === undefined ? [] : placesOf(model, undefined);
  const [other] = elsewhere;
  if (pipeline !== undefined && other !== undefined) {
    const names = elsewhere.map((place) => place.pipeline).join(", ");
    return failed("SLUICE-USAGE", { message: `${model} is not known for ${pipeline}`, fix: `It is of ${names}.` });
  }
  const asked = pipeline === undefined ? pipelineNames : [pipeline];
  const meant = asked.map((name) => nearestModel(name, model)).find((id) => id !== undefined);
  return failed("SLUICE-USAGE", {
    message: `"${model}" is in no list of models${pipeline === undefined ? "" : ` for ${pipeline}`}`,
    fix:
      meant === undefined
        ? "Ids are exact, such as ByteDance/SDXL-Lightning; see `sluice models list`."
        : `Did you mean ${meant}?`,
    ...(meant === undefined ? {} : { detail: { meant } }),
  });
};
