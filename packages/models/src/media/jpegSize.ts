/**
 * The size in a JPEG's frame header. Lenient as decoders are: fill bytes before a marker are legal, and what stands between
 * two segments is skipped. In one pass over the segments, whatever they hold.
 */

export interface JpegSize {
  /** In pixels, as is the height. */
  readonly width: number;
  readonly height: number;
}

/** Baseline, extended sequential, progressive: the frames that image libraries decode. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xc2;

/** TEM, RST0 to RST7 and SOI have no length after them. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** The scan comes after the frame header, and the end after both. */
const isTooLate = (marker: number): boolean => marker === 0xda || marker === 0xd9;

/** `undefined` where there is none, or the bytes end before it. */
export const jpegSize = (file: Uint8Array): JpegSize | undefined => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 2; at + 9 <= file.length;) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0xff || marker === 0) at += 1;
    else if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else if (isTooLate(marker)) return undefined;
    else at += 2 + (standsAlone(marker) ? 0 : view.getUint16(at + 2));
  }
  return undefined;
};
