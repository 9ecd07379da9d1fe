/** How long an audio file plays, by its header, as ffmpeg would tell the gateway. */
import { mp3Seconds } from "./mp3Seconds.ts";
import { mp4Seconds } from "./mp4Seconds.ts";
import { webmSeconds } from "./webmSeconds.ts";

/** In seconds; `undefined` for a container that is not known, and a header that does not say. */
export const audioSecondsOf = (file: Buffer): number | undefined => {
  try {
    const seconds = read(file);
    return seconds !== undefined && Number.isFinite(seconds) ? seconds : undefined;
  } catch (error) {
    // Node throws what it reads beyond the end: the header was cut short.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const read = (file: Buffer): number | undefined => {
  const mark = (from: number, to: number) => file.toString("latin1", from, to);
  if (mark(0, 4) === "RIFF" && mark(8, 12) === "WAVE") return wavSeconds(file);
  if (mark(0, 4) === "fLaC") return flacSeconds(file);
  if (mark(0, 4) === "\x1a\x45\xdf\xa3") return webmSeconds(file);
  if (mark(4, 8) === "ftyp") return mp4Seconds(file);
  return mp3Seconds(file);
};

/** The length that a recorder writes while it does not know it yet. */
const unknownLength = 0xffffffff;

const wavSeconds = (file: Buffer): number | undefined => {
  let bytesPerSecond = 0;
  for (let at = 12; at < file.length;) {
    const [name, length] = [file.toString("latin1", at, at + 4), file.readUInt32LE(at + 4)];
    const content = at + 8;
    if (name === "fmt ") bytesPerSecond = file.readUInt32LE(content + 8);
    if (name === "data") {
      return (length === 0 || length === unknownLength ? file.length - content : length) / bytesPerSecond;
    }
    // Chunks begin at even places.
    at = content + length + (length % 2);
  }
  return undefined;
};

/** STREAMINFO comes first: 20 bits of sample rate, 3 of channels, 5 of depth, 36 of samples. */
const flacSeconds = (file: Buffer): number => {
  const rate = file.readUIntBE(18, 3) >>> 4;
  const samples = (file.readUInt8(21) & 0x0f) * 0x1_0000_0000 + file.readUInt32BE(22);
  return samples / rate;
};
