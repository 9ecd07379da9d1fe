/** Reads a PNG file the long way, by the book and not by the encoder, and fails on whatever is not as it should be. */
import { inflateSync } from "node:zlib";

export interface Decoded {
  readonly width: number;
  readonly height: number;
  /** The types of the chunks in their order. */
  readonly chunks: ReadonlyArray<string>;
  /** Red, green and blue of every pixel, row after row from the top. */
  readonly rgb: Uint8Array;
}

export const decodePng = (file: Uint8Array): Decoded => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (Buffer.from(file.subarray(0, 8)).toString("hex") !== "89504e470d0a1a0a") throw new Error("not a PNG signature");
  const chunks: Array<string> = [];
  const data: Array<Uint8Array> = [];
  let header: DataView | undefined;
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const type = Buffer.from(file.subarray(at + 4, at + 8)).toString("latin1");
    const content = file.subarray(at + 8, at + 8 + length);
    if (checksum(file.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
      throw new Error(`the checksum of ${type} is wrong`);
    if (type === "IHDR") header = new DataView(content.buffer, content.byteOffset, content.byteLength);
    if (type === "IDAT") data.push(content);
    chunks.push(type);
    at += length + 12;
  }
  if (header?.byteLength !== 13) throw new Error("no header of 13 bytes");
  const form = [8, 9, 10, 11, 12].map((at) => header.getUint8(at)).join(" ");
  if (form !== "8 2 0 0 0") throw new Error(`not 8 bits of red, green and blue: ${form}`);
  const width = header.getUint32(0);
  const height = header.getUint32(4);
  return { width, height, chunks, rgb: unfilter(inflateSync(Buffer.concat(data)), width, height) };
};

const unfilter = (filtered: Uint8Array, width: number, height: number): Uint8Array => {
  const stride = width * 3;
  if (filtered.length !== (stride + 1) * height) throw new Error(`${filtered.length} bytes for ${width}x${height}`);
  const rgb = new Uint8Array(stride * height);
  const pixel = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (rgb[y * stride + x] ?? 0));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < stride; x += 1)
      rgb[y * stride + x] =
        (filtered[y * (stride + 1) + 1 + x] ?? 0) +
        predicted(filtered[y * (stride + 1)], pixel(x - 3, y), pixel(x, y - 1), pixel(x - 3, y - 1));
  return rgb;
};

/** The five filters of the PNG specification, section 9. */
const predicted = (filter: number | undefined, left: number, up: number, corner: number): number => {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      throw new Error(`there is no filter ${filter}`);
  }
};

/** CRC-32 as the PNG specification's annex D has it, bit by bit. */
const checksum = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
};
