/** What Studio answers, how its words are told, and when the same words mean something else. */
import { describe, expect, it } from "@effect/vitest";
import { errorOf, express, key } from "../wire.ts";
import { factsOf, forbidden, inferenceFailed, invalid, unauthorized } from "./facts.ts";
import { check } from "./table.ts";
import { studio } from "./tables/studio.ts";

check("Studio", studio);

describe("what Studio says", () => {
  it("repeats an unknown key, and the error does not", () => {
    const error = errorOf("studio", express(401, `{"errors":["no token ${key} found"]}`));
    expect(JSON.stringify(error)).not.toContain(key);
    expect(error.message).toBe("my-gateway did not accept the API key.");
  });

  it("of a time is when to come back", () => {
    const error = errorOf("studio", express(429, '{"errors":["Too many AI requests"]}', { "retry-after": "17" }));
    expect(error.message).toBe(
      "my-gateway limits the rate of requests; it takes the next one in 17 s, at 2026-11-22T12:00:17.000Z.",
    );
  });

  it.each([
    ["request is not authenticated", "my-gateway received no API key."],
    ["unsupported authorization header scheme: Token", "my-gateway does not take a key in this form."],
  ])("of a key, %j, is told in a sentence", (said, message) => {
    const error = errorOf("studio", express(401, JSON.stringify({ errors: [said] })));
    expect(error.message).toBe(message);
    expect(error.fix).toContain("`Authorization: Bearer <key>`, with one space and no colon");
  });

  it("of a person is not repeated", () => {
    const body =
      '{"errors":["user ann@example.com has not been verified. please check your inbox for verification email."]}';
    const error = errorOf("studio", express(403, body));
    expect(JSON.stringify(error)).not.toContain("ann@example.com");
    expect(error.message).toContain("the e-mail address of its account is not verified");
  });

  it("of a field is a sentence, and the fix names the field", () => {
    const body = '{"errors":["{\\"instancePath\\":\\"/width\\",\\"message\\":\\"must be integer\\"}"]}';
    expect(errorOf("studio", express(422, body))).toMatchObject({
      message: "my-gateway refused this text-to-image request: width: must be integer",
      fix: "Change `width` as the message says, then call again.",
    });
  });

  it.each([
    ["{not JSON", "{not JSON"],
    ['{"no":"words"}', '{"no":"words"}'],
    ['["a list"]', '["a list"]'],
    ['{"message":7}', undefined],
  ])("may look like ajv's JSON and be none: %s", (entry, message) => {
    expect(errorOf("studio", express(422, JSON.stringify({ errors: [entry] })))).toMatchObject({
      fields: message === undefined ? [] : [{ path: "", message }],
    });
  });
});

describe("what others say in Studio's words, within a sentence of their own", () => {
  it.each([
    [401, "request is not authenticated", unauthorized()],
    [401, "unsupported authorization header scheme: Token", unauthorized()],
    [
      403,
      "access forbidden for CORS-enabled API key",
      forbidden({ detail: "it says: access forbidden for CORS-enabled API key" }),
    ],
    [403, "credential disallows CORS access", forbidden({ detail: "it says: credential disallows CORS access" })],
    [
      403,
      "credential has insufficent privileges",
      forbidden({ detail: "it says: credential has insufficent privileges" }),
    ],
    [403, "user is suspended", forbidden({ detail: "it says: user is suspended" })],
    [403, "user a@b.c has not been verified", forbidden({ detail: "it says: user a@b.c has not been verified" })],
    [422, "File too large", invalid(422, ["", "it says: File too large"])],
    [422, "Field value too long", invalid(422, ["", "it says: Field value too long"])],
    [
      422,
      "Expected multipart/form-data content-type",
      invalid(422, ["", "it says: Expected multipart/form-data content-type"]),
    ],
    [
      400,
      "request Content-Type isn't multipart/form-data",
      invalid(400, ["", "it says: request Content-Type isn't multipart/form-data"]),
    ],
    [
      400,
      "No orchestrators found for capability x",
      invalid(400, ["", "it says: No orchestrators found for capability x"]),
    ],
    [500, "Failed to generate upscale", inferenceFailed(500, "it says: Failed to generate upscale")],
    [500, "Internal server error: FetchError", inferenceFailed(500, "it says: Internal server error: FetchError")],
  ])("%i %j means what its status means", (status, said, is) => {
    expect(factsOf(errorOf("studio", express(status, JSON.stringify({ errors: [`it says: ${said}`] }))))).toEqual(is);
  });

  it.each([
    [403, "request is not authenticated", forbidden({ detail: "request is not authenticated" })],
    [401, "user is suspended", unauthorized()],
    [400, "File too large", invalid(400, ["", "File too large"])],
    [400, "Expected multipart/form-data content-type", invalid(400, ["", "Expected multipart/form-data content-type"])],
    [
      422,
      "request Content-Type isn't multipart/form-data",
      invalid(422, ["", "request Content-Type isn't multipart/form-data"]),
    ],
    [422, "No orchestrators found for capability x", invalid(422, ["", "No orchestrators found for capability x"])],
  ])("%i %j, under a status that it does not come with, does too", (status, said, is) => {
    expect(factsOf(errorOf("studio", express(status, JSON.stringify({ errors: [said] }))))).toEqual(is);
  });
});
