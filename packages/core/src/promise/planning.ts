/** What can be asked and told before a call. */
import type { Evidence, MediaFacts, PipelineName } from "@sluice/models";
import type { Cost } from "@sluice/telemetry";
import type { EstimateInput } from "../pipelines/CallInput.ts";
import { estimate as estimateOf } from "../pipelines/estimate.ts";
import { type Gateway, partsOf } from "./Gateway.ts";

/**
 * What a call would cost now, before it is sent: exact, and what its result's `meta.cost` will say, of the route that
 * would be asked first. Of a pipeline that takes a file, from the file as bytes or a Blob (not of `toFile`, which only a
 * call opens) and its `facts`, which `readMedia(pipeline, input)` of @sluice/models finds. It is synchronous, and throws
 * the `GatewayError` that the call would fail with before it is sent.
 */
export const estimate = <Name extends PipelineName>(
  gateway: Gateway,
  pipeline: Name,
  input: EstimateInput<Name>,
  facts?: MediaFacts,
): Cost => estimateOf(partsOf(gateway).engine, pipeline, input, facts);

/** Tells the client how warm models are, as `readNetworkCapabilities` and others of @sluice/models find it out. */
export const learn = (gateway: Gateway, evidence: ReadonlyArray<Evidence>): void => {
  partsOf(gateway).engine.warmth.learn(evidence);
};
