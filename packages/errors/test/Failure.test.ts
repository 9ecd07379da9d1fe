/** What every failure has in common: it can be told more, logged and printed, and gives nothing away. */
import { describe, expect, it } from "@effect/vitest";
import { inspect } from "node:util";
import {
  ColdOrNoCapacity,
  DeadlineExceeded,
  InvalidRequest,
  isGatewayError,
  OutcomeUnknown,
  RateLimited,
  StreamTruncated,
} from "../src/index.ts";
import { family, oneOfEach } from "./failures/oneOfEach.ts";
import { noon, subject } from "./wire.ts";

const attempts = [
  { status: 503, outcome: "SLUICE-503-COLD", ms: 12, waitedMs: 1000 },
  { status: null, outcome: "SLUICE-503-CLOSED", ms: 30, waitedMs: 0 },
];

describe("what a class says of itself", () => {
  it.each(family)("is overruled by what is known of this failure: $_tag", (error) => {
    for (const known of [true, false]) {
      const more = error.with({ retryable: known, mayHaveRun: known });
      expect([more.retryable, more.mayHaveRun]).toEqual([known, known]);
      // What is learned later does not undo it.
      const evenMore = more.with({ requestId: "r-1" });
      expect([evenMore.retryable, evenMore.mayHaveRun]).toEqual([known, known]);
    }
  });

  it("is one thing, and what may have run another", () => {
    const error = new RateLimited({ ...subject, mayHaveRun: true });
    expect([error.retryable, error.mayHaveRun]).toEqual([true, true]);
    expect(new StreamTruncated({ ...subject, delivered: 0, retryable: false }).mayHaveRun).toBe(true);
  });
});

describe("circumstances", () => {
  it("are absent when nobody knows them", () => {
    for (const error of family) {
      for (const name of ["requestId", "retriesExhausted", "cause"]) expect(error).not.toHaveProperty(name);
      expect(error.attempts).toEqual([]);
    }
  });

  it.each(family)("tell that retries were exhausted, in $_tag and in its JSON", (error) => {
    const exhausted = error.with({ retriesExhausted: true });
    expect(exhausted.retriesExhausted).toBe(true);
    expect(exhausted.toJSON()).toEqual({ ...error.toJSON(), retriesExhausted: true });
    expect(exhausted.with({ requestId: "r-1" }).retriesExhausted).toBe(true);
  });

  it("tell how long the gateway asked to be left alone, whatever the failure", () => {
    const retryAt = new Date(noon + 2000).toISOString();
    const error = oneOfEach.InferenceFailed.with({ retryAfterMs: 2000, retryAt });
    expect(error.toJSON()).toMatchObject({ retryAfterMs: 2000, retryAt });
  });
});

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

  it("takes a message with a pattern of String.replace as it is", () => {
    const fields = [{ path: "a", message: "$& $1 $' $$" }];
    const error = new InvalidRequest({ ...subject, status: 422, fields }).with({ gateway: "other" });
    expect(error.stack?.split("\n")[0]).toBe(
      "InvalidRequest: other refused this text-to-image request: a: $& $1 $' $$",
    );
  });

  it("may have no stack, as where stacks are switched off", () => {
    const error = new RateLimited(subject);
    delete (error as { stack?: string }).stack;
    const more = error.with({ gateway: "other" });
    expect(more.message).toBe("other limits the rate of requests.");
    expect(inspect(error)).toMatch(/^RateLimited: my-gateway limits the rate of requests\.\n {2}code: SLUICE-429/);
  });
});

describe("toJSON", () => {
  it("holds what is known, and nothing else", () => {
    const error = new RateLimited({ ...subject, retryAfterMs: 2000, retryAt: new Date(noon).toISOString(), attempts });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      tag: "RateLimited",
      code: "SLUICE-429-RATE-LIMITED",
      docsUrl: "https://github.com/livepeer/sluice/blob/main/docs/errors/SLUICE-429-RATE-LIMITED.md",
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

  it.each(family)("of $_tag has a tag, a code, a message, a fix and where to read more, and no stack", (error) => {
    const { _tag: tag, code, message, fix, docsUrl, retryable, mayHaveRun } = error;
    const json = JSON.parse(JSON.stringify(error)) as Readonly<Record<string, unknown>>;
    expect(json).toMatchObject({ tag, code, message, fix, docsUrl, retryable, mayHaveRun, attempts: [] });
    for (const key of ["_tag", "name", "stack", "cause", "input"]) expect(json).not.toHaveProperty(key);
  });

  it("begins with what people look for", () => {
    expect(Object.keys(oneOfEach.RateLimited.toJSON()).slice(0, 4)).toEqual(["tag", "code", "message", "fix"]);
  });

  it("holds the data of its class", () => {
    expect(oneOfEach.PolicyRefused.toJSON()).toMatchObject({
      rule: "no-development-gateway",
      reason: "the development gateway is not for production",
    });
    expect(oneOfEach.BudgetExceeded.toJSON()).toMatchObject({
      budget: "daily",
      quotedUsd: "0.019922944",
      remainingUsd: "0.01",
      limitUsd: "30",
      resetsAt: "2026-11-23T00:00:00.000Z",
    });
    const fields = [{ path: "width", message: "must be integer", sent: '"1024"' }];
    expect(new InvalidRequest({ ...subject, status: 422, fields }).toJSON()).toMatchObject({ status: 422, fields });
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
  it.each(family)("says where it happened, its code, its fix and where to read more: $_tag", (error) => {
    const { name, message, code, fix, docsUrl } = error;
    const lines = inspect(error).split("\n");
    expect(lines[0]).toBe(`${name}: ${message}`);
    expect(lines.slice(1, -3).join("\n")).toContain("oneOfEach.ts:");
    expect(lines.slice(-3)).toEqual([`  code: ${code}`, `  fix: ${fix}`, `  docs: ${docsUrl}`]);
  });

  it("is so within another value", () => {
    const error = new ColdOrNoCapacity({ ...subject, signal: "masked", status: 500 });
    expect(inspect({ error })).toContain("code: SLUICE-503-MASKED");
  });

  it("is one sentence as a string", () => {
    expect(String(oneOfEach.Unauthorized)).toBe("Unauthorized: my-gateway did not accept the API key.");
  });
});
