import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/warmth/observed.ts";
import type { Probe } from "../../src/warmth/probeOf.ts";
import { type ProbePlan, type ProbePorts, type ProbeStep, runProbes } from "../../src/warmth/runProbes.ts";

type Answer = readonly [outcome: Outcome, ms: number];

const plan: ProbePlan = {
  pipeline: "text-to-image",
  model: "stabilityai/sdxl-turbo",
  gateway: "livepeer-cloud",
  maxCost: 100n,
};

/** A gateway that gives these answers, the last one for ever, on a clock that only requests move. */
const gateway = (answers: ReadonlyArray<Answer>, price: bigint | undefined = 10n) => {
  const sent: Array<Probe> = [];
  let time = 0;
  const ports: ProbePorts = {
    quote: () => price,
    send: async (probe) => {
      const [outcome, ms] = answers[Math.min(sent.length, answers.length - 1)]!;
      sent.push(probe);
      time += ms;
      return { outcome, ms };
    },
    now: () => time,
  };
  return { sent, ports };
};

const stepsOf = async (ports: ProbePorts, changes: Partial<ProbePlan> = {}): Promise<ReadonlyArray<ProbeStep>> => {
  const steps: Array<ProbeStep> = [];
  for await (const step of runProbes({ ...plan, ...changes }, ports)) steps.push(step);
  return steps;
};

const brief = (steps: ReadonlyArray<ProbeStep>) =>
  steps.map((step) => (step.kind === "probed" ? step.evidence.says : step.why));

describe("probes", () => {
  it("go on while the model is cold, and after its cold start, until an answer is a warm one", async () => {
    const { sent, ports } = gateway([
      ["unavailable", 300],
      ["closed", 20],
      ["answered", 41_200],
      ["answered", 1_100],
    ]);
    const steps = await stepsOf(ports);
    expect(brief(steps)).toEqual(["cold", "failing", "warm", "warm", "warm"]);
    expect(steps[2]).toEqual({
      kind: "probed",
      evidence: {
        pipeline: plan.pipeline,
        model: plan.model,
        gateway: plan.gateway,
        from: "probe",
        says: "warm",
        coldStart: true,
        ms: 41_200,
        at: 41_520,
        source: plan.gateway,
      },
      spent: 30n,
    });
    expect(steps.at(-1)).toEqual({
      kind: "stopped",
      why: "warm",
      sentence: "stabilityai/sdxl-turbo is warm at livepeer-cloud.",
      spent: 40n,
    });
    expect(sent).toHaveLength(4);
    expect(sent[0]).toMatchObject({ pipeline: plan.pipeline, model: plan.model });
  });

  it.each([
    [0n, 0],
    [9n, 0],
    [10n, 1],
    [29n, 2],
    [30n, 3],
  ])("that may cost %i at 10 each are %i", async (maxCost, count) => {
    const { sent, ports } = gateway([["unavailable", 1]]);
    const steps = await stepsOf(ports, { maxCost });
    expect(sent).toHaveLength(count);
    expect(steps.at(-1)).toMatchObject({ kind: "stopped", why: "budget", spent: BigInt(count) * 10n });
  });

  it("of an unknown price are none: unknown is not free", async () => {
    const { sent, ports } = gateway([["answered", 1]]);
    expect(brief(await stepsOf({ ...ports, quote: () => undefined }))).toEqual(["unpriced"]);
    expect(sent).toEqual([]);
  });

  it("that are free need no budget, and wait for the caller, who may stop asking", async () => {
    const { sent, ports } = gateway([["unavailable", 1]], 0n);
    for await (const step of runProbes({ ...plan, maxCost: 0n }, ports)) {
      expect(step).toMatchObject({ kind: "probed", spent: 0n });
      if (sent.length === 5) break;
    }
    expect(sent).toHaveLength(5);
  });

  it("of a live stream are none", async () => {
    const { sent, ports } = gateway([["answered", 1]]);
    const steps = await stepsOf(ports, { pipeline: "live-video-to-video", model: "noop" });
    expect(brief(steps)).toEqual(["impossible"]);
    expect(steps[0]).toMatchObject({
      sentence: expect.stringMatching(/cannot be probed cheaply/) as string,
      spent: 0n,
    });
    expect(sent).toEqual([]);
  });

  it.each([
    ["other", ["silent"]],
    ["not-offered", ["absent", "absent"]],
  ] as const)("stop at an answer that more probes will not change: %s", async (outcome, steps) => {
    const { sent, ports } = gateway([[outcome, 1]]);
    expect(brief(await stepsOf(ports))).toEqual(steps);
    expect(sent).toHaveLength(1);
  });

  it("end with what the gateway's port fails with", async () => {
    const { ports } = gateway([["answered", 1]]);
    const broken = { ...ports, send: () => Promise.reject(new Error("aborted")) };
    await expect(stepsOf(broken)).rejects.toThrow("aborted");
  });

  it("never spend more than they may, count all that they spend, and stop once", async () => {
    const outcome = fc.constantFrom<Outcome>("answered", "unavailable", "closed", "timeout", "not-offered", "other");
    const answer = fc.tuple(outcome, fc.integer({ min: 0, max: 300_000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1 }),
        fc.bigInt({ min: 1n, max: 50n }),
        fc.bigInt({ min: 0n, max: 200n }),
        async (answers, price, maxCost) => {
          const { sent, ports } = gateway(answers, price);
          const steps = await stepsOf(ports, { maxCost });
          expect(steps.filter(({ kind }) => kind === "stopped")).toEqual(steps.slice(-1));
          expect(steps.at(-1)?.spent).toBe(BigInt(sent.length) * price);
          expect(BigInt(sent.length) * price <= maxCost).toBe(true);
        },
      ),
    );
  });
});
