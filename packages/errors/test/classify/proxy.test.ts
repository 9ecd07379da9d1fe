import { describe, expect, it } from "@effect/vitest";
import { html } from "../bodies.ts";
import { answer, dialects, errorOf } from "../wire.ts";

describe.each(dialects)("a proxy in front of a gateway, as %s", (dialect) => {
  it.each([502, 504, 524])("F15: answers %i with a web page, which is never shown", (status) => {
    for (const page of Object.values(html)) {
      const error = errorOf(dialect, answer(status, page, { "content-type": "text/html" }));
      expect(error).toMatchObject({ _tag: "ColdOrNoCapacity", code: "SLUICE-503-PROXY", signal: "proxy", status });
      expect(JSON.stringify(error)).not.toMatch(/<(html|head|!doctype|\?xml)/i);
    }
  });

  it("answers 200 with a web page: the base URL is not a gateway's", () => {
    for (const page of Object.values(html)) {
      expect(errorOf(dialect, answer(200, page, { "content-type": "application/json" }))).toMatchObject({
        _tag: "MalformedResponse",
        code: "SLUICE-502-MALFORMED",
        status: 200,
        reason: "the body is a web page",
        retryable: false,
        mayHaveRun: true,
      });
    }
  });

  it("shows the start of such a page in one line of at most 200 characters", () => {
    const error = errorOf(dialect, answer(200, `${html.login}${"\n<p>more</p>".repeat(10_000)}`));
    expect(error).toMatchObject({
      excerpt: expect.stringMatching(/^<!doctype html><html><body>[^\n]{173}$/) as string,
    });
  });

  it.each([400, 403, 422, 500])("answers %i with a web page, which is no explanation", (status) => {
    const error = errorOf(dialect, answer(status, html.cloudflare));
    expect(error).not.toHaveProperty("detail");
    expect(error).not.toMatchObject({ fields: [{}] });
    expect(error.message).not.toContain("<");
  });

  it.each([300, 301, 302, 307, 308])("redirects with %i: the error says where to, and is not followed", (status) => {
    expect(errorOf(dialect, answer(status, "", { location: "https://login.example/" }))).toMatchObject({
      _tag: "MalformedResponse",
      status,
      reason: "it redirects to https://login.example/",
      retryable: false,
      mayHaveRun: false,
    });
  });

  it("redirects without a place", () => {
    expect(errorOf(dialect, answer(304)).message).toBe(
      "my-gateway answered text-to-image with HTTP 304, but it redirects to an unnamed place.",
    );
  });

  it("says in an answer of 503 when to come back", () => {
    expect(errorOf(dialect, answer(503, html.nginx, { "retry-after": "90" }))).toMatchObject({
      signal: "unavailable",
      retryAfterMs: 90_000,
      retryAt: "2026-11-22T12:01:30.000Z",
      fix: "Come back at 2026-11-22T12:01:30.000Z, or use a warm model.",
    });
  });
});
