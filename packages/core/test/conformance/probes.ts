/** The cheapest request of a pipeline, for the model that a gateway would be asked for. */
import type { CallInput, PipelineName } from "@sluice/core";
import { defaultModel, type GatewayProfile, type ProbedPipeline, probeOf } from "@sluice/models";

export const isBatch = (pipeline: PipelineName): pipeline is ProbedPipeline => pipeline !== "live-video-to-video";

export const probeOn = <Name extends ProbedPipeline>(
  { defaultModels }: GatewayProfile,
  pipeline: Name,
): CallInput<Name> => {
  const probe = probeOf(pipeline, defaultModels[pipeline] ?? defaultModel(pipeline));
  if (!probe.ok) throw new Error(probe.reason);
  return probe.input as CallInput<Name>;
};
