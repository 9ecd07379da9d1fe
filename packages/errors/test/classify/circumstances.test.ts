/** What headers add to an error: the request's id, and that the server knows a repeat to be of no use. */
import { describe, expect, it } from "@effect/vitest";
import { type Headers, RetryPolicy } from "../../src/index.ts";
import { answer, dialects, errorIn, errorOf, key, seen, sse } from "../wire.ts";

const idIn = (headers: Headers): string | undefined => errorOf("generic", answer(500, "", headers)).requestId;

describe("the request's id", () => {
  it.each([
    [{ "x-request-id": "a", "request-id": "b", "cf-ray": "c" }, "a"],
    [{ "request-id": "b", "cf-ray": "c" }, "b"],
    [{ "cf-ray": "c" }, "c"],
    [{ "x-request-id": ["a", "z"] }, "a"],
    [{ "x-request-id": undefined, "cf-ray": "c" }, "c"],
    [{ "x-request-id": "", "cf-ray": "c" }, "c"],
    [{ "x-request-id": [], other: "a" }, undefined],
    [{ "X-Request-Id": "a", "x-amzn-requestid": "b" }, "a"],
    [{ "x-amzn-requestid": "b" }, undefined],
    [{}, undefined],
  ])("in %j is %s", (headers, id) => {
    expect(idIn(headers)).toBe(id);
  });

  it("is absent, not undefined, when there is none", () => {
    expect(errorOf("generic", answer(500))).not.toHaveProperty("requestId");
  });

  it("is at most 128 characters", () => {
    expect(idIn({ "x-request-id": "x".repeat(128) })).toBe("x".repeat(128));
    expect(idIn({ "x-request-id": "x".repeat(129) })).toBe("x".repeat(128));
  });

  it("is told without the key, also when the key ends beyond the limit", () => {
    expect(idIn({ "x-request-id": `id-${key}` })).toBe("id-<redacted>");
    expect(idIn({ "x-request-id": `${"x".repeat(120)}${key}` })).toBe(`${"x".repeat(120)}<redacte`);
  });

  it("of the subject wins", () => {
    const { subject, ...rest } = seen(answer(500, "", { "x-request-id": "theirs" }));
    const named = { ...subject, requestId: "ours" };
    expect(errorIn("generic", { ...rest, subject: named }).requestId).toBe("ours");
  });

  it.each(dialects)("is in every error that an answer makes, as %s", (dialect) => {
    const headers = { "x-request-id": "a" };
    const wires = [
      ...[302, 400, 401, 402, 403, 404, 407, 408, 410, 413, 415, 422, 429, 500, 502, 503, 504, 525, 999].map((status) =>
        answer(status, "", headers),
      ),
      ...["", "null", "{}", "[]", "{", '{"error":"boom"}', "<html>"].map((body) => answer(200, body, headers)),
      answer(200, "", { ...sse("").headers, ...headers }),
      answer(403, '{"errors":["user is suspended"]}', headers),
      answer(401, '{"errors":["request is not authenticated"]}', headers),
      answer(422, '{"errors":["File too large"]}', headers),
      answer(422, '{"errors":["Expected multipart/form-data content-type"]}', headers),
      answer(400, "No orchestrators found for capability x", headers),
      answer(500, '{"errors":["Failed to generate x"]}', headers),
    ];
    for (const wire of wires) expect(errorOf(dialect, wire)).toMatchObject({ requestId: "a" });
  });
});

describe("X-Should-Retry", () => {
  const policyOf = (headers: Headers, status = 503): string | undefined =>
    RetryPolicy.nameFor(errorOf("generic", answer(status, "", headers)));

  it.each(["false", ["false"], ["true", "false"]])("%j makes an error final", (value) => {
    const error = errorOf("generic", answer(503, "", { "x-should-retry": value }));
    expect(error).toMatchObject({ _tag: "ColdOrNoCapacity", retryable: false });
    expect(RetryPolicy.nameFor(error)).toBeUndefined();
  });

  it.each(["true", "", "no", "0", [], undefined])("%j changes nothing", (value) => {
    expect(policyOf({ "x-should-retry": value })).toBe("cold");
    expect(policyOf({ "x-should-retry": value }, 400)).toBeUndefined();
  });

  it.each(dialects)("counts in an answer with 200 as well, as %s", (dialect) => {
    const final = { "x-should-retry": "false" };
    for (const wire of [answer(200, "null", final), answer(200, "{}", final), answer(200, '{"error":"x"}', final)]) {
      expect(errorOf(dialect, wire).retryable).toBe(false);
      expect(errorOf(dialect, { ...wire, headers: {} }).retryable).toBe(true);
    }
  });
});

describe("the subject", () => {
  it("is in every error", () => {
    const { subject } = seen(answer(500));
    expect(errorOf("generic", answer(500))).toMatchObject({ ...subject });
    expect(errorOf("generic", answer(200, "[]"))).toMatchObject({ ...subject });
    expect(errorOf("generic", { kind: "closed" })).toMatchObject({ ...subject });
  });
});
