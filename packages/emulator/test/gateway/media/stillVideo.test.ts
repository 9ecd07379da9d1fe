/** The film is read back by the book: boxes of ISO/IEC 14496-12, and the bits of ITU-T H.264, section 7.3. */
import { assert, describe, it } from "vitest";
import { BitWriter } from "../../../src/gateway/media/BitWriter.ts";
import { mp4Seconds } from "../../../src/gateway/media/mp4Seconds.ts";
import { makeStillVideo } from "../../../src/gateway/media/stillVideo.ts";

const picture = { prompt: "", seed: 7, width: 72, height: 40 };
const film = Buffer.from(makeStillVideo(picture, 25, 6));

/** What is inside the box at the end of a path. */
const inside = (path: string, boxes: Buffer = film): Buffer => {
  const [type = "", ...rest] = path.split("/");
  for (let at = 0; at < boxes.length; at += boxes.readUInt32BE(at)) {
    if (boxes.toString("latin1", at + 4, at + 8) !== type) continue;
    const content = boxes.subarray(at + 8, at + boxes.readUInt32BE(at));
    return rest.length === 0 ? content : inside(rest.join("/"), content);
  }
  throw new Error(`no ${type}`);
};

const table = (name: string) => inside(`moov/trak/mdia/minf/stbl/${name}`);

const units = () => {
  const sizes = table("stsz");
  let at = table("stco").readUInt32BE(8);
  return Array.from({ length: sizes.readUInt32BE(8) }, (_, index) => {
    const length = sizes.readUInt32BE(12 + index * 4);
    assert.strictEqual(film.readUInt32BE(at), length - 4);
    at += length;
    return film.subarray(at - length + 4, at);
  });
};

/** Reads bits, as section 7.2 and 9.1 have it. */
const bitsOf = (unit: Buffer) => {
  const bits = [...unit].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  let at = 0;
  const take = (count: number) => Number.parseInt(bits.slice(at, (at += count)), 2);
  const golomb = () => {
    const zeros = bits.indexOf("1", at) - at;
    at += zeros;
    return take(zeros + 1) - 1;
  };
  return { take, golomb };
};

describe("the video of image-to-video", () => {
  it("is as long as its frames, at its rate", () => {
    assert.approximately(mp4Seconds(film) ?? NaN, 25 / 6, 1e-9);
    assert.lengthOf(units(), 25);
  });

  it("says its size in the track, and in the sample entry", () => {
    const header = inside("moov/trak/tkhd");
    assert.deepStrictEqual([header.readUInt32BE(76) >>> 16, header.readUInt32BE(80) >>> 16], [72, 40]);
    const entry = table("stsd").subarray(16);
    assert.deepStrictEqual([entry.readUInt16BE(24), entry.readUInt16BE(26)], [72, 40]);
  });

  it("has a sequence of whole macroblocks, cropped to the picture", () => {
    const entry = table("stsd");
    const sequence = entry.subarray(entry.indexOf("avcC") + 4 + 8);
    assert.deepStrictEqual([...sequence.subarray(0, 4)], [0x67, 66, 0xc0, 51]);
    const { golomb, take } = bitsOf(sequence.subarray(4));
    assert.deepStrictEqual([golomb(), golomb(), golomb(), golomb(), take(1)], [0, 0, 2, 1, 0]);
    assert.deepStrictEqual([golomb() + 1, golomb() + 1, take(3)], [5, 3, 0b111]);
    // In steps of two pixels: 80 x 48 is 8 pixels wider and higher.
    assert.deepStrictEqual([golomb(), golomb(), golomb(), golomb()], [0, 4, 0, 4]);
  });

  it("has the pixels in its first frame, none of them black beyond the range, and none forged", () => {
    const [first = Buffer.alloc(0)] = units();
    assert.strictEqual(first[0], 0x65);
    // The head, and for each of 15 macroblocks two bytes and 384 samples; the end bit.
    const macroblocks = 15 * 386;
    const samples = first.subarray(first.length - macroblocks - 1, first.length - 1);
    for (let block = 0; block < 15; block += 1) {
      const luma = samples.subarray(block * 386 + 2, block * 386 + 258);
      assert.isTrue(luma.every((value) => value >= 16 && value <= 235));
    }
    assert.strictEqual(first.at(-1), 0x80);
  });

  it("repeats it in every other frame, whose numbers count up", () => {
    for (const [index, unit] of units().entries()) {
      if (index === 0) continue;
      assert.strictEqual(unit[0], 0x41);
      const { golomb, take } = bitsOf(unit.subarray(1));
      assert.deepStrictEqual([golomb(), golomb(), golomb(), take(4), take(3)], [0, 5, 0, index % 16, 0]);
      assert.deepStrictEqual([golomb(), golomb(), golomb(), take(1)], [0, 1, 15, 1]);
    }
  });

  it("is the same for the same picture, and another for another seed", () => {
    assert.deepStrictEqual(Buffer.from(makeStillVideo(picture, 25, 6)), film);
    assert.notDeepEqual(Buffer.from(makeStillVideo({ ...picture, seed: 8 }, 25, 6)), film);
  });
});

describe("a NAL unit", () => {
  it("has a 3 where its bytes would look like the start of another", () => {
    const of = (...bytes: ReadonlyArray<number>) => [...new BitWriter(bytes).end()];
    assert.deepStrictEqual(of(0, 0, 0), [0, 0, 3, 0, 0x80]);
    assert.deepStrictEqual(of(0, 0, 1, 0, 0, 3), [0, 0, 3, 1, 0, 0, 3, 3, 0x80]);
    assert.deepStrictEqual(of(0, 0, 4, 0, 1), [0, 0, 4, 0, 1, 0x80]);
    assert.deepStrictEqual(of(0, 0, 0, 0, 0), [0, 0, 3, 0, 0, 3, 0, 0x80]);
  });

  it("has Exp-Golomb codes, the first of them 1, 010, 011, 00100", () => {
    const code = (value: number) => [...new BitWriter([]).golomb(value).end()];
    assert.deepStrictEqual([code(0), code(1), code(2), code(3)], [[0xc0], [0x50], [0x70], [0x24]]);
  });
});
