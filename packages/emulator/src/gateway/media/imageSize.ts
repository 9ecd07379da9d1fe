/** The size in the header of an image that Go's gateway can read: its decoders are those of PNG, JPEG and GIF. */

export interface ImageSize {
  /** In pixels, as is the height; neither is ever 0. */
  readonly width: number;
  readonly height: number;
}

export const imageSizeOf = (file: Buffer): ImageSize | undefined => {
  const size = read(file);
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
};

const read = (file: Buffer): ImageSize | undefined => {
  const signature = file.toString("latin1", 0, 8);
  if (signature === "\x89PNG\r\n\x1a\n") return png(file);
  if (signature.startsWith("GIF87a") || signature.startsWith("GIF89a")) return gif(file);
  return signature.startsWith("\xff\xd8") ? jpeg(file) : undefined;
};

const png = (file: Buffer): ImageSize | undefined =>
  file.length >= 33 && file.toString("latin1", 12, 16) === "IHDR"
    ? { width: file.readInt32BE(16), height: file.readInt32BE(20) }
    : undefined;

const gif = (file: Buffer): ImageSize | undefined =>
  file.length >= 13 ? { width: file.readUInt16LE(6), height: file.readUInt16LE(8) } : undefined;

/** Walks the segments up to the frame header: baseline, extended or progressive, which are the ones that Go decodes. */
const jpeg = (file: Buffer): ImageSize | undefined => {
  for (let at = 2; at + 9 <= file.length;) {
    if (file[at] !== 0xff) return undefined;
    const marker = file.readUInt8(at + 1);
    if (marker >= 0xc0 && marker <= 0xc2) {
      return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
    }
    // The scan comes after the frame header.
    if (marker === 0xda) return undefined;
    // A fill byte, or a marker that stands alone.
    const length =
      marker === 0xff ? -1 : marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7) ? 0 : file.readUInt16BE(at + 2);
    at += 2 + length;
  }
  return undefined;
};
