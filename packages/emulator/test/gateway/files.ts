/** Media files for requests, by the book: headers that say what a test wants them to say, and little behind them. */
import { crc32 } from "node:zlib";

export const png = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(17);
  header.write("IHDR", 0, "latin1");
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  header.set([8, 2, 0, 0, 0], 12);
  return Buffer.concat([Buffer.from("89504e470d0a1a0a0000000d", "hex"), header, u32be(crc32(header))]);
};

export const gif = (width: number, height: number, version = "GIF89a"): Buffer =>
  Buffer.concat([Buffer.from(version), u16le(width, height), Buffer.of(0, 0, 0, 0x3b)]);

/** With an EXIF segment in front of the frame header of that marker, as a camera writes it. */
export const jpeg = (width: number, height: number, frame = 0xc0): Buffer =>
  Buffer.concat([
    Buffer.from("ffd8ffe10008457869660000", "hex"),
    Buffer.of(0xff, frame, 0, 11, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0),
    Buffer.of(0xff, 0xd9),
  ]);

export const webp = Buffer.from("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700", "hex");

/** 8 kHz, 8 bits; `declared` overrides the length that the header gives. */
export const wav = (seconds: number, declared?: number): Buffer => {
  const data = Buffer.alloc(Math.round(seconds * 8_000), 0x80);
  return Buffer.concat([
    Buffer.from("RIFF"),
    u32le(data.length + 42),
    Buffer.from("WAVEfmt "),
    u32le(16),
    u16le(1, 1),
    u32le(8_000, 8_000),
    u16le(1, 8),
    // A chunk of odd length, which is padded.
    Buffer.from("LIST\x01\0\0\0x\0", "latin1"),
    Buffer.from("data"),
    u32le(declared ?? data.length),
    data,
  ]);
};

/** 44.1 kHz, two channels, 16 bits. */
export const flac = (seconds: number): Buffer => {
  const facts = (44_100n << 44n) | (1n << 41n) | (15n << 36n) | BigInt(Math.round(seconds * 44_100));
  const info = Buffer.alloc(34);
  info.writeBigUInt64BE(facts, 10);
  return Buffer.concat([Buffer.from("fLaC"), Buffer.of(0x80, 0, 0, 34), info]);
};

/** Layer III, 128 kbit/s, 44.1 kHz, behind an ID3 tag; `counted` adds a Xing header with that many frames. */
export const mp3 = (seconds: number, counted?: number): Buffer => {
  const frames = Buffer.alloc(Math.round(seconds * 16_000));
  frames.set([0xff, 0xfb, 0x90, 0xc0]);
  if (counted !== undefined) frames.set(Buffer.concat([Buffer.from("Xing"), u32be(1, counted)]), 21);
  const tag = Buffer.alloc(200);
  return Buffer.concat([Buffer.from("ID3\x03\0\0\0\0\x01\x48", "latin1"), tag, frames]);
};

const box = (type: string, ...content: ReadonlyArray<Uint8Array>): Buffer => {
  const inside = Buffer.concat(content);
  return Buffer.concat([u32be(inside.length + 8), Buffer.from(type), inside]);
};

/** In ticks of a thousandth; version 1 of the movie header has longer numbers. */
export const mp4 = (seconds: number, version: 0 | 1 = 0): Buffer => {
  const ticks = Math.round(seconds * 1000);
  const header = version === 0 ? u32be(0, 0, 0, 1000, ticks) : u32be(0x0100_0000, 0, 0, 0, 0, 1000, 0, ticks);
  return Buffer.concat([box("ftyp", Buffer.from("M4A ")), box("free"), box("moov", box("mvhd", header))]);
};

const element = (id: string, content: Uint8Array): Buffer => {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE((1n << 56n) | BigInt(content.length));
  return Buffer.concat([Buffer.from(id, "hex"), size, content]);
};

/** As a muxer writes it, or as a browser records it: a segment of unknown length, a float, and no scale. */
export const webm = (seconds: number, recorded = false): Buffer => {
  const duration = Buffer.alloc(recorded ? 4 : 8);
  if (recorded) duration.writeFloatBE(seconds * 1000);
  else duration.writeDoubleBE(seconds * 10);
  const scale = element("2ad7b1", Buffer.from("05f5e100", "hex"));
  const facts = element("1549a966", Buffer.concat([...(recorded ? [] : [scale]), element("4489", duration)]));
  const segment = recorded
    ? Buffer.concat([Buffer.from("1853806701ffffffffffffff", "hex"), facts])
    : element("18538067", Buffer.concat([element("ec", Buffer.alloc(9)), facts]));
  return Buffer.concat([element("1a45dfa3", Buffer.from("4282847765626d", "hex")), segment]);
};

function u32be(...values: ReadonlyArray<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

function u32le(...values: ReadonlyArray<number>): Buffer {
  return u32be(...values).swap32();
}

function u16le(...values: ReadonlyArray<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}
