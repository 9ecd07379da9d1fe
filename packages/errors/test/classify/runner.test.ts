/** What an ai-runner answers when it is called directly, and the shapes of its accounts of a mistake. */
import { describe, expect, it } from "@effect/vitest";
import { errorOf, fastApi } from "../wire.ts";
import { check } from "./table.ts";
import { runner } from "./tables/runner.ts";

check("an ai-runner called directly", runner);

describe("FastAPI's account of a mistake", () => {
  it("repeats the request under `input`, which no error does", () => {
    const body =
      '{"detail":[{"type":"missing","loc":["body","model_id"],"msg":"Field required","input":{"prompt":"a red fox"}}]}';
    expect(JSON.stringify(errorOf("runner", fastApi(422, body)))).not.toContain("fox");
  });

  it("names every field in the fix, each once", () => {
    const body =
      '{"detail":[{"loc":["body","width"],"msg":"one"},{"loc":["body","seed"],"msg":"two"},{"loc":["body","width"],"msg":"three"}]}';
    expect(errorOf("runner", fastApi(422, body))).toMatchObject({
      message: "my-gateway refused this text-to-image request: width: one; seed: two; width: three",
      fix: "Change `width`, `seed` as the message says, then call again.",
    });
  });

  it.each([
    ["a place that is not a text or a number", '{"loc":["body",{"toString":1},null,"x"],"msg":"odd"}', "x", "odd"],
    [
      "a place that is nested thousands deep",
      `{"loc":["body",${"[".repeat(7000)}${"]".repeat(7000)}],"msg":"odd"}`,
      "",
      "odd",
    ],
    ["a place that is no list", '{"loc":"prompt","msg":"odd"}', "", "odd"],
    ["no place", '{"msg":"odd"}', "", "odd"],
    ["a place of several lines", '{"loc":["body","a\\nb"],"msg":"odd\\tindeed"}', "a b", "odd indeed"],
    ["a pointer that is no text", '{"instancePath":7,"message":"odd"}', "", "odd"],
    [
      "a missing property that is no text",
      '{"instancePath":"/a","params":{"missingProperty":7},"message":"odd"}',
      "a",
      "odd",
    ],
    ["params that are no object", '{"instancePath":"/a","params":"b","message":"odd"}', "a", "odd"],
  ])("may have %s", (_, entry, path, message) => {
    expect(errorOf("runner", fastApi(422, `{"detail":[${entry}]}`))).toMatchObject({ fields: [{ path, message }] });
  });

  it("may have nothing to say, and then says nothing", () => {
    for (const entry of ['{"loc":["body","x"]}', '{"loc":["body","x"],"msg":7}', "null", "7", "[]", '""', '" \\n"']) {
      expect(errorOf("runner", fastApi(422, `{"detail":[${entry}]}`))).toMatchObject({ fields: [] });
    }
  });
});
