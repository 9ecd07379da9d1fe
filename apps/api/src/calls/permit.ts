/** What a key may call. */
import type { PipelineName } from "@sluice/models";
import { Refusal } from "../http/Refusal.ts";
import type { Key } from "../keys/Key.ts";

/** Throws a `Refusal` for a pipeline that is not among the key's. */
export const permitPipeline = ({ name, pipelines }: Key, pipeline: PipelineName): void => {
  if (pipelines === undefined || pipelines.has(pipeline)) return;
  throw new Refusal("permission", `The key "${name}" may not use ${pipeline}.`, { fix: among(pipelines) });
};

/** The same for the model that is going to be asked, whoever has chosen it: the caller, the operator or the gateway's profile. */
export const permitModel = ({ name, models }: Key, model: string): void => {
  if (models === undefined || models.has(model)) return;
  // A name that a caller made up is not repeated.
  throw new Refusal("permission", `The key "${name}" may not use this model.`, { fix: among(models) });
};

const among = (names: ReadonlySet<string>): string => `It may use ${[...names].join(", ")}.`;
