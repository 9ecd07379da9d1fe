/** What proxies answer in place of a gateway; a web page explains nothing, and is no success. */
import { describe, expect, it } from "@effect/vitest";
import { pages } from "../bodies.ts";
import { answer, dialects, errorOf } from "../wire.ts";
import { factsOf, malformed } from "./facts.ts";
import { check } from "./table.ts";
import { proxies } from "./tables/proxies.ts";

check("a proxy", proxies);

const oneLine = (page: string): string => page.replace(/\s+/g, " ").trim().slice(0, 200);

describe.each(dialects)("a web page, as %s", (dialect) => {
  it.each(Object.entries(pages))("of %s is no explanation of a failure, and is never shown", (_, page) => {
    for (const status of [400, 401, 402, 403, 404, 407, 410, 413, 415, 422, 429, 500, 501, 502, 503, 504, 524, 599]) {
      const error = errorOf(dialect, answer(status, page, { "content-type": "text/html" }));
      expect(JSON.stringify(error)).not.toMatch(/<[a-z!?]/i);
      expect(error).not.toHaveProperty("detail");
      expect(error).not.toHaveProperty("fields.0");
    }
  });

  it.each(Object.entries(pages))("of %s with 200 is no success, whatever its label", (_, page) => {
    for (const type of ["text/html", "application/json", "text/plain"]) {
      expect(factsOf(errorOf(dialect, answer(200, page, { "content-type": type })))).toEqual(
        malformed(200, "the body is a web page", oneLine(page)),
      );
    }
  });

  it("is shown in one line of at most 200 characters", () => {
    const error = errorOf(dialect, answer(200, `${pages.login}${"\n<p>more</p>".repeat(10_000)}`));
    expect(error).toHaveProperty("excerpt", expect.stringMatching(/^<!doctype html><html><body>[^\n]{173}$/));
  });

  it("is told by its beginning alone", () => {
    expect(errorOf(dialect, answer(403, "see <html>"))).toMatchObject({ detail: "see <html>" });
    expect(errorOf(dialect, answer(403, "<nil>"))).toMatchObject({ detail: "<nil>" });
  });
});

describe("a redirect", () => {
  it("is told with where it goes", () => {
    expect(errorOf("generic", answer(302, "", { location: "https://login.example/" })).message).toBe(
      "my-gateway answered text-to-image with HTTP 302, but it redirects to https://login.example/.",
    );
  });
});
