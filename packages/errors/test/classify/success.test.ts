/** Which answers with a status of 2xx are successes: those with a whole JSON object that tells of no failure. */
import { describe, expect, it } from "@effect/vitest";
import { classify, jsonOf } from "../../src/index.ts";
import { image, pages, png } from "../bodies.ts";
import { answer, dialects, key, seen } from "../wire.ts";
import { empty, emptyResult, type Facts, factsOf, inferenceFailed, malformed } from "./facts.ts";
import { check, row, type Row } from "./table.ts";
import { successes } from "./tables/successes.ts";

check("a success", successes);

const broken = "the body is JSON that breaks off or is broken";
const noObject = "the body is JSON, but not an object";
const noJson = "the body is not JSON";

const with200 = (body: string, is: Facts | "success"): Row =>
  row(`200 with ${JSON.stringify(body)}`, answer(200, body), is);

check("an answer without a result", [
  ...["", " ", "\n", " \r\n\t\v\f", "null", "null\n", "  null  "].map((body) => with200(body, empty())),
  row("201 without a body", answer(201), empty(201)),
  row("204", answer(204), empty(204)),
  row("205 with a label", answer(205, "", { "content-type": "application/json" }), empty(205)),
  ...["{}", " {}\n", '{"images":[]}', '{"images":null}\n', '{"choices":[]}', '{"choices":null,"id":"x"}'].map((body) =>
    with200(body, emptyResult),
  ),
]);

check("a 200 that tells of a failure", [
  with200('{"error":{"message":"CUDA out of memory"}}\n', inferenceFailed(200, "CUDA out of memory")),
  with200('{"error":"boom"}', inferenceFailed(200, "boom")),
  with200('{"errors":["one","two"]}', inferenceFailed(200, "one; two")),
  with200('{"detail":{"msg":"boom"}}', inferenceFailed(200, "boom")),
  with200('{"detail":[{"loc":["body","prompt"],"msg":"Field required"}]}', inferenceFailed(200, "Field required")),
  with200('{"status":"failed","error":"boom","message":"see error"}', inferenceFailed(200, "boom")),
  with200('{"error":{"code":5}}', inferenceFailed(200)),
  with200('{"error":true}', inferenceFailed(200)),
  with200(`{"errors":["no token ${key} found"]}`, inferenceFailed(200, "no token <redacted> found")),
  with200('{"images":[],"error":"out of memory"}', inferenceFailed(200, "out of memory")),
  with200('{"result":{"error":{"message":"boom"}},"status":"complete"}', inferenceFailed(200, "boom")),
  row("202 with an error", answer(202, '{"error":"boom"}'), inferenceFailed(202, "boom")),
]);

check("a 200 that tells of no failure", [
  // Nothing is wrong, or there is a result beside it.
  ...["null", "[]", '""', "false", "0"].map((none) =>
    with200(`{"error":${none},"message":"done","output":1}`, "success"),
  ),
  ...["images", "text", "chunks", "audio", "masks", "choices", "result"].map((result) =>
    with200(`{"error":"a warning","${result}":"there"}`, "success"),
  ),
  with200('{"message":"hello"}', "success"),
  with200('{"title":"a fox","reason":"asked"}', "success"),
  with200('{"output":{"error":"within"}}', "success"),
  with200('{"image":[]}', "success"),
]);

check("a 200 that is no answer of a pipeline", [
  with200("[]", malformed(200, noObject, "[]")),
  with200('[{"url":"a"}]', malformed(200, noObject, '[{"url":"a"}]')),
  with200('"done"', malformed(200, noObject, '"done"')),
  with200("42", malformed(200, noObject, "42")),
  with200("true", malformed(200, noObject, "true")),
  with200("false", malformed(200, noObject, "false")),
  with200("0", malformed(200, noObject, "0")),
  with200("OK\n", malformed(200, noJson, "OK")),
  with200("nul", malformed(200, noJson, "nul")),
  with200('"cut', malformed(200, noJson, '"cut')),
  with200("undefined", malformed(200, noJson, "undefined")),
  ...["\u0000", "\u0008", "\u000e", "\u001f"].map((odd) => with200(odd, malformed(200, noJson, ""))),
  with200("!", malformed(200, noJson, "!")),
  with200(`the key ${key} is odd`, malformed(200, noJson, "the key <redacted> is odd")),
  with200(image.slice(0, -2), malformed(200, broken, image.slice(0, -2))),
  with200("{", malformed(200, broken, "{")),
  with200(" \n[1,", malformed(200, broken, "[1,")),
  with200(`${image}${image}`, malformed(200, broken, `${image}${image}`.replaceAll("\n", " ").trim())),
  row("PNG with 200", answer(200, png, { "content-type": "image/png" }), malformed(200, noJson, "\ufffdPNG IHDR")),
  row(
    "UTF-16",
    answer(200, new Uint8Array(Buffer.from('{"a":1}', "utf16le"))),
    malformed(200, broken, '{ " a " : 1 }'),
  ),
  row(
    "half of a long answer",
    answer(200, `{"text":"${"x".repeat(400)}`),
    malformed(200, broken, `{"text":"${"x".repeat(191)}`),
  ),
]);

describe.each(dialects)("media, where any bytes are expected, as %s", (dialect) => {
  const verdictOn = (body: string | Uint8Array, type: string) =>
    factsOf(classify(dialect, { ...seen(answer(200, body, { "content-type": type })), expects: "bytes" }));

  it.each([
    ["a PNG file", png, "image/png"],
    ["a single byte", new Uint8Array([0]), "application/octet-stream"],
    ["text", "WEBVTT\n", "text/vtt"],
    ["JSON by accident", "[1]", "application/octet-stream"],
    ["events", "data: a\n\n", "text/event-stream"],
    ["white space", " ", "text/plain"],
  ])("may be %s", (_, body, type) => {
    expect(verdictOn(body, type)).toBe("success");
  });

  it("are more than nothing", () => {
    expect(verdictOn("", "image/png")).toEqual(emptyResult);
  });

  it("are no web page", () => {
    expect(verdictOn(pages.headOnly, "image/png")).toEqual(malformed(200, "the body is a web page", pages.headOnly));
  });

  it("of a failure are its explanation", () => {
    const wire = answer(500, '{"detail":"boom"}');
    expect(factsOf(classify(dialect, { ...seen(wire), expects: "bytes" }))).toEqual(inferenceFailed(500, "boom"));
  });

  it("are not expected unless it is said", () => {
    expect(factsOf(classify(dialect, { ...seen(answer(200, png)), expects: "json" }))).toHaveProperty("reason", noJson);
  });
});

describe("the JSON of an answer", () => {
  it("is parsed once, however often it is asked for", () => {
    const wire = answer(200, image);
    classify("generic", seen(wire));
    expect(jsonOf(wire)).toEqual(JSON.parse(image));
    expect(jsonOf(wire)).toBe(jsonOf(wire));
  });

  it("is undefined when there is none, and null when it says so", () => {
    for (const body of ["", "{", "OK"]) expect(jsonOf(answer(200, body))).toBeUndefined();
    expect(jsonOf(answer(200, "null\n"))).toBeNull();
  });
});
