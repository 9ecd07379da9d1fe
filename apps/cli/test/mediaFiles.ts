/** Files as a caller has them. */
import { maskPng } from "../src/generate/greyPng.ts";

export const smallPng = maskPng(
  Array.from({ length: 64 }, (_, y) => Array.from({ length: 64 }, (_column, x) => x - y)),
);

const seconds = 2;
const samplesPerSecond = 8_000;

/** Two seconds of silence as a WAV file, in 8 bits. */
export const toneWav = ((): Buffer => {
  const length = seconds * samplesPerSecond;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // samples as they are
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(samplesPerSecond, 24);
  header.writeUInt32LE(samplesPerSecond, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36);
  header.writeUInt32LE(length, 40);
  return Buffer.concat([header, Buffer.alloc(length, 128)]);
})();
