/** Asks models for the smallest thing they do, one after the other, and for no more than may be spent on all together. */
import type { GatewayClientShape } from "@sluice/core/effect";
import type { GatewayError } from "@sluice/errors";
import { type Evidence, type PipelineName, probeOf } from "@sluice/models";
import type { Probe, Probed } from "@sluice/readiness";
import * as Effect from "effect/Effect";
import * as Semaphore from "effect/Semaphore";
import { formatDuration } from "../../duration.ts";
import { costOf, makeProber, nanoOf, verdict } from "../../models/prober.ts";
import { pipelineNamed } from "../../pipelines.ts";

export interface ProbeLimits {
  /** Of all probes together, in nano-USD. */
  readonly maxCost: bigint;
  /** Of one probe. */
  readonly timeoutMs: number;
}

/** Each is priced before it is sent, and counts as spent from then on, answered or not. */
export const makeProbe = (client: GatewayClientShape, { maxCost, timeoutMs }: ProbeLimits): Probe => {
  const turn = Semaphore.makeUnsafe(1);
  let spent = 0n;

  const send = (pipeline: PipelineName, model: string): Effect.Effect<Probed, GatewayError> =>
    Effect.gen(function* () {
      const asked = probeOf(pipeline, model);
      if (!asked.ok) return refused(asked.reason);
      const price = nanoOf(yield* costOf(client, asked));
      const plan = { pipeline, model, gateway: client.gateway, maxCost: maxCost - spent };
      const prober = makeProber(client, plan, price);
      if (price !== undefined && spent + price <= maxCost) spent += price;
      const step = yield* prober.next(timeoutMs);
      const ms = prober.last()?.ms ?? 0;
      if (step?.kind === "probed") return probed(step.evidence, ms);
      if (step?.why === "silent") return { end: "failed", ms, said: step.sentence };
      return refused(step?.sentence ?? "It was not sent.");
    });

  return ({ pipeline: name, model }) => {
    const pipeline = pipelineNamed(name);
    if (pipeline === undefined) return Effect.succeed(refused(`There is no pipeline ${name}.`));
    const sent = Effect.catch(send(pipeline, model), ({ message }) =>
      Effect.succeed<Probed>({ end: "failed", ms: 0, said: message }),
    );
    return turn.withPermits(1)(sent);
  };
};

const refused = (said: string): Probed => ({ end: "refused", ms: 0, said });

const probed = (evidence: Evidence, ms: number): Probed => ({
  end: evidence.says === "warm" && evidence.coldStart !== true ? "warm" : "cold",
  ms,
  said: `${verdict(evidence)}, after ${formatDuration(ms)}`,
});
