import { describe, expect, it } from "@effect/vitest";
import { type ConnectionReason, isGatewayError } from "../../src/index.ts";
import { breaksBy, dialects, errorOf, url } from "../wire.ts";

const reasons: ReadonlyArray<[ConnectionReason, string]> = [
  ["refused", "nothing listens there (connection refused)"],
  ["dns", "its host name cannot be resolved"],
  ["tls", "its TLS certificate or handshake was not acceptable"],
  ["timeout", "no connection was made in time"],
  ["unreachable", "the connection broke before the request was sent"],
];

describe.each(dialects)("no usable answer, as %s", (dialect) => {
  it.each(reasons)("an unsent request (%s) did not run, and says where it was going", (reason, sentence) => {
    expect(errorOf(dialect, { kind: "unsent", reason })).toMatchObject({
      _tag: "ConnectionFailed",
      code: "SLUICE-502-CONNECTION",
      reason,
      mayHaveRun: false,
      message: `my-gateway could not be reached at ${url}: ${sentence}.`,
    });
  });

  it("a cut answer may be of work that was done", () => {
    expect(errorOf(dialect, { kind: "cut", status: 200 })).toMatchObject({
      _tag: "OutcomeUnknown",
      code: "SLUICE-502-OUTCOME-UNKNOWN",
      status: 200,
      mayHaveRun: true,
    });
  });

  it.each([
    [null, false],
    [200, true],
    [502, false],
  ])("an unreadable answer (status %s) says what was wrong with it", (status, mayHaveRun) => {
    expect(errorOf(dialect, { kind: "unreadable", status, reason: "it is not HTTP" })).toMatchObject({
      _tag: "MalformedResponse",
      status,
      reason: "it is not HTTP",
      mayHaveRun,
    });
  });

  it("keeps what the transport said, as a cause of its own", () => {
    for (const wire of breaksBy(new TypeError("read ECONNRESET"))) {
      expect(errorOf(dialect, wire).cause).toMatchObject({ name: "TypeError", message: "read ECONNRESET" });
    }
  });

  it("is an error of the family, whatever the transport threw", () => {
    for (const cause of [
      "a text",
      null,
      7,
      Symbol("odd"),
      { code: "ECONNRESET" },
      { toString: 1 },
      Object.create(null),
    ]) {
      for (const wire of breaksBy(cause)) expect(isGatewayError(errorOf(dialect, wire))).toBe(true);
    }
  });
});

describe("a connection closed before any answer", () => {
  it("F2: means no capacity at a go-livepeer gateway, which closes where it should say 503", () => {
    expect(errorOf("go-livepeer", { kind: "closed" })).toMatchObject({ _tag: "ColdOrNoCapacity", signal: "closed" });
  });

  it.each(["studio", "generic"] as const)("F2: leaves the outcome unknown as %s", (dialect) => {
    expect(errorOf(dialect, { kind: "closed" })).toMatchObject({
      _tag: "OutcomeUnknown",
      status: null,
      mayHaveRun: true,
    });
  });
});
