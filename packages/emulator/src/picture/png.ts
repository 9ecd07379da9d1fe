/**
 * Writes pixels as a PNG file: 8 bits of red, green and blue each, on nothing but `node:zlib`.
 *
 * Equal pixels give equal bytes on every machine, which is why the strategy is run lengths: zlib's search for longer
 * repetitions hashes differently by processor, and finds next to nothing in a dithered picture.
 */
import { constants, crc32, deflateSync } from "node:zlib";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const bytesPerPixel = 3;
/** A chunk is its length, its type, its data and its checksum. */
const chunkOverhead = 12;

/**
 * The PNG file of a picture of `width` times `height` pixels.
 *
 * `rgb` holds three bytes per pixel, row after row from the top; the alpha channel is left out.
 */
export const encodePng = (width: number, height: number, rgb: Uint8Array): Uint8Array => {
  const expected = width * height * bytesPerPixel;
  if (rgb.length !== expected) throw new RangeError(`${width}x${height} takes ${expected} bytes, not ${rgb.length}`);
  const pixels = deflateSync(filterRows(width, height, rgb), { strategy: constants.Z_RLE, memLevel: 9 });
  return concatenate([signature, chunk("IHDR", header(width, height)), chunk("IDAT", pixels), chunk("IEND")]);
};

const header = (width: number, height: number): Uint8Array => {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, 8); // bits per channel
  view.setUint8(9, 2); // red, green, blue
  return bytes;
};

const chunk = (type: string, data: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const bytes = new Uint8Array(data.length + chunkOverhead);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
};

/** Every pixel as its difference from the one to its left (filter type 1): along a row, sky and land hardly change. */
const filterRows = (width: number, height: number, rgb: Uint8Array): Uint8Array => {
  const stride = width * bytesPerPixel;
  const filtered = new Uint8Array((stride + 1) * height);
  for (let y = 0, from = 0, to = 0; y < height; y += 1) {
    const end = from + stride;
    filtered[to++] = 1;
    for (const second = from + bytesPerPixel; from < second; from += 1) filtered[to++] = rgb[from] as number;
    for (; from < end; from += 1) filtered[to++] = (rgb[from] as number) - (rgb[from - bytesPerPixel] as number);
  }
  return filtered;
};

const concatenate = (parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
