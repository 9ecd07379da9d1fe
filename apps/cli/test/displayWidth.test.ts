import { displayWidth as widthOfAny } from "effect/cli/CliOutput";
import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { displayWidth } from "../src/output/displayWidth.ts";

describe("displayWidth", () => {
  it("is what Unicode says, for every text", () => {
    const texts = fc.string({ unit: "grapheme", maxLength: 12 });
    fc.assert(
      fc.property(texts, (text) => displayWidth(text) === widthOfAny(text)),
      { numRuns: 2_000 },
    );
  });

  it("is what Unicode says for each sign that it counts itself, coloured too", () => {
    for (let code = 0x20; code < 0x2800; code += 1) {
      const text = `a${String.fromCodePoint(code)}b`;
      assert.strictEqual(displayWidth(text), widthOfAny(text), code.toString(16));
      assert.strictEqual(displayWidth(`\u001B[1m${text}\u001B[22m`), widthOfAny(text), code.toString(16));
    }
  });
});
