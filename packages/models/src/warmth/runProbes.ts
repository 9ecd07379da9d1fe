/**
 * Probes a model until it answers like a warm one, within a price. A step is taken when the caller asks for it: it waits
 * between probes as long as it likes, and stops by not asking. Free probes end in no other way at a model that stays cold.
 */
import type { PipelineName } from "../Pipeline.ts";
import type { Evidence } from "./Evidence.ts";
import { observed, type Outcome } from "./observed.ts";
import { type Probe, probeOf } from "./probeOf.ts";

/** What a caller brings: prices, a gateway and a clock. */
export interface ProbePorts {
  /** The price of one probe, in the unit of `maxCost`; `undefined` when none is known, which is not zero. */
  readonly quote: (probe: Probe) => bigint | undefined | Promise<bigint | undefined>;
  /** Sends it once and says how it ended, after how many milliseconds. A rejection ends the probing with it. */
  readonly send: (probe: Probe) => Promise<{ readonly outcome: Outcome; readonly ms: number }>;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

export interface ProbePlan {
  readonly pipeline: PipelineName;
  readonly model: string;
  readonly gateway: string;
  /** The most to spend on all probes together; one that would go beyond is not sent. */
  readonly maxCost: bigint;
}

/** Each probe that was sent, and at last one `stopped`. `spent` counts every probe that was sent, answered or not. */
export type ProbeStep =
  | { readonly kind: "probed"; readonly evidence: Evidence; readonly spent: bigint }
  | {
      readonly kind: "stopped";
      /**
       * `warm`: it answered as a warm model does. `budget`: another probe would cost too much. `unpriced`: nobody knows
       * what it costs. `impossible`: the pipeline has no probe. `absent`: the gateway does not offer it. `silent`: the
       * answer says nothing of warmth.
       */
      readonly why: "warm" | "budget" | "unpriced" | "impossible" | "absent" | "silent";
      /** For a person. */
      readonly sentence: string;
      readonly spent: bigint;
    };

export const runProbes = async function* (plan: ProbePlan, ports: ProbePorts): AsyncGenerator<ProbeStep, void, void> {
  const { pipeline, model, gateway, maxCost } = plan;
  let spent = 0n;
  const stopped = (why: Extract<ProbeStep, { kind: "stopped" }>["why"], sentence: string): ProbeStep => ({
    kind: "stopped",
    why,
    sentence,
    spent,
  });

  const probe = probeOf(pipeline, model);
  if (!probe.ok) return yield stopped("impossible", probe.reason);
  const price = await ports.quote(probe);
  if (price === undefined) {
    return yield stopped("unpriced", `What a probe of ${model} costs at ${gateway} is not known; none was sent.`);
  }
  while (spent + price <= maxCost) {
    const { outcome, ms } = await ports.send(probe);
    spent += price;
    const evidence = observed({
      pipeline,
      model,
      gateway,
      from: "probe",
      outcome,
      ms,
      at: ports.now(),
      source: gateway,
    });
    if (evidence === undefined) {
      return yield stopped("silent", `${gateway} answered in a way that says nothing of how warm ${model} is.`);
    }
    yield { kind: "probed", evidence, spent };
    if (evidence.says === "warm" && evidence.coldStart !== true) {
      return yield stopped("warm", `${model} is warm at ${gateway}.`);
    }
    if (evidence.says === "absent") return yield stopped("absent", `${gateway} does not offer ${pipeline}.`);
  }
  yield stopped("budget", `Another probe of ${model} would go beyond what it may cost.`);
};
