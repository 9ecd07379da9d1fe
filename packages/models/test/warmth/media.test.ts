import { crc32, inflateSync } from "node:zlib";
import { imageSize } from "image-size";
import { parseBuffer } from "music-metadata";
import { describe, expect, it } from "vitest";
import { greyPng } from "../../src/warmth/greyPng.ts";
import { silentWav } from "../../src/warmth/silentWav.ts";

/** The chunks of a PNG file, with each checksum compared with Node's. */
const chunksOf = (file: Uint8Array) => {
  const view = new DataView(file.buffer);
  const chunks: Array<{ readonly type: string; readonly data: Uint8Array }> = [];
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const data = file.subarray(at + 8, at + 8 + length);
    expect(view.getUint32(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)));
    chunks.push({ type: new TextDecoder().decode(file.subarray(at + 4, at + 8)), data });
    at += 12 + length;
  }
  return chunks;
};

describe("a grey picture", () => {
  // 256: its pixels take more than one stored block.
  it.each([1, 64, 256])("of %i pixels is a PNG file that zlib can read", (side) => {
    const file = greyPng(side);
    expect([...file.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(imageSize(file)).toMatchObject({ type: "png", width: side, height: side });
    const chunks = chunksOf(file);
    expect(chunks.map(({ type }) => type)).toEqual(["IHDR", "IDAT", "IEND"]);
    expect([...chunks[0]!.data.subarray(8)]).toEqual([8, 2, 0, 0, 0]);
    const row = [0, ...Array.from({ length: side * 3 }, () => 128)];
    const pixels = inflateSync(chunks[1]!.data);
    expect(Buffer.compare(pixels, Buffer.from(Array.from({ length: side }, () => row).flat()))).toBe(0);
  });

  it("of a probe weighs 12 kB", () => {
    expect(greyPng(64)).toHaveLength(12_420);
  });
});

describe("silence", () => {
  it.each([1, 2.5])("of %d seconds is a WAV file of that length", async (seconds) => {
    const file = silentWav(seconds);
    const { format } = await parseBuffer(file, { mimeType: "audio/wav" });
    expect(format).toMatchObject({
      container: "WAVE",
      duration: seconds,
      sampleRate: 8_000,
      numberOfChannels: 1,
      bitsPerSample: 16,
    });
    expect(file.subarray(44).every((byte) => byte === 0)).toBe(true);
    expect(file).toHaveLength(44 + seconds * 16_000);
  });
});
