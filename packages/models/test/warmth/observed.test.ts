import { describe, expect, it } from "vitest";
import { observed, type ObservedCall, type Outcome } from "../../src/warmth/observed.ts";

const call = (fields: Partial<ObservedCall>): ObservedCall => ({
  pipeline: "text-to-image",
  model: "stabilityai/sdxl-turbo",
  gateway: "livepeer-cloud",
  from: "call",
  outcome: "answered",
  at: 5_000,
  ms: 400,
  source: "req_1",
  ...fields,
});

describe("what a call shows", () => {
  it("is warm, with the time it took and who saw it", () => {
    expect(observed(call({}))).toEqual({
      pipeline: "text-to-image",
      model: "stabilityai/sdxl-turbo",
      gateway: "livepeer-cloud",
      from: "call",
      says: "warm",
      at: 5_000,
      ms: 400,
      source: "req_1",
    });
  });

  it.each([
    ["text-to-image", 19_999, false],
    ["text-to-image", 20_000, true],
    ["llm", 41_000, true],
    ["image-to-video", 41_000, false],
    ["image-to-video", 90_000, true],
  ] as const)("of %s answered after %i ms: a cold start is %s", (pipeline, ms, coldStart) => {
    const { says, ...evidence } = observed(call({ pipeline, ms }))!;
    expect([says, evidence.coldStart === true]).toEqual(["warm", coldStart]);
  });

  it.each<[Outcome, string | undefined]>([
    ["unavailable", "cold"],
    ["closed", "failing"],
    ["empty", "failing"],
    ["masked", "failing"],
    ["no-orchestrator", "failing"],
    ["proxy", "failing"],
    ["not-offered", "absent"],
    ["other", undefined],
  ])("that ended as %s is %s", (outcome, says) => {
    for (const ms of [1, 100_000]) expect(observed(call({ outcome, ms }))?.says).toBe(says);
  });

  it("that ran into its caller's timeout is a failure only after as long as a model takes to load", () => {
    expect(observed(call({ outcome: "timeout", ms: 5_000 }))).toBeUndefined();
    expect(observed(call({ outcome: "timeout", ms: 60_000, from: "probe" }))).toMatchObject({
      says: "failing",
      from: "probe",
      ms: 60_000,
    });
  });
});
