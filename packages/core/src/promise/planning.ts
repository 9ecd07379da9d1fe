/** What can be asked and told before a call. */
import type { Evidence, MediaFacts, PipelineName } from "@sluice/models";
import type { Cost } from "@sluice/telemetry";
import type { CallInput } from "../pipelines/CallInput.ts";
import { estimate as estimateOf } from "../pipelines/estimate.ts";
import { type Gateway, partsOf } from "./Gateway.ts";

/**
 * What a call would cost, before it is sent: exact, and what its result's `meta.cost` will say. Of a pipeline that takes
 * a file, from the file's `facts`, which `readMedia` of @sluice/models finds. Throws the error that the call would fail with.
 */
export const estimate = <Name extends PipelineName>(
  gateway: Gateway,
  pipeline: Name,
  input: CallInput<Name>,
  facts?: MediaFacts,
): Cost => estimateOf(partsOf(gateway).engine, pipeline, input, facts);

/** Tells the client how warm models are, as `readNetworkCapabilities` and others of @sluice/models find it out. */
export const learn = (gateway: Gateway, evidence: ReadonlyArray<Evidence>): void => {
  partsOf(gateway).engine.warmth.learn(evidence);
};
