/** The codes are documented and stable: a change here is a breaking change. */
import { describe, expect, it } from "@effect/vitest";
import {
  Aborted,
  ColdOrNoCapacity,
  type ColdSignal,
  ConnectionFailed,
  type ConnectionReason,
  DeadlineExceeded,
  type GatewayErrorTag,
  MalformedResponse,
} from "../../src/index.ts";
import { subject, url } from "../wire.ts";
import { family, oneOfEach } from "./oneOfEach.ts";

type Row = readonly [code: string, retryable: boolean, mayHaveRun: boolean];

const classes: Readonly<Record<GatewayErrorTag, Row>> = {
  Aborted: ["SLUICE-499-ABORTED", true, true],
  BudgetExceeded: ["SLUICE-402-BUDGET", false, false],
  CircuitOpen: ["SLUICE-503-CIRCUIT-OPEN", true, false],
  ColdOrNoCapacity: ["SLUICE-503-COLD", true, false],
  ConnectionFailed: ["SLUICE-502-CONNECTION", true, false],
  DeadlineExceeded: ["SLUICE-504-DEADLINE", true, true],
  EmptyResult: ["SLUICE-502-EMPTY-RESULT", true, true],
  FileNotWritten: ["SLUICE-507-FILE", false, true],
  Forbidden: ["SLUICE-403-FORBIDDEN", false, false],
  InferenceFailed: ["SLUICE-500-INFERENCE", true, true],
  InvalidConfiguration: ["SLUICE-400-CONFIGURATION", false, false],
  InvalidRequest: ["SLUICE-422-INVALID-REQUEST", false, false],
  MalformedResponse: ["SLUICE-502-MALFORMED", false, true],
  MediaUnavailable: ["SLUICE-404-MEDIA", false, true],
  OutcomeUnknown: ["SLUICE-502-OUTCOME-UNKNOWN", true, true],
  PayloadTooLarge: ["SLUICE-413-TOO-LARGE", false, false],
  PaymentRequired: ["SLUICE-402-PAYMENT", false, false],
  PipelineNotOffered: ["SLUICE-404-PIPELINE", false, false],
  PipelineRetired: ["SLUICE-410-RETIRED", false, false],
  PolicyRefused: ["SLUICE-403-POLICY", false, false],
  PriceExceeded: ["SLUICE-402-PRICE", false, false],
  RateLimited: ["SLUICE-429-RATE-LIMITED", true, false],
  StreamTruncated: ["SLUICE-502-STREAM-TRUNCATED", true, true],
  Unauthorized: ["SLUICE-401-UNAUTHORIZED", false, false],
  UnsupportedMedia: ["SLUICE-415-UNSUPPORTED-MEDIA", false, false],
};

const signals: Readonly<Record<ColdSignal, string>> = {
  unavailable: "SLUICE-503-COLD",
  closed: "SLUICE-503-CLOSED",
  empty: "SLUICE-503-EMPTY",
  masked: "SLUICE-503-MASKED",
  "no-orchestrator": "SLUICE-503-NO-ORCHESTRATOR",
  proxy: "SLUICE-503-PROXY",
};

const rows = Object.entries(classes) as ReadonlyArray<readonly [GatewayErrorTag, Row]>;
const codesOfSignals = Object.entries(signals) as ReadonlyArray<readonly [ColdSignal, string]>;

describe("every failure", () => {
  it.each(rows)("%s has its code, and says whether it is retryable and may have run: %j", (tag, row) => {
    const [code, retryable, mayHaveRun] = row;
    expect(oneOfEach[tag]).toMatchObject({ _tag: tag, name: tag, code, retryable, mayHaveRun });
  });

  it("is one of 25 classes, and has a code of its own", () => {
    expect(rows.length).toBe(25);
    expect(new Set(family.map(({ code }) => code)).size).toBe(rows.length);
  });

  it("has a code of one form, which begins with the status of an API that passes it on", () => {
    for (const code of [...rows.map(([, [first]]) => first), ...Object.values(signals)]) {
      expect(code).toMatch(/^SLUICE-[45]\d\d-[A-Z]+(-[A-Z]+)*$/);
    }
  });

  it.each(codesOfSignals)("of missing capacity, said by %s, has the code %s", (signal, code) => {
    const error = new ColdOrNoCapacity({ ...subject, signal, status: null });
    expect([error.code, error.retryable]).toEqual([code, true]);
  });

  it("of missing capacity has a code for each of its signals", () => {
    expect(new Set(Object.values(signals)).size).toBe(6);
  });
});

describe("docsUrl", () => {
  it("is the page of the code in the error catalogue", () => {
    for (const { docsUrl, code } of family) {
      expect(docsUrl).toBe(`https://github.com/livepeer/sluice/blob/main/docs/errors/${code}.md`);
    }
    const { docsUrl } = new ColdOrNoCapacity({ ...subject, signal: "masked", status: 500 });
    expect(docsUrl).toMatch(/\/docs\/errors\/SLUICE-503-MASKED\.md$/);
  });
});

describe("what is worth another attempt", () => {
  it.each<readonly [ConnectionReason, boolean]>([
    ["refused", true],
    ["dns", true],
    ["timeout", true],
    ["unreachable", true],
    ["incomplete", true],
    ["tls", false],
    ["proxy-auth", false],
  ])("is a connection that failed by %s: %s", (reason, retryable) => {
    const error = new ConnectionFailed({ ...subject, reason, url });
    expect([error.retryable, error.mayHaveRun]).toEqual([retryable, false]);
  });
});

describe("what may have run, and been billed", () => {
  it("is a deadline that passed while an attempt was unanswered", () => {
    expect(new DeadlineExceeded({ ...subject, deadlineMs: 1, inFlight: true }).mayHaveRun).toBe(true);
    expect(new DeadlineExceeded({ ...subject, deadlineMs: 1, inFlight: false }).mayHaveRun).toBe(false);
  });

  it("is a call that was aborted while an attempt was unanswered, or nobody knows", () => {
    expect(new Aborted({ ...subject, inFlight: true }).mayHaveRun).toBe(true);
    expect(new Aborted(subject).mayHaveRun).toBe(true);
    expect(new Aborted({ ...subject, inFlight: false }).mayHaveRun).toBe(false);
  });

  it.each([
    [null, false],
    [200, true],
    [204, true],
    [299, true],
    [300, false],
    [302, false],
    [404, false],
  ])("is an answer that cannot be read, if its status is %s: %s", (status, mayHaveRun) => {
    expect(new MalformedResponse({ ...subject, status, reason: "it is odd" }).mayHaveRun).toBe(mayHaveRun);
  });

  it.each<readonly [ColdSignal, number | null, boolean]>([
    ["masked", 500, true],
    ["proxy", 502, false],
    ["proxy", 504, true],
    ["proxy", 520, true],
    ["proxy", 521, false],
    ["proxy", 522, false],
    ["proxy", 523, false],
    ["proxy", 524, true],
    ["proxy", 530, false],
    ["unavailable", 503, false],
    ["unavailable", 504, false],
    ["closed", null, false],
    ["empty", 200, false],
    ["no-orchestrator", 400, false],
  ])("is missing capacity, said by %s with the status %s: %s", (signal, status, mayHaveRun) => {
    expect(new ColdOrNoCapacity({ ...subject, signal, status }).mayHaveRun).toBe(mayHaveRun);
  });
});
