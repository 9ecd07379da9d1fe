import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { imageSizeOf } from "../../../src/gateway/media/imageSize.ts";
import { gif, jpeg, png, webp } from "../files.ts";

const side = fc.integer({ min: 1, max: 0xffff });

describe("the size of an image", () => {
  it("is what the header of a PNG, a JPEG or a GIF says", () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(png, gif, jpeg), (width, height, make) => {
        assert.deepStrictEqual(imageSizeOf(make(width, height)), { width, height });
      }),
    );
  });

  it("is there in every kind of JPEG that Go decodes, and in no other", () => {
    for (const frame of [0xc0, 0xc1, 0xc2]) assert.isDefined(imageSizeOf(jpeg(8, 8, frame)), String(frame));
    for (const frame of [0xc3, 0xc4, 0xc5, 0xc9, 0xcf]) assert.isUndefined(imageSizeOf(jpeg(8, 8, frame)));
  });

  it("is found behind fill bytes and markers that stand alone, but not behind the scan", () => {
    const begun = (between: string) =>
      Buffer.concat([Buffer.from("ffd8", "hex"), Buffer.from(between, "hex"), jpeg(8, 8).subarray(2)]);
    for (const between of ["ffff", "ff01", "ffd0", "ffd7"]) {
      assert.deepStrictEqual(imageSizeOf(begun(between === "ffff" ? "ff" : between)), { width: 8, height: 8 }, between);
    }
    assert.isUndefined(imageSizeOf(begun("ffda0002")));
    assert.isUndefined(imageSizeOf(begun("00")));
  });

  it("is not there without pixels", () => {
    for (const make of [png, gif, jpeg]) {
      assert.isUndefined(imageSizeOf(make(0, 8)));
      assert.isUndefined(imageSizeOf(make(8, 0)));
    }
    assert.isUndefined(imageSizeOf(png(0x8000_0000, 8)));
  });

  it("is not there when the header is cut short, nor in any other format", () => {
    const shortest = [png(8, 8), gif(8, 8).subarray(0, 13), jpeg(8, 8).subarray(0, 21)];
    for (const file of shortest) {
      assert.isDefined(imageSizeOf(file));
      for (let length = 0; length < file.length; length += 1) assert.isUndefined(imageSizeOf(file.subarray(0, length)));
    }
    for (const file of [webp, Buffer.from("BM"), Buffer.from("GIF90a12345678")]) assert.isUndefined(imageSizeOf(file));
  });

  it("never fails, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.constantFrom("ffd8", "89504e470d0a1a0a", "474946383961", ""), fc.uint8Array(), (magic, bytes) => {
        imageSizeOf(Buffer.concat([Buffer.from(magic, "hex"), bytes]));
      }),
    );
  });
});
