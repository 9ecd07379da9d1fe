/** The sentences are those of CPython 3.11's json.decoder. */
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { parsePythonJson } from "../../src/gateway/pythonJson.ts";

const table: ReadonlyArray<readonly [text: string, message: string]> = [
  ["", "Expecting value: line 1 column 1 (char 0)"],
  ["  ", "Expecting value: line 1 column 3 (char 2)"],
  ["abc", "Expecting value: line 1 column 1 (char 0)"],
  ["tru", "Expecting value: line 1 column 1 (char 0)"],
  ["TRUE", "Expecting value: line 1 column 1 (char 0)"],
  ["-", "Expecting value: line 1 column 1 (char 0)"],
  ["[", "Expecting value: line 1 column 2 (char 1)"],
  ["[1,]", "Expecting value: line 1 column 4 (char 3)"],
  ["[\n1,\n oops]", "Expecting value: line 3 column 2 (char 6)"],
  ["[[1,2]", "Expecting ',' delimiter: line 1 column 7 (char 6)"],
  ["[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ["[01]", "Expecting ',' delimiter: line 1 column 3 (char 2)"],
  ['{"a":1 "b"}', "Expecting ',' delimiter: line 1 column 8 (char 7)"],
  ["[1]x", "Extra data: line 1 column 4 (char 3)"],
  ["1.", "Extra data: line 1 column 2 (char 1)"],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ["{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"],
  ['{"a":1,}', "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"],
  ['"abc', "Unterminated string starting at: line 1 column 1 (char 0)"],
  ['["abc\\', "Unterminated string starting at: line 1 column 2 (char 1)"],
  ['"\n"', "Invalid control character at: line 1 column 2 (char 1)"],
  [String.raw`"\x"`, String.raw`Invalid \escape: line 1 column 2 (char 1)`],
  [String.raw`"\u12"`, String.raw`Invalid \uXXXX escape: line 1 column 3 (char 2)`],
];

describe("Python's JSON", () => {
  for (const [text, message] of table) {
    it(`${JSON.stringify(text)}: ${message}`, () => {
      assert.deepStrictEqual(parsePythonJson(text), { ok: false, exception: "JSONDecodeError", message });
    });
  }

  for (const [kind, opens, closes] of [
    ["array", "[", "]"],
    ["object", '{"a":', "}"],
  ] as const) {
    const message = `maximum recursion depth exceeded while decoding a JSON ${kind} from a unicode string`;

    it(`reads 1000 levels of ${kind}s, and gives up at one more`, () => {
      const nested = (depth: number) => `[${opens.repeat(depth - 1)}1${closes.repeat(depth - 1)}]`;
      assert.isTrue(parsePythonJson(nested(1000)).ok);
      assert.isTrue(parsePythonJson(`[${nested(999)},${nested(999)}]`).ok);
      for (const text of [nested(1001), opens.repeat(1001), opens.repeat(100_000)]) {
        assert.deepStrictEqual(parsePythonJson(text), { ok: false, exception: "RecursionError", message });
      }
    });
  }

  it("is what JSON.parse reads, with more room for white space", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        assert.deepStrictEqual(parsePythonJson(` ${text}\n`), { ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });

  it("knows numbers that JSON does not", () => {
    assert.deepStrictEqual(parsePythonJson("[NaN, Infinity, -Infinity]"), {
      ok: true,
      value: [NaN, Infinity, -Infinity],
    });
  });

  it("refuses what JSON.parse refuses", () => {
    const pieces = fc.constantFrom(...'{ } [ ] : , " \\ u 1 - . e null true'.split(" "));
    fc.assert(
      fc.property(fc.string({ unit: pieces }), (text) => {
        const parsed = parsePythonJson(text);
        if (!parsed.ok) assert.throws(() => JSON.parse(text) as unknown, SyntaxError);
        else assert.deepStrictEqual(parsed.value, JSON.parse(text));
      }),
    );
  });
});
