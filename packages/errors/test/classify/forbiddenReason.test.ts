/** What a key may not, from one answer. */
import { describe, expect, it } from "@effect/vitest";
import { forbiddenReason } from "../../src/index.ts";

const answer = (status: number, text: string, type = "application/json") =>
  forbiddenReason({ status, headers: { "content-type": type }, body: new TextEncoder().encode(text) });
const said = (...errors: ReadonlyArray<string>) => JSON.stringify({ errors });

describe("an answer that forbids", () => {
  it.each([
    ["access forbidden for CORS-enabled API key with restricted access", "cors-key"],
    ["credential disallows CORS access for origin https://a.example", "cors-origin"],
    ["credential has insufficent privileges", "privileges"],
    ["user is suspended", "suspended"],
    ["user ann@example.com has not been verified. please check your inbox", "unverified"],
    ["not today", "other"],
  ])("with %j is about %s", (words, reason) => expect(answer(403, said(words))).toBe(reason));

  it("with a web page comes from a firewall", () => expect(answer(403, "<html>", "text/html")).toBe("proxy"));
});

it.each([200, 401, 422, 500])("a %i says nothing of what a key may not", (status) => {
  expect(answer(status, said("user is suspended"))).toBeUndefined();
});
