/** A soft tone as a WAV file: 16 bits, one channel. */

const rate = 24_000;
const hertz = 220;
/** Of the loudest that there is. */
const loudness = 0.2;
/** How long it swells and fades, in seconds. */
const fade = 0.1;

/** The bytes of a WAV file that plays for so many seconds. */
export const makeTone = (seconds: number): Uint8Array => {
  const samples = Math.round(seconds * rate);
  const file = Buffer.alloc(44 + samples * 2);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // one channel
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32); // bytes per sample
  file.writeUInt16LE(16, 34); // bits per sample
  file.write("data", 36, "latin1");
  file.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n += 1) {
    const edge = Math.min(1, n / rate / fade, (samples - n) / rate / fade);
    file.writeInt16LE(Math.round(Math.sin((2 * Math.PI * hertz * n) / rate) * edge * loudness * 0x7fff), 44 + n * 2);
  }
  return file;
};
