import { describe, expect, it } from "@effect/vitest";
import { runner } from "../bodies.ts";
import { answer, dialects, errorOf } from "../wire.ts";

describe.each(dialects)("an ai-runner called directly, as %s", (dialect) => {
  it("F17: says in `detail.msg` what is wrong with the request", () => {
    expect(errorOf(dialect, answer(400, runner.prompt))).toMatchObject({
      _tag: "InvalidRequest",
      status: 400,
      fields: [{ path: "", message: "Prompt must be provided." }],
    });
  });

  it("F18: names the field in `loc`, without the word body", () => {
    expect(errorOf(dialect, answer(422, runner.fieldRequired))).toMatchObject({
      _tag: "InvalidRequest",
      status: 422,
      fields: [{ path: "prompt", message: "Field required" }],
    });
  });

  it("names every field of several, and places within them", () => {
    const body = JSON.stringify({
      detail: [
        { loc: ["body", "messages", 0, "role"], msg: "Input should be 'user'" },
        { loc: ["body", "body"], msg: "Field required" },
      ],
    });
    expect(errorOf(dialect, answer(422, body))).toMatchObject({
      fields: [
        { path: "messages.0.role", message: "Input should be 'user'" },
        { path: "body", message: "Field required" },
      ],
      fix: "Change `messages.0.role`, `body` as the message says, then call again.",
    });
  });

  it("answers 401 to a wrong token", () => {
    expect(errorOf(dialect, answer(401, runner.token))).toMatchObject({ _tag: "Unauthorized" });
  });

  it("says that it ran out of memory", () => {
    expect(errorOf(dialect, answer(500, runner.outOfMemory))).toMatchObject({
      _tag: "InferenceFailed",
      detail: "Out of memory error. Try reducing output image resolution.",
    });
  });
});
