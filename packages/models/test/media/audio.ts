/** The smallest files of each audio format that say how long they play, built from their specifications: silence. */
import { big, box, type Bytes, concat, element, little, zeros } from "./bytes.ts";

/** PCM, 8 bits, mono. */
export const wav = (seconds: number, rate = 8000): Bytes => {
  const length = Math.round(seconds * rate);
  return wavOf(36 + length, waveFormat(rate), concat("data", little(4, length)), zeros(length));
};

/** As one writes it who cannot say yet how long it gets: the same lengths all the same, and what follows. */
export const streamedWav = (seconds: number, length: 0 | 0xffff_ffff, before: Bytes = zeros(0)): Bytes =>
  wavOf(length, waveFormat(8000), before, concat("data", little(4, length)), zeros(Math.round(seconds * 8000)));

const waveFormat = (rate: number): Bytes =>
  concat(
    "fmt ",
    little(4, 16),
    little(2, 1),
    little(2, 1),
    little(4, rate),
    little(4, rate),
    little(2, 1),
    little(2, 8),
  );

export const wavOf = (length: number, ...chunks: ReadonlyArray<Bytes>): Bytes =>
  concat("RIFF", little(4, length), "WAVE", ...chunks);

export const flac = (seconds: number, rate = 8000): Bytes => {
  const samples = Math.round(seconds * rate);
  // 20 bits of rate, 3 of channels - 1, 5 of bits - 1, 36 of samples.
  const packed = (BigInt(rate) << 44n) | (15n << 36n) | BigInt(samples);
  const stream = concat(
    big(2, 4096),
    big(2, 4096),
    zeros(6),
    big(4, Number(packed >> 32n)),
    big(4, Number(packed & 0xffff_ffffn)),
  );
  return concat("fLaC", [0x80], big(3, 34), stream, zeros(16), zeros(64));
};

/** Frames of MPEG-1 layer III at 32 kbit/s and 32 kHz: 144 bytes and 36 ms each. */
export const mp3 = (frames: number): Bytes => {
  const frame = concat([0xff, 0xfb, 0x18, 0xc0], zeros(140));
  return concat(...Array.from({ length: frames }, () => frame));
};

/** One track of AAC, in thousandths of a second. */
export const isoAudio = (brand: string) => (seconds: number) => {
  const ms = Math.round(seconds * 1000);
  const identity = concat(big(4, 0x0001_0000), zeros(12), big(4, 0x0001_0000), zeros(12), big(4, 0x4000_0000));
  const movie = box(
    "mvhd",
    zeros(12),
    big(4, 1000),
    big(4, ms),
    big(4, 0x0001_0000),
    big(2, 0x0100),
    zeros(10),
    identity,
    zeros(24),
    big(4, 2),
  );
  const track = box(
    "tkhd",
    zeros(12),
    big(4, 1),
    zeros(4),
    big(4, ms),
    zeros(12),
    big(2, 0x0100),
    zeros(2),
    identity,
    zeros(8),
  );
  const entry = box("mp4a", zeros(6), big(2, 1), zeros(8), big(2, 1), big(2, 16), zeros(4), big(4, 8000 * 65_536));
  const table = box(
    "stbl",
    box("stsd", zeros(4), big(4, 1), entry),
    box("stts", zeros(4), big(4, 1), big(4, 1), big(4, ms)),
    box("stsc", zeros(4), big(4, 1), big(4, 1), big(4, 1), big(4, 1)),
    box("stsz", zeros(4), big(4, 0), big(4, 1), big(4, 8)),
    box("stco", zeros(4), big(4, 1), big(4, 0)),
  );
  const media = box(
    "mdia",
    box("mdhd", zeros(12), big(4, 1000), big(4, ms), big(2, 0x55c4), zeros(2)),
    box("hdlr", zeros(8), "soun", zeros(13)),
    box("minf", box("smhd", zeros(8)), table),
  );
  return concat(
    box("ftyp", brand, zeros(4), brand, "isom"),
    box("moov", movie, box("trak", track, media)),
    box("mdat", zeros(8)),
  );
};

export const m4a = isoAudio("M4A ");
export const mp4 = isoAudio("mp42");

/** EBML: a document of Matroska's kind, whose info says how long it plays, in milliseconds as a double. */
const ebml = (kind: string) => (seconds: number) => {
  const duration = zeros(8);
  new DataView(duration.buffer).setFloat64(0, seconds * 1000);
  const head = element(
    [0x1a, 0x45, 0xdf, 0xa3],
    element([0x42, 0x82], kind),
    element([0x42, 0x87], [4]),
    element([0x42, 0x85], [2]),
  );
  const info = element(
    [0x15, 0x49, 0xa9, 0x66],
    element([0x2a, 0xd7, 0xb1], big(3, 1_000_000)),
    element([0x44, 0x89], duration),
  );
  const audio = element([0xae], element([0xd7], [1]), element([0x83], [2]), element([0x86], "A_OPUS"));
  return concat(head, element([0x18, 0x53, 0x80, 0x67], info, element([0x16, 0x54, 0xae, 0x6b], audio)));
};

export const webm = ebml("webm");
export const matroska = ebml("matroska");

/** Ogg's first page, of Opus. */
export const ogg = (): Bytes => {
  const head = concat("OpusHead", [1, 1], little(2, 0), little(4, 48_000), [0, 0, 0]);
  return concat("OggS", [0, 2], zeros(8), little(4, 1), little(4, 0), zeros(4), [1, head.length], head);
};
