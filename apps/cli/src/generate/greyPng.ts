/** A mask as a picture: PNG (RFC 2083) with 8 bits of grey, black and white. */
import { crc32, deflateSync } from "node:zlib";

const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** White where a value is above zero, which holds for logits and for masks of ones alike. */
export const maskPng = (rows: ReadonlyArray<ReadonlyArray<number>>): Buffer => {
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8); // bits of grey
  const pixels = Buffer.alloc((width + 1) * height); // each row begins with its filter, 0: none
  for (const [y, row] of rows.entries()) {
    for (const [x, value] of row.entries()) pixels[y * (width + 1) + 1 + x] = value > 0 ? 255 : 0;
  }
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
};

/** Its length, its type, its data, and the checksum of the last two. */
const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
