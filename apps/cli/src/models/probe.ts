/** `sluice models probe`. */
import { nearestModel, type PipelineName, probeOf } from "@sluice/models";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ProbeInput } from "../commands/models.ts";
import { type Failed, failed } from "../failures/Failed.ts";
import { openGateway } from "../gateway/openGateway.ts";
import { keepHistory } from "../history/keepHistory.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import type { ModelsProbePlan } from "../results/models.ts";
import { loadSettings } from "../settings/Settings.ts";
import { placesOf, unknownModel } from "./find.ts";
import { costOf } from "./prober.ts";
import { eachOf, type Probing, sendProbes } from "./sendProbes.ts";

/** In USD. */
const usualMost = "0.05";

export const run = (flags: ProbeInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const { model, gateway, timeout, maxCost: max_cost } = flags;
    const settings = yield* loadSettings({ gateway, timeout, max_cost });
    const pipeline = yield* pipelineOf(model, Option.getOrUndefined(flags.pipeline));
    const probe = probeOf(pipeline, model);
    if (!probe.ok)
      return yield* failed("SLUICE-USAGE", {
        message: probe.reason,
        fix: "Look at what the network says: sluice models list.",
      });
    const meant = nearestModel(pipeline, model);
    if (meant !== undefined) output.note(`! ids are exact; did you mean ${meant}?`);
    const history = yield* keepHistory(settings);
    // The limit is that of all probes together.
    const unlimited = { ...settings, max_cost: { ...settings.max_cost, value: undefined } };
    const client = yield* openGateway(unlimited, { maxRetries: 0, onEvent: history.onEvent });
    const cost = yield* costOf(client, probe);
    const probing: Probing = { probe, client, cost, settings, most: settings.max_cost.value ?? usualMost };
    if (flags.dryRun) showPlan(probing, output);
    else yield* sendProbes(probing, flags, output);
  }).pipe(Effect.scoped);

/** A model of several pipelines is warm in each of them apart. */
const pipelineOf = (model: string, given: PipelineName | undefined): Effect.Effect<PipelineName, Failed> => {
  if (given !== undefined) return Effect.succeed(given);
  const [place, ...others] = placesOf(model, undefined);
  if (place === undefined) return Effect.fail(unknownModel(model, undefined));
  if (others.length === 0) return Effect.succeed(place.pipeline);
  const names = [place, ...others].map((one) => one.pipeline).join(", ");
  return Effect.fail(
    failed("SLUICE-USAGE", { message: `${model} is of ${names}`, fix: `Say which: --pipeline ${place.pipeline}` }),
  );
};

const showPlan = ({ probe, client, cost, most }: Probing, output: OutputShape): void => {
  const { pipeline, model } = probe;
  const request = Object.fromEntries(Object.entries(probe.input).map(([name, value]) => [name, plainField(value)]));
  output.note(`would send to ${client.gateway}, one attempt each: ${eachOf(cost)}, at most $${most} together`);
  output.product(`${JSON.stringify(request, undefined, 2)}\n`);
  const done: ModelsProbePlan = {
    message: "nothing was sent",
    ...{ pipeline, model, gateway: client.gateway, dryRun: true, request },
    ...{ eachUsd: cost.usd, charges: cost.charges, maxCostUsd: most },
  };
  output.done(done);
};

const plainField = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return `<a file of ${value.length} bytes>`;
  return value instanceof Blob ? `<a file of ${value.size} bytes>` : value;
};
