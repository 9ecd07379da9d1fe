import { describe, expect, it } from "@effect/vitest";
import { studio } from "../bodies.ts";
import { answer, errorOf, key } from "../wire.ts";

describe("Studio", () => {
  it.each([
    ["F6: an upstream 5xx", studio.failed],
    ["F7: a socket that the upstream closed", studio.fetchError],
    ["an upstream that kept silent", studio.timedOut],
  ])("hides %s behind a 500, which is cold", (_, body) => {
    expect(errorOf("studio", answer(500, body))).toMatchObject({
      _tag: "ColdOrNoCapacity",
      code: "SLUICE-503-MASKED",
      signal: "masked",
      status: 500,
    });
  });

  it("has a 500 of its own, which is no mask", () => {
    expect(errorOf("studio", answer(500, studio.unset))).toMatchObject({
      _tag: "InferenceFailed",
      detail: "AI Gateway URL is not set",
    });
  });

  it("F8: answers 429 and says when to come back", () => {
    expect(errorOf("studio", answer(429, studio.tooMany, { "retry-after": "17" }))).toMatchObject({
      _tag: "RateLimited",
      code: "SLUICE-429-RATE-LIMITED",
      retryAfterMs: 17_000,
      retryAt: "2026-11-22T12:00:17.000Z",
      message: "my-gateway limits the rate of requests; it takes the next one in 17 s, at 2026-11-22T12:00:17.000Z.",
    });
  });

  it("answers 429 without a time: then none is made up", () => {
    const error = errorOf("studio", answer(429, studio.tooMany));
    expect(error._tag).toBe("RateLimited");
    expect(error).not.toHaveProperty("retryAfterMs");
    expect(error).not.toHaveProperty("retryAt");
    expect(error.message).toBe("my-gateway limits the rate of requests.");
  });

  it("F9: repeats an unknown key in its 401, and the error does not", () => {
    const error = errorOf("studio", answer(401, studio.unknownKey));
    expect(error).toMatchObject({ _tag: "Unauthorized", code: "SLUICE-401-UNAUTHORIZED", retryable: false });
    expect(JSON.stringify(error)).not.toContain(key);
  });

  it.each([
    ["F10: a field of a wrong type", studio.widthType, "width", "must be integer"],
    ["a missing field", studio.promptMissing, "prompt", "must have required property 'prompt'"],
    ["an unknown field", studio.fieldUnknown, "steps", "must NOT have additional properties"],
  ])("names %s, from ajv's JSON within JSON", (_, body, path, message) => {
    expect(errorOf("studio", answer(422, body))).toMatchObject({
      _tag: "InvalidRequest",
      status: 422,
      fields: [{ path, message }],
      message: `my-gateway refused this text-to-image request: ${path}: ${message}`,
      fix: `Change \`${path}\` as the message says, then call again.`,
    });
  });

  it("refuses a body over 100 kB", () => {
    expect(errorOf("studio", answer(413, studio.tooLarge))).toMatchObject({
      _tag: "InvalidRequest",
      status: 413,
      fields: [{ path: "", message: "request entity too large" }],
    });
  });

  it("F11: refuses a CORS key, and the fix names the other kind", () => {
    expect(errorOf("studio", answer(403, studio.cors))).toMatchObject({
      _tag: "Forbidden",
      code: "SLUICE-403-FORBIDDEN",
      detail: "access forbidden for CORS-enabled API key with restricted access",
      fix: "Use a backend key. CORS-enabled keys with restricted access cannot call generate.",
    });
  });

  it("F12: answers 404 where it has no such pipeline", () => {
    expect(errorOf("studio", answer(404, studio.notFound))).toMatchObject({ _tag: "PipelineNotOffered" });
  });

  it("passes on a go-livepeer gateway's 400, in that dialect", () => {
    expect(errorOf("studio", answer(400, '{"error":{"message":": Prompt must be provided."}}\n'))).toMatchObject({
      _tag: "InvalidRequest",
      fields: [{ path: "", message: "Prompt must be provided." }],
    });
  });
});
