/** What people read: one sentence that names the subject, and what to do. */
import { describe, expect, it } from "@effect/vitest";
import * as errors from "../../src/index.ts";
import { model, subject, url } from "../wire.ts";
import { family, oneOfEach } from "./oneOfEach.ts";

const anonymous = { gateway: "my-gateway", pipeline: "text-to-image" };
const attempt = { status: 503, outcome: "SLUICE-503-COLD", ms: 12, waitedMs: 1000 };

describe("a message", () => {
  it("says what happened in one line", () => {
    for (const { message } of family) expect(message).toMatch(/^\S[^\n]+\S$/);
  });

  it.each([
    [oneOfEach.Unauthorized, "my-gateway did not accept the API key."],
    [oneOfEach.PipelineRetired, "my-gateway has retired text-to-image; it will not come back."],
    [oneOfEach.EmptyResult, "my-gateway reported success, but its text-to-image answer holds no result."],
    [oneOfEach.Forbidden, "The API key may not use text-to-image on my-gateway: user is suspended."],
    [oneOfEach.MediaUnavailable, `my-gateway no longer has ${url} (HTTP 404).`],
    [oneOfEach.FileNotWritten, "The result could not be written to out/a.png: the disk is full."],
    [oneOfEach.InvalidConfiguration, "Sluice is not configured correctly: gateway: is unknown."],
    [oneOfEach.InvalidRequest, "This text-to-image request is invalid: prompt: is required"],
    [oneOfEach.InferenceFailed, `text-to-image failed on my-gateway with ${model} (HTTP 500).`],
    [
      new errors.InferenceFailed({ ...anonymous, status: 500, detail: "oom" }),
      "text-to-image failed on my-gateway (HTTP 500: oom).",
    ],
    [new errors.PipelineNotOffered(subject), "my-gateway does not offer text-to-image."],
    [oneOfEach.PipelineNotOffered, `my-gateway does not offer text-to-image at ${url}.`],
    [oneOfEach.PriceExceeded, "This text-to-image call would cost $0.019922944, and the limit is $0.01."],
    [
      new errors.PriceExceeded({ ...subject, quotedUsd: "unknown", maxCostUsd: "0.01" }),
      "This text-to-image call would cost an unknown amount, and the limit is $0.01.",
    ],
    [
      oneOfEach.OutcomeUnknown,
      "The connection to my-gateway broke after the request was sent; whether text-to-image ran is unknown.",
    ],
    [
      new errors.OutcomeUnknown({ ...subject, status: 200 }),
      "The connection to my-gateway broke in the middle of the answer; whether text-to-image ran is unknown.",
    ],
    [
      new errors.ColdOrNoCapacity({ ...anonymous, signal: "closed", status: null }),
      "my-gateway has no warm orchestrator for this model: it closed the connection without an answer, as go-livepeer does when no orchestrator takes the request.",
    ],
    [
      new errors.MalformedResponse({ ...subject, status: null, reason: "it is not HTTP" }),
      "my-gateway answered text-to-image, but it is not HTTP.",
    ],
  ])("of $_tag reads well", (error, message) => {
    expect(error.message).toBe(message);
  });

  it.each([
    [[], "(0 attempts)"],
    [[attempt], "(1 attempt)"],
    [[attempt, attempt], "(2 attempts)"],
  ])("counts the attempts of a call that took too long", (attempts, counted) => {
    const error = new errors.DeadlineExceeded({ ...subject, deadlineMs: 1500, inFlight: false, attempts });
    expect(error.message).toBe(`text-to-image with ${model} on my-gateway gave no result within 1.5 s ${counted}.`);
  });
});

describe("a fix", () => {
  it("names the fields to change", () => {
    const fields = [
      { path: "width", message: "too big" },
      { path: "", message: "odd" },
      { path: "seed", message: "too small" },
    ];
    expect(new errors.InvalidRequest({ ...subject, status: 422, fields }).fix).toContain("Change `width`, `seed` as");
    expect(oneOfEach.InvalidConfiguration.fix).toBe("Correct `gateway`.");
  });

  it("says when to come back", () => {
    expect(oneOfEach.RateLimited.fix).toBe(
      "Come back at 2026-11-22T12:00:02.000Z, or ask the gateway's operator for a higher limit.",
    );
    expect(new errors.RateLimited(subject).fix).toMatch(/^Send fewer requests at once, or /);
  });

  it("speaks of the certificate only when TLS failed", () => {
    expect(new errors.ConnectionFailed({ ...subject, reason: "tls", url }).fix).toContain("certificate");
    expect(oneOfEach.ConnectionFailed.fix).toContain("Check the base URL");
  });

  it("tells a loading model from what a misspelt one looks like", () => {
    expect(oneOfEach.ColdOrNoCapacity.fix).toContain("Wait (30 s to several minutes is normal)");
    expect(new errors.ColdOrNoCapacity({ ...subject, signal: "closed", status: null }).fix).toContain("exact spelling");
  });

  it("for a result that could not be written says where it still is", () => {
    expect(oneOfEach.FileNotWritten.fix).toContain(url);
  });
});
