/** Silence as a WAV file: 16 bits, one channel, 8,000 samples a second, which every reader of audio takes. */

const samplesPerSecond = 8_000;
const bytesPerSample = 2;
const headerLength = 44;

export const silentWav = (seconds: number): Uint8Array<ArrayBuffer> => {
  const length = Math.round(seconds * samplesPerSecond) * bytesPerSample;
  const file = new Uint8Array(headerLength + length);
  const view = new DataView(file.buffer);
  const text = (at: number, letters: string): void => file.set(new TextEncoder().encode(letters), at);
  text(0, "RIFF");
  view.setUint32(4, headerLength - 8 + length, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true); // length of the format
  view.setUint16(20, 1, true); // samples as they are
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, samplesPerSecond, true);
  view.setUint32(28, samplesPerSecond * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, bytesPerSample * 8, true);
  text(36, "data");
  view.setUint32(40, length, true);
  return file;
};
