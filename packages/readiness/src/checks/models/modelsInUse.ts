/** The models that production uses: those in launch.toml; where it names none, those that were called. */
import { type CatalogEntry, findModel, pipelineNames } from "@sluice/models";
import type { Verdict } from "../Check.ts";
import type { CallEnded } from "@sluice/telemetry";
import type { LaunchSettings } from "../../settings/LaunchSettings.ts";

export type ModelInUse = LaunchSettings["models"][number];

/** The load test that launch.toml asks for unless it says otherwise. */
const usual = { latency_sensitive: true, calls: 20, concurrency: 4 } as const;

export const modelsInUse = ({ models }: LaunchSettings, calls: ReadonlyArray<CallEnded>): ReadonlyArray<ModelInUse> =>
  models.length > 0 ? models : seen(calls);

const seen = (calls: ReadonlyArray<CallEnded>): ReadonlyArray<ModelInUse> => {
  const found = new Map<string, ModelInUse>();
  for (const { pipeline, model } of calls)
    if (model !== undefined) found.set(`${pipeline} ${model}`, { pipeline, model, ...usual });
  return [...found.values()];
};

/** Its calls of the last so many milliseconds, among others. */
export const callsOf = (
  { pipeline, model }: ModelInUse,
  calls: ReadonlyArray<CallEnded>,
  { now, lastMs }: { readonly now: number; readonly lastMs: number },
): ReadonlyArray<CallEnded> =>
  calls.filter((call) => call.pipeline === pipeline && call.model === model && now - call.at <= lastMs);

/** What the catalog says of it; `undefined` where no list knows it. */
export const listed = ({ pipeline, model }: Pick<ModelInUse, "pipeline" | "model">): CatalogEntry | undefined => {
  const known = pipelineNames.find((name) => name === pipeline);
  return known === undefined ? undefined : findModel(known, model);
};

/** What a check says where it knows of no model. */
export const noModels = (isService: boolean): Verdict => ({
  status: "manual",
  evidence: isService ? "no calls are known here yet" : "launch.toml names no models, and no calls are known here",
  why: "which models an application uses is in its requests, and none was seen",
  fix: isService
    ? "Make a call with each model, and look again"
    : 'Name each in launch.toml: [[models]], pipeline = "text-to-image", model = "SG161222/RealVisXL_V4.0_Lightning"',
});
