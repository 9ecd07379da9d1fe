import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodePng } from "../../src/picture/png.ts";
import { decodePng } from "./decodePng.ts";

describe("encodePng", () => {
  it("gives back exactly the pixels that it was given", () => {
    const pictures = fc
      .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) })
      .chain(({ width, height }) => {
        const length = width * height * 3;
        return fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          rgb: fc.uint8Array({ minLength: length, maxLength: length }),
        });
      });
    fc.assert(
      fc.property(pictures, ({ width, height, rgb }) => {
        expect(decodePng(encodePng(width, height, rgb))).toEqual({
          width,
          height,
          chunks: ["IHDR", "IDAT", "IEND"],
          rgb,
        });
      }),
    );
  });

  it("refuses pixels that do not fill the picture", () => {
    expect(() => encodePng(2, 2, new Uint8Array(11))).toThrow(new RangeError("2x2 takes 12 bytes, not 11"));
  });
});
