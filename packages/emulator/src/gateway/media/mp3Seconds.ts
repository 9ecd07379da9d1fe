/** How long an MP3 plays: by the frames that its first frame counts (Xing, Info), or by its bit rate. */

/** Layer III, in kilobits per second, by the index in the frame's header. */
const version1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const version2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const sampleRates = [44_100, 48_000, 32_000];

/** In seconds; `undefined` where no layer III frame begins. */
export const mp3Seconds = (file: Buffer): number | undefined => {
  const start = audioStart(file);
  const header = file.readUInt32BE(start);
  // Eleven bits of sync, and the layer.
  if (header >>> 21 !== 0x7ff || ((header >>> 17) & 3) !== 1) return undefined;
  const version = (header >>> 19) & 3;
  const kilobits = (version === 3 ? version1 : version2)[(header >>> 12) & 15];
  const fullRate = sampleRates[(header >>> 10) & 3];
  if (version === 1 || !kilobits || fullRate === undefined) return undefined;
  const rate = version === 3 ? fullRate : version === 2 ? fullRate / 2 : fullRate / 4;
  const frames = framesCounted(file.subarray(start, start + 200));
  const samplesPerFrame = version === 3 ? 1152 : 576;
  if (frames !== undefined) return (frames * samplesPerFrame) / rate;
  return ((file.length - start) * 8) / (kilobits * 1000);
};

/** Behind the ID3v2 tag, whose length has seven bits in each byte. */
const audioStart = (file: Buffer): number => {
  if (file.toString("latin1", 0, 3) !== "ID3") return 0;
  const [a, b, c, d] = [file.readUInt8(6), file.readUInt8(7), file.readUInt8(8), file.readUInt8(9)];
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d);
};

const framesCounted = (frame: Buffer): number | undefined => {
  const at = Math.max(frame.indexOf("Xing", 0, "latin1"), frame.indexOf("Info", 0, "latin1"));
  return at !== -1 && (frame.readUInt32BE(at + 4) & 1) === 1 ? frame.readUInt32BE(at + 8) : undefined;
};
