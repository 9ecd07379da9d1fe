/** What the cases ask for: little, so that nobody waits for a drawing. */
import { png } from "../gateway/files.ts";

export const prompt = "a red fox";
export const image = png(48, 32);
export const messages = [{ role: "user", content: "Hello there" }];
/** The smallest sides that are allowed, in pixels. */
export const small = { width: 64, height: 64 };
/** The smallest that the models of text-to-image were trained on. */
export const trained = { width: 512, height: 512 };

/** Silence without anything that a strict reader would mind: 8 kHz, 8 bits, one channel. */
export const wav = (seconds: number): Buffer => {
  const length = Math.round(seconds * 8_000);
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + length, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // one channel
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28); // bytes per second
  header.writeUInt16LE(1, 32); // bytes per sample
  header.writeUInt16LE(8, 34); // bits per sample
  header.write("data", 36, "latin1");
  header.writeUInt32LE(length, 40);
  return Buffer.concat([header, Buffer.alloc(length, 0x80)]);
};

export const audio = wav(2);
