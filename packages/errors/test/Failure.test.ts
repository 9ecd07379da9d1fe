import { describe, expect, it } from "@effect/vitest";
import { inspect } from "node:util";
import { ColdOrNoCapacity, DeadlineExceeded, isGatewayError, OutcomeUnknown, RateLimited } from "../src/index.ts";
import { family, oneOfEach } from "./failures/oneOfEach.ts";
import { noon, subject } from "./wire.ts";

const attempts = [
  { status: 503, outcome: "SLUICE-503-COLD", ms: 12, waitedMs: 1000 },
  { status: null, outcome: "SLUICE-503-CLOSED", ms: 30, waitedMs: 0 },
];

describe("with: a failure of which more becomes known", () => {
  it.each(family)("stays $_tag, with all that it said before", (error) => {
    const more = error.with({ requestId: "r-1", attempts });
    expect(more).toBeInstanceOf(error.constructor);
    expect(isGatewayError(more, error._tag)).toBe(true);
    expect(more.toJSON()).toEqual({ ...error.toJSON(), message: more.message, requestId: "r-1", attempts });
  });

  it("leaves the failure itself as it was", () => {
    const before = JSON.stringify(oneOfEach.RateLimited);
    oneOfEach.RateLimited.with({ gateway: "other", attempts });
    expect(JSON.stringify(oneOfEach.RateLimited)).toBe(before);
  });

  it("words its message and fix anew", () => {
    const late = new DeadlineExceeded({ ...subject, deadlineMs: 300_000, inFlight: false });
    expect(late.message).toContain("(0 attempts)");
    expect(late.with({ attempts }).message).toContain("(2 attempts)");
    expect(late.with({ gateway: "other" }).message).toContain("on other gave");
  });

  it("can be told more, again and again", () => {
    const error = oneOfEach.ColdOrNoCapacity.with({ requestId: "r-1" }).with({ attempts }).with({ gateway: "other" });
    expect(error).toMatchObject({ requestId: "r-1", attempts, gateway: "other", signal: "unavailable", status: 503 });
  });

  it("keeps its cause, or takes a new one", () => {
    const cause = new Error("ECONNRESET");
    const error = new OutcomeUnknown({ ...subject, status: null, cause });
    expect(error.with({ requestId: "r-1" }).cause).toBe(cause);
    expect(error.with({ cause: oneOfEach.RateLimited }).cause).toBe(oneOfEach.RateLimited);
  });

  it("still points to where it came from, under its present message", () => {
    const error = new RateLimited(subject);
    const more = error.with({ gateway: "other" });
    const place = /Failure\.test\.ts:\d+:\d+/;
    expect(place.exec(more.stack ?? "")?.[0]).toBe(place.exec(error.stack ?? "")?.[0]);
    for (const text of [more.stack ?? "", inspect(more)]) {
      expect(text).toContain("other limits the rate of requests.");
      expect(text).not.toContain("my-gateway limits the rate of requests.");
    }
  });
});

describe("toJSON", () => {
  it("holds what is known, and nothing else", () => {
    const error = new RateLimited({ ...subject, retryAfterMs: 2000, retryAt: new Date(noon).toISOString(), attempts });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      tag: "RateLimited",
      code: "SLUICE-429-RATE-LIMITED",
      message: "my-gateway limits the rate of requests; it takes the next one in 2 s, at 2026-11-22T12:00:00.000Z.",
      fix: "Come back at 2026-11-22T12:00:00.000Z, or ask the gateway's operator for a higher limit.",
      retryable: true,
      mayHaveRun: false,
      gateway: "my-gateway",
      pipeline: "text-to-image",
      model: "SG161222/RealVisXL_V4.0_Lightning",
      retryAfterMs: 2000,
      retryAt: "2026-11-22T12:00:00.000Z",
      attempts,
    });
  });

  it.each(family)("of $_tag has a tag, a code, a message and a fix, and no stack", (error) => {
    const { _tag: tag, code, message, fix } = error;
    const json = JSON.parse(JSON.stringify(error)) as Readonly<Record<string, unknown>>;
    expect(json).toMatchObject({ tag, code, message, fix, attempts: [] });
    for (const key of ["_tag", "name", "stack", "cause", "input"]) expect(json).not.toHaveProperty(key);
  });

  it("shows a cause of the family by its code and message", () => {
    const { code, message } = oneOfEach.RateLimited;
    const error = new DeadlineExceeded({ ...subject, deadlineMs: 1, inFlight: false, cause: oneOfEach.RateLimited });
    expect(error.toJSON()["cause"]).toEqual({ code, message });
  });

  it("shows no cause from elsewhere, which may hold anything", () => {
    for (const cause of [new Error("sk-live-7c1d0e5f"), "sk-live-7c1d0e5f", { token: "sk-live-7c1d0e5f" }, null]) {
      const error = new OutcomeUnknown({ ...subject, status: null, cause });
      expect(error.cause).toBe(cause);
      expect(JSON.stringify(error)).not.toMatch(/sk-live|"cause"/);
    }
  });
});

describe("a printed failure", () => {
  it("says where it happened, its code and its fix", () => {
    const error = new ColdOrNoCapacity({ ...subject, signal: "masked", status: 500 });
    const printed = inspect(error);
    expect(printed).toMatch(/^ColdOrNoCapacity: my-gateway has no warm orchestrator for /);
    expect(printed).toContain("Failure.test.ts:");
    expect(printed).toContain("SLUICE-503-MASKED");
    expect(printed).toContain(error.fix);
  });

  it("is one sentence as a string", () => {
    expect(String(oneOfEach.Unauthorized)).toBe("Unauthorized: my-gateway did not accept the API key.");
  });
});
