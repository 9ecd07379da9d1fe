import { describe, expect, it } from "@effect/vitest";
import { classify } from "../../src/index.ts";
import { answer, dialects, errorOf, seen } from "../wire.ts";

describe.each(dialects)("a status decides, as %s", (dialect) => {
  it.each([
    [400, "InvalidRequest"],
    [401, "Unauthorized"],
    [403, "Forbidden"],
    [404, "PipelineNotOffered"],
    [405, "PipelineNotOffered"],
    [410, "PipelineRetired"],
    [413, "InvalidRequest"],
    [415, "InvalidRequest"],
    [418, "InvalidRequest"],
    [422, "InvalidRequest"],
    [429, "RateLimited"],
    [500, "InferenceFailed"],
    [501, "InferenceFailed"],
    [502, "ColdOrNoCapacity"],
    [503, "ColdOrNoCapacity"],
    [504, "ColdOrNoCapacity"],
    [524, "ColdOrNoCapacity"],
    [599, "InferenceFailed"],
  ])("%i without a body is %s", (status, tag) => {
    expect(errorOf(dialect, answer(status))._tag).toBe(tag);
  });

  it("a refusal without an explanation says so", () => {
    expect(errorOf(dialect, answer(400))).toMatchObject({
      fields: [],
      message: "my-gateway refused this text-to-image request: HTTP 400 without an explanation",
      fix: "Compare the request with the pipeline's documented fields.",
    });
  });

  it.each([200, 201, 202, 299])("%i with a body that may be an answer is left to be decoded", (status) => {
    for (const body of ['{"images":[]}', "{", "[]", "nul", "PNG"]) {
      expect(classify(dialect, seen(answer(status, body)))).toBe("success");
    }
  });
});

describe("an explanation", () => {
  const messageOf = (body: string): string => errorOf("generic", answer(403, body)).message;

  it("is the text itself when it is not JSON", () => {
    expect(messageOf("no entry\n")).toBe("The API key may not use text-to-image on my-gateway: no entry.");
  });

  it.each(['{"message":"no entry"}', '{"error":"no entry"}', '{"errors":["no entry"]}', '{"detail":"no entry"}'])(
    "is found in %s",
    (body) => expect(messageOf(body)).toContain(": no entry."),
  );

  it.each(["", "{}", "[]", "[[]]", "42", '{"errors":[]}', '{"errors":[null,7]}', '{"error":{"code":5}}', '{"msg":1}'])(
    "is absent from %s",
    (body) => expect(messageOf(body)).toBe("The API key may not use text-to-image on my-gateway."),
  );

  it("is one line of at most 300 characters, and shows where it was cut", () => {
    const text = messageOf(JSON.stringify({ errors: [`a\n\tb ${"x".repeat(1000)}`] }));
    expect(text).toContain(": a b xxx");
    expect(text.slice(text.indexOf("a b"))).toMatch(/^[^\n]{300}…\.$/);
    expect(messageOf("y".repeat(300))).toMatch(/: y{300}\.$/);
  });

  it("joins several", () => {
    expect(messageOf('{"errors":["one","two"]}')).toContain(": one; two.");
  });
});
