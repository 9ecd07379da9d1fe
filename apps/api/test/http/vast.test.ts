import { assert, describe, it } from "vitest";
import { problemOf } from "../problems.ts";
import { serve, small } from "../serve.ts";

describe("a body", () => {
  const vast: ReadonlyArray<readonly [what: string, url: string, body: object]> = [
    [
      "of 40,000 unknown fields",
      "/text-to-image",
      Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [i, 0])),
    ],
    ["of 60,000 wrong messages", "/llm", { messages: Array.from({ length: 60_000 }, () => ({})) }],
    ["of 40 levels", "/text-to-image", { prompt: JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`) as unknown }],
  ];
  for (const [what, url, payload] of vast) {
    it(`${what} is refused before it is checked`, async () => {
      await using service = await serve();
      const problem = problemOf(await service.app.inject({ method: "POST", url, payload }));
      assert.include(problem, { status: 413, code: "SLUICE-413-BODY" });
      assert.isEmpty(service.emulator.journal());
    });
  }

  it("of a long conversation is none of these", async () => {
    await using service = await serve();
    const messages = Array.from({ length: 500 }, () => ({ role: "user", content: "Good morning" }));
    const answer = await service.app.inject({ method: "POST", url: "/llm", payload: { messages } });
    assert.strictEqual(answer.statusCode, 200, answer.body);
  });
});

describe("a path that the router would take for a broken pattern", () => {
  for (const url of ["/:a(", "/:a(*)", "/v1/:a(", "/media/:id"]) {
    it(`is answered like any other: ${url}`, async () => {
      await using service = await serve();
      const { statusCode } = await service.app.inject({ method: "DELETE", url, payload: small });
      assert.include([404, 405], statusCode);
    });
  }
});
