/** Sends the probes of one model, one at a time, through the client of this run; keeps what they were answered. */
import type { GatewayClientShape } from "@sluice/core/effect";
import { type GatewayError, isGatewayError } from "@sluice/errors";
import { type Evidence, type Probe, type ProbePlan, type ProbeStep, readMedia, runProbes } from "@sluice/models";
import { parseUsd } from "@sluice/pricing";
import type { Cost } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import { outcomeOf } from "./observedEnd.ts";

/** The last probe, as it was answered. */
export interface Sent {
  readonly status: number | null;
  readonly ms: number;
}

/** What one probe costs; fails as the call would. */
export const costOf = (client: GatewayClientShape, { pipeline, input }: Probe): Effect.Effect<Cost, GatewayError> =>
  Effect.tryPromise({
    try: async () => client.estimate(pipeline, input, await readMedia(pipeline, input)),
    catch: typed,
  });

/** In nano-USD; what a gateway does not charge for is nothing. */
export const nanoOf = ({ usd, charges }: Cost): bigint | undefined => (charges === "nothing" ? 0n : parseUsd(usd));

/** The step after the last; a failure that says nothing of warmth is one of the probing. */
export type NextStep = (remainingMs: number) => Effect.Effect<ProbeStep | undefined, GatewayError>;

export interface Prober {
  readonly next: NextStep;
  readonly last: () => Sent | undefined;
}

export const makeProber = (client: GatewayClientShape, plan: ProbePlan, price: bigint | undefined): Prober => {
  let last: Sent | undefined;
  let circumstances: { readonly signal: AbortSignal; readonly timeoutMs: number } | undefined;
  const steps = runProbes(plan, {
    quote: () => price,
    now: Date.now,
    send: async ({ pipeline, input }) => {
      const from = performance.now();
      const call = client.run(pipeline, input, { timeoutMs: circumstances?.timeoutMs });
      const ended = await Effect.runPromise(Effect.result(call), { signal: circumstances?.signal });
      const ms = Math.round(performance.now() - from);
      if (ended._tag === "Success") {
        last = { status: ended.success.meta.attempts.at(-1)?.status ?? null, ms };
        return { outcome: "answered", ms };
      }
      last = { status: ended.failure.attempts.at(-1)?.status ?? null, ms };
      const outcome = outcomeOf(ended.failure);
      if (outcome === undefined) throw ended.failure;
      return { outcome, ms };
    },
  });
  return {
    last: () => last,
    next: (remainingMs) =>
      Effect.tryPromise({
        try: async (signal) => {
          circumstances = { signal, timeoutMs: remainingMs };
          const step = await steps.next();
          return step.value ?? undefined;
        },
        catch: typed,
      }),
  };
};

const typed = (error: unknown): GatewayError => {
  if (isGatewayError(error)) return error;
  throw error;
};

/** A cold model and a cold start, in words. */
export const verdict = ({ says, coldStart }: Evidence): string => {
  if (says !== "warm") return says === "cold" ? "cold" : "nobody runs it: cold or absent";
  return coldStart === true ? "it was cold, and is warm now" : "warm";
};
