/** How long an MP4 or M4A plays: the movie header (`moov`/`mvhd`), ISO/IEC 14496-12. */

/** In seconds; `undefined` without a movie header. */
export const mp4Seconds = (file: Buffer): number | undefined => {
  const movie = boxIn(file, "moov");
  const header = movie && boxIn(movie, "mvhd");
  if (header === undefined) return undefined;
  return header.readUInt8(0) === 1
    ? Number(header.readBigUInt64BE(24)) / header.readUInt32BE(20)
    : header.readUInt32BE(16) / header.readUInt32BE(12);
};

/** What the first box of that type contains. */
const boxIn = (boxes: Buffer, type: string): Buffer | undefined => {
  for (let at = 0; at < boxes.length;) {
    const short = boxes.readUInt32BE(at);
    const head = short === 1 ? 16 : 8;
    // 0 is up to the end; 1 is written out in 64 bits.
    const length = short === 0 ? boxes.length - at : short === 1 ? Number(boxes.readBigUInt64BE(at + 8)) : short;
    if (length < head) return undefined;
    if (boxes.toString("latin1", at + 4, at + 8) === type) return boxes.subarray(at + head, at + length);
    at += length;
  }
  return undefined;
};
