/** What a self-hosted go-livepeer gateway answers, and how its words are told. */
import { describe, expect, it } from "@effect/vitest";
import { errorOf, goJson } from "../wire.ts";
import { check } from "./table.ts";
import { goLivepeer } from "./tables/goLivepeer.ts";

check("a go-livepeer gateway", goLivepeer);

describe("a runner's words through a go-livepeer gateway", () => {
  const messageOf = (said: string): string =>
    errorOf("go-livepeer", goJson(400, `{"error":{"message":"${said}"}}\n`)).message;

  it("are told without the colon that go-livepeer leaves in front of them", () => {
    expect(messageOf(": Prompt must be provided.")).toBe(
      "my-gateway refused this text-to-image request: Prompt must be provided.",
    );
  });

  it.each([
    ["  : Prompt must be provided.", "Prompt must be provided."],
    [": : Prompt", ": Prompt"],
    [":Prompt", ":Prompt"],
    ["Prompt: must be provided.", "Prompt: must be provided."],
  ])("keep every other colon: %j is %j", (said, told) => {
    expect(messageOf(said)).toBe(`my-gateway refused this text-to-image request: ${told}`);
  });

  it("name a field that Go's decoder names, and the fix does too", () => {
    const error = errorOf(
      "go-livepeer",
      goJson(400, '{"error":{"message":"json: cannot unmarshal string into Go struct field A.b.c_d of type int"}}\n'),
    );
    expect(error).toMatchObject({
      fields: [{ path: "b.c_d" }],
      fix: "Change `b.c_d` as the message says, then call again.",
    });
  });
});
