import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { byteRangeOf } from "../../src/media/byteRange.ts";

describe("a range of bytes", () => {
  it.each([
    ["bytes=0-3", { start: 0, end: 3 }],
    ["bytes=3-", { start: 3, end: 9 }],
    ["bytes=-3", { start: 7, end: 9 }],
    ["bytes=-99", { start: 0, end: 9 }],
    ["bytes=9-9999999999999999999999", { start: 9, end: 9 }],
    ["Bytes= 2-2 ", { start: 2, end: 2 }],
    ["bytes=10-", "none"],
    ["bytes=-0", "none"],
    ["bytes=5-4", "whole"],
    ["bytes=0-1,3-4", "whole"],
    ["bytes=-", "whole"],
    ["bytes=a-b", "whole"],
    ["bytes=--1", "whole"],
    ["lines=0-3", "whole"],
    ["", "whole"],
    [undefined, "whole"],
  ])("of ten, asked for as %s", (header, range) => {
    assert.deepStrictEqual(byteRangeOf(header, 10), range);
  });

  it("is what a count by hand gives", () => {
    const number = fc.nat({ max: 12 });
    fc.assert(
      fc.property(number, number, number, (size, first, last) => {
        fc.pre(first <= last);
        const asked = Array.from({ length: size }, (_, at) => at).filter((at) => at >= first && at <= last);
        const range = byteRangeOf(`bytes=${first}-${last}`, size);
        const [start] = asked;
        assert.deepStrictEqual(range, start === undefined ? "none" : { start, end: asked.at(-1) });
      }),
      { numRuns: 100 },
    );
  });
});
