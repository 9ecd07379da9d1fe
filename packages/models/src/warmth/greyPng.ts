/**
 * A small grey picture as a PNG file, made by hand because a probe must also run in a browser. PNG is one of the three
 * formats that go-livepeer can decode. The pixels are stored and not compressed: a probe's picture is a few kilobytes.
 */

/** The PNG file of a square of mid-grey, `side` pixels wide, in 8 bits of red, green and blue each. */
export const greyPng = (side: number): Uint8Array<ArrayBuffer> => {
  const header = bytesOf(13, (view) => {
    view.setUint32(0, side);
    view.setUint32(4, side);
    view.setUint8(8, 8); // bits per channel
    view.setUint8(9, 2); // red, green, blue
  });
  const stride = 1 + side * 3;
  // Every row begins with the number of its filter: 0, none.
  const rows = new Uint8Array(stride * side).map((_, place) => (place % stride === 0 ? 0 : 128));
  return joined([signature, chunk("IHDR", header), chunk("IDAT", stored(rows)), chunk("IEND", new Uint8Array())]);
};

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Its length, its type, its data, and the checksum of the last two. */
const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const body = joined([new TextEncoder().encode(type), data]);
  return joined([uint32(data.length), body, uint32(crc32(body))]);
};

/** The longest block that deflate can store. */
const longestBlock = 0xffff;

/** A zlib stream whose deflate blocks are stored as they are (RFC 1950 and 1951). */
const stored = (data: Uint8Array): Uint8Array => {
  const starts = Array.from({ length: Math.ceil(data.length / longestBlock) }, (_, block) => block * longestBlock);
  const blocks = starts.flatMap((start) => {
    const part = data.subarray(start, start + longestBlock);
    const head = bytesOf(5, (view) => {
      view.setUint8(0, start + part.length === data.length ? 1 : 0); // 1: the last one
      view.setUint16(1, part.length, true);
      view.setUint16(3, ~part.length, true);
    });
    return [head, part];
  });
  return joined([Uint8Array.of(0x78, 0x01), ...blocks, uint32(adler32(data))]);
};

const crc32 = (data: Uint8Array): number => {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
};

const adler32 = (data: Uint8Array): number => {
  let [low, high] = [1, 0];
  for (const byte of data) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
};

const bytesOf = (length: number, write: (view: DataView) => void): Uint8Array => {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
};

const uint32 = (value: number): Uint8Array => bytesOf(4, (view) => view.setUint32(0, value));

const joined = (parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
