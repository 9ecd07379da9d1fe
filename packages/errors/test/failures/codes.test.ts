/** The codes are documented and stable: a change here is a breaking change. */
import { describe, expect, it } from "@effect/vitest";
import { ColdOrNoCapacity, type ColdSignal, DeadlineExceeded, MalformedResponse } from "../../src/index.ts";
import { subject } from "../wire.ts";
import { family, oneOfEach } from "./oneOfEach.ts";

const signals: ReadonlyArray<readonly [ColdSignal, string]> = [
  ["unavailable", "SLUICE-503-COLD"],
  ["closed", "SLUICE-503-CLOSED"],
  ["empty", "SLUICE-503-EMPTY"],
  ["masked", "SLUICE-503-MASKED"],
  ["proxy", "SLUICE-503-PROXY"],
];

describe("every failure", () => {
  it.each([
    ["Aborted", "SLUICE-499-ABORTED", true, true],
    ["ColdOrNoCapacity", "SLUICE-503-COLD", true, false],
    ["ConnectionFailed", "SLUICE-502-CONNECTION", true, false],
    ["DeadlineExceeded", "SLUICE-504-DEADLINE", true, true],
    ["EmptyResult", "SLUICE-502-EMPTY-RESULT", true, true],
    ["FileNotWritten", "SLUICE-507-FILE", false, true],
    ["Forbidden", "SLUICE-403-FORBIDDEN", false, false],
    ["InferenceFailed", "SLUICE-500-INFERENCE", true, true],
    ["InvalidConfiguration", "SLUICE-400-CONFIGURATION", false, false],
    ["InvalidRequest", "SLUICE-422-INVALID-REQUEST", false, false],
    ["MalformedResponse", "SLUICE-502-MALFORMED", false, true],
    ["MediaUnavailable", "SLUICE-404-MEDIA", false, true],
    ["OutcomeUnknown", "SLUICE-502-OUTCOME-UNKNOWN", true, true],
    ["PipelineNotOffered", "SLUICE-404-PIPELINE", false, false],
    ["PipelineRetired", "SLUICE-410-RETIRED", false, false],
    ["PriceExceeded", "SLUICE-402-PRICE", false, false],
    ["RateLimited", "SLUICE-429-RATE-LIMITED", true, false],
    ["Unauthorized", "SLUICE-401-UNAUTHORIZED", false, false],
  ] as const)("%s has the code %s (retryable: %s, may have run: %s)", (tag, code, retryable, mayHaveRun) => {
    expect(oneOfEach[tag]).toMatchObject({ _tag: tag, name: tag, code, retryable, mayHaveRun });
  });

  it("has a code of its own", () => {
    expect(new Set(family.map(({ code }) => code)).size).toBe(18);
  });

  it("has a fix in sentences", () => {
    for (const { fix } of family) expect(fix).toMatch(/^[A-Z`][^\n]+\.$/);
  });

  it.each(signals)("of missing capacity, said by %s, has the code %s", (signal, code) => {
    expect(new ColdOrNoCapacity({ ...subject, signal, status: null }).code).toBe(code);
  });
});

describe("what may have run, and been billed", () => {
  it("is a deadline that passed while an attempt was unanswered", () => {
    expect(new DeadlineExceeded({ ...subject, deadlineMs: 1, inFlight: true }).mayHaveRun).toBe(true);
    expect(new DeadlineExceeded({ ...subject, deadlineMs: 1, inFlight: false }).mayHaveRun).toBe(false);
  });

  it.each([
    [null, false],
    [200, true],
    [204, true],
    [302, false],
    [404, false],
  ])("is an answer that cannot be read, if its status is %s: %s", (status, mayHaveRun) => {
    expect(new MalformedResponse({ ...subject, status, reason: "it is odd" }).mayHaveRun).toBe(mayHaveRun);
  });
});
