/** Puts H.264 frames into an MP4 file that can be played while it loads (ISO/IEC 14496-12 and -15). */

export interface Film {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** A whole number. */
  readonly framesPerSecond: number;
  /** A NAL unit each; only the first is a sync sample. */
  readonly samples: ReadonlyArray<Uint8Array>;
  /** The sequence and the picture parameter set, as NAL units. */
  readonly sequence: Uint8Array;
  readonly parameters: Uint8Array;
}

export const mp4 = (film: Film): Uint8Array => {
  const type = box("ftyp", text("isom"), u32(0x200), text("isomiso2avc1mp41"));
  const samples = film.samples.map((unit) => Buffer.concat([u32(unit.length), unit]));
  // The movie is as long wherever it says that the media begins.
  const start = type.length + movie(film, samples, 0).length + 8;
  return Buffer.concat([type, movie(film, samples, start), box("mdat", ...samples)]);
};

const box = (type: string, ...content: ReadonlyArray<Uint8Array>): Buffer => {
  const length = content.reduce((total, part) => total + part.length, 8);
  return Buffer.concat([u32(length), text(type), ...content]);
};

/** A box with a version, which is 0, and flags. */
const fullBox = (type: string, flags: number, ...content: ReadonlyArray<Uint8Array>): Buffer =>
  box(type, u32(flags), ...content);

const text = (value: string): Buffer => Buffer.from(value, "latin1");
const zeros = (length: number): Buffer => Buffer.alloc(length);

const u32 = (...values: ReadonlyArray<number>): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
};

const u16 = (...values: ReadonlyArray<number>): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
};

/** Neither turned nor scaled. */
const matrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

const movie = (film: Film, samples: ReadonlyArray<Uint8Array>, start: number): Buffer => {
  const { width, height, framesPerSecond: scale } = film;
  const duration = samples.length;
  return box(
    "moov",
    fullBox("mvhd", 0, u32(0, 0, scale, duration, 0x10000), u16(0x100), zeros(10), matrix, zeros(24), u32(2)),
    box(
      "trak",
      fullBox("tkhd", 3, u32(0, 0, 1, 0, duration), zeros(16), matrix, u32(width * 0x10000, height * 0x10000)),
      box(
        "mdia",
        // `und`: no language.
        fullBox("mdhd", 0, u32(0, 0, scale, duration), u16(0x55c4, 0)),
        fullBox("hdlr", 0, zeros(4), text("vide"), zeros(13)),
        box(
          "minf",
          fullBox("vmhd", 1, zeros(8)),
          box("dinf", fullBox("dref", 0, u32(1), fullBox("url ", 1))),
          sampleTable(film, samples, start),
        ),
      ),
    ),
  );
};

const sampleTable = (film: Film, samples: ReadonlyArray<Uint8Array>, start: number): Buffer =>
  box(
    "stbl",
    fullBox("stsd", 0, u32(1), sampleEntry(film)),
    fullBox("stts", 0, u32(1, samples.length, 1)),
    fullBox("stss", 0, u32(1, 1)),
    // One chunk with all samples.
    fullBox("stsc", 0, u32(1, 1, samples.length, 1)),
    fullBox("stsz", 0, u32(0, samples.length, ...samples.map(({ length }) => length))),
    fullBox("stco", 0, u32(1, start)),
  );

const sampleEntry = ({ width, height, sequence, parameters }: Film): Buffer =>
  box(
    "avc1",
    zeros(6),
    u16(1),
    zeros(16),
    u16(width, height),
    // 72 dots per inch, one frame each, no name, 24 bits of colour.
    u32(0x480000, 0x480000, 0),
    u16(1),
    zeros(32),
    u16(24, 0xffff),
    box(
      "avcC",
      // Version, profile and level, lengths of four bytes, one set of each kind.
      Uint8Array.of(1, ...sequence.subarray(1, 4), 0xff, 0xe1),
      u16(sequence.length),
      sequence,
      Uint8Array.of(1),
      u16(parameters.length),
      parameters,
    ),
  );
