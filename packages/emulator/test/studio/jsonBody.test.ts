/** The sentences are those of body-parser 1.20 on Node 18. */
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { readJson } from "../../src/studio/jsonBody.ts";
import { statusOf } from "../ask.ts";
import { askStudio, imageRequest, refusedWith } from "./studio.ts";

const end = "Unexpected end of JSON input";

describe("a body that is not JSON", () => {
  const table: ReadonlyArray<readonly [body: string, message: string]> = [
    ["{", end],
    [" \n", end],
    ['{"prompt":"a fo', end],
    ['{"prompt":tru', end],
    ["prompt=a+fox", "Unexpected token p in JSON at position 0"],
    [' "a fox"', 'Unexpected token " in JSON at position 1'],
    ["12", "Unexpected token 1 in JSON at position 0"],
    ["null", "Unexpected token n in JSON at position 0"],
    ["{prompt:1}", "Unexpected token p in JSON at position 1"],
    ["{'prompt':1}", "Unexpected token ' in JSON at position 1"],
    ['{"prompt":"a fox",}', "Unexpected token } in JSON at position 18"],
    ['{"prompt":"a fox" "seed":1}', "Unexpected string in JSON at position 18"],
    ['{"prompt" 1}', "Unexpected number in JSON at position 10"],
    ['{"seed":01}', "Unexpected number in JSON at position 9"],
    ['{"seed":-}', "Unexpected token } in JSON at position 9"],
    ['{"seed":-"', "Unexpected string in JSON at position 9"],
    ['{"safety_check":trve}', "Unexpected token v in JSON at position 18"],
    ['{"prompt":"a\nfox"}', String.raw`Unexpected token ${"\n"} in JSON at position 12`],
    [String.raw`{"prompt":"\x"}`, "Unexpected token x in JSON at position 12"],
    ["[1,]", "Unexpected token ] in JSON at position 3"],
    ["{} {}", "Unexpected token { in JSON at position 3"],
    ["{}}", "Unexpected token } in JSON at position 2"],
    ['{\u201cprompt\u201d:"a fox"}', "Unexpected token \u201c in JSON at position 1"],
  ];
  for (const [body, message] of table) {
    it(`${JSON.stringify(body)}: ${JSON.stringify(message)}`, async () => {
      refusedWith(await askStudio(imageRequest(body)), 400, message);
    });
  }

  it("is refused on every path and by every method, as body-parser knows of neither", async () => {
    for (const change of [{ path: "/api/nowhere" }, { method: "GET" }])
      refusedWith(await askStudio({ ...imageRequest("{"), ...change }), 400, end);
  });

  /** Where today's V8 finds it bad: it says so in other words, and not always with the position. */
  const placeOf = (text: string): { readonly position?: number; readonly char?: string } => {
    try {
      JSON.parse(text);
      return {};
    } catch (error) {
      const { message } = error as SyntaxError;
      if (message.includes("end of JSON input")) return { position: text.length };
      const [, position] = /at position (\d+)/.exec(message) ?? [];
      if (position !== undefined) return { position: Number(position) };
      return { char: /^Unexpected token '([^])'/.exec(message)?.[1] ?? "" };
    }
  };

  const ourPlaceOf = (text: string): number | undefined => {
    const read = readJson("application/json", Buffer.from(text));
    if (read.ok) return undefined;
    const body = read.refusal.kind === "answer" ? String(read.refusal.body) : "";
    const [message = ""] = (JSON.parse(body) as { readonly errors: ReadonlyArray<string> }).errors;
    return message === end ? text.length : Number(/at position (\d+)$/.exec(message)?.[1]);
  };

  it("is found bad where today's V8 finds it bad, whatever is wrong with it", () => {
    const pieces = fc.constantFrom(" ", "\n", ...'{ } [ ] : , " \\ / u00e9 - . E 0 12 true fal null a'.split(" "));
    const soup = fc.string({ unit: pieces, maxLength: 12 });
    const broken = fc
      .tuple(fc.jsonValue(), fc.nat(), pieces)
      .map(([value, at, piece]) => [`${JSON.stringify(value)},{"a":1}]`, at, piece] as const)
      .map(([text, at, piece]) => text.slice(0, at % text.length) + piece + text.slice((at % text.length) + 1));
    fc.assert(
      fc.property(fc.oneof(soup, broken), (rest) => {
        const text = `[${rest}`;
        const [theirs, ours] = [placeOf(text), ourPlaceOf(text)];
        if (theirs.char === undefined) assert.strictEqual(ours, theirs.position, text);
        else assert.strictEqual(text.charAt(ours ?? 0), theirs.char, text);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a JSON body", () => {
  const sized = (bytes: number) => `{"prompt":"${"é".repeat((bytes - 13) / 2)}"}`;

  it("may be 100 kB, counted in bytes, and no more", async () => {
    assert.strictEqual(Buffer.byteLength(sized(102_401)), 102_401);
    refusedWith(await askStudio(imageRequest(sized(102_401))), 413, "request entity too large");
    const small = sized(102_399).replace("{", '{"width":8,"height":8,');
    const fits = small.replace("é".repeat(20), "");
    assert.isAtMost(Buffer.byteLength(fits), 102_400);
    assert.strictEqual(
      statusOf(await askStudio(imageRequest(fits.padEnd(102_400 - Buffer.byteLength(fits) + fits.length)))),
      200,
    );
  });

  it("that is not said to be JSON, or is empty, is an empty object", async () => {
    const required =
      '{"instancePath":"","schemaPath":"#/required","keyword":"required","params":{"missingProperty":"prompt"},"message":"must have required property \'prompt\'"}';
    for (const type of ["text/plain", "application/problem+json", ""])
      refusedWith(await askStudio(imageRequest({ prompt: "a fox" }, { "Content-Type": type })), 422, required);
    refusedWith(await askStudio(imageRequest("")), 422, required);
  });

  it("may name a charset and begin with a byte order mark", async () => {
    const type = { "Content-Type": "Application/JSON; charset=utf-8" };
    const heard = await askStudio(imageRequest('\uFEFF{"prompt":"a fox","width":8,"height":8}', type));
    assert.strictEqual(statusOf(heard), 200);
  });
});
