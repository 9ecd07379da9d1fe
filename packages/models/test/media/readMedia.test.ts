import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { type PipelineName, readAudio, readImage, readMedia, type Upload } from "../../src/index.ts";
import { flac, isoAudio, m4a, matroska, mp3, mp4, ogg, streamedWav, wav, wavOf, webm } from "./audio.ts";
import { box, type Bytes, concat, little, zeros } from "./bytes.ts";
import { avif, filledJpeg, gif, heic, jpeg, png, svg, webp } from "./images.ts";

/** The same file as each kind of upload. */
const uploads = (file: Bytes): ReadonlyArray<Upload> => [
  file,
  concat(zeros(3), file, zeros(3)).subarray(3, 3 + file.length),
  new Blob([file]),
  new File([file], "a.bin", { type: "text/plain" }),
  new File([file], "a.ogg", { type: "audio/ogg" }),
];

describe("an image's header", () => {
  it.each<[string, (width: number, height: number) => Bytes]>([
    ["png", png],
    ["jpeg", jpeg],
    ["jpeg", filledJpeg],
    ["gif", gif],
    ["webp", webp],
    ["avif", avif],
    ["heic", heic],
    ["svg", svg],
  ])("of %s says the format and the size, whatever the file is called", async (format, build) => {
    const file = build(640, 48);
    for (const upload of uploads(file)) {
      expect(await readImage(upload)).toEqual({ kind: "image", bytes: file.length, format, width: 640, height: 48 });
    }
  });

  it("may say that there is nothing to see", async () => {
    expect(await readImage(png(0, 5))).toEqual({ kind: "image", bytes: 33, format: "png", width: 0, height: 5 });
    expect(await readImage(gif(5, 0))).toMatchObject({ format: "gif", width: 5, height: 0 });
  });

  it.each<[string, Bytes]>([
    ["no bytes", zeros(0)],
    ["a single one", zeros(1)],
    ["words", concat("a red fox")],
    ["a sound", wav(1)],
    ["zeros, which could be a TGA", zeros(5000)],
    ["words that begin like a PNM", concat("P3 cats and 4 dogs")],
    ["a WebP cut within its header", webp(640, 480).slice(0, 20)],
    ["an AVIF cut within its header", avif(640, 480).slice(0, 40)],
  ])("is not in %s", async (_, file) => {
    for (const upload of uploads(file)) expect(await readImage(upload)).toEqual({ kind: "image", bytes: file.length });
  });

  it.each<[string, Bytes]>([
    ["png", png(640, 480).slice(0, 8)],
    ["png", png(640, 480).slice(0, 23)],
    ["png", concat(png(640, 480).slice(0, 12), zeros(99))],
    ["gif", gif(640, 480).slice(0, 9)],
    ["jpeg", jpeg(640, 480).slice(0, 2)],
    ["jpeg", jpeg(640, 480).slice(0, 28)],
    ["jpeg", concat([0xff, 0xd8], zeros(2_000_000))],
    ["jpeg", concat(jpeg(640, 480).slice(0, 20), [0xff, 0xda], jpeg(640, 480).slice(20))],
    ["jpeg", concat(jpeg(640, 480).slice(0, 20), [0xff, 0xd9], jpeg(640, 480).slice(20))],
  ])("of %s may say the format alone (%#)", async (format, file) => {
    for (const upload of uploads(file)) {
      expect(await readImage(upload)).toEqual({ kind: "image", bytes: file.length, format });
    }
  });

  it.each([0xc0, 0xc1, 0xc2])("of jpeg has its size in the frame %i", async (frame) => {
    const file = jpeg(640, 480);
    file[21] = frame;
    expect(await readImage(file)).toMatchObject({ width: 640, height: 480 });
  });

  it.each([0xc3, 0xc4, 0xc8, 0xcc])("of jpeg has none in the segment %i", async (segment) => {
    const file = jpeg(640, 480);
    file[21] = segment;
    expect(await readImage(file)).toEqual({ kind: "image", bytes: file.length, format: "jpeg" });
    const both = concat(file.slice(0, 39), jpeg(64, 48).slice(20));
    expect(await readImage(both)).toMatchObject({ width: 64, height: 48 });
  });

  it("of jpeg may come after bytes that no segment claims", async () => {
    const file = concat(jpeg(640, 480).slice(0, 20), zeros(3), [0xff, 0], jpeg(640, 480).slice(20, 29));
    expect(await readImage(file)).toMatchObject({ width: 640, height: 480 });
    expect((await readImage(file.slice(0, -1))).width).toBeUndefined();
  });

  it("is found behind a colour profile that is longer than usual", async () => {
    const file = jpeg(640, 480, 1_000_000);
    for (const upload of uploads(file)) {
      expect(await readImage(upload)).toMatchObject({ format: "jpeg", width: 640, height: 480, bytes: file.length });
    }
  });
});

describe("an audio file's header", () => {
  it.each<[string, (seconds: number) => Bytes]>([
    ["wav", wav],
    ["flac", flac],
    ["mp4", m4a],
    ["mp4", mp4],
    ["webm", webm],
    ["matroska", matroska],
  ])("of %s says the format and the length", async (format, build) => {
    for (const seconds of [0.5, 1, 2.125]) {
      const file = build(seconds);
      for (const upload of uploads(file)) {
        expect(await readAudio(upload)).toEqual({ kind: "audio", bytes: file.length, format, seconds });
      }
    }
  });

  it.each(["M4V ", "M4VH", "MSNV", "cmfc", "f4v ", "3gp4", "qt  ", "new!", "\0\0\0\0"])(
    "of MP4 is one, under the brand %j",
    async (brand) => {
      const file = isoAudio(brand)(2.125);
      for (const upload of uploads(file)) {
        expect(await readAudio(upload)).toEqual({ kind: "audio", bytes: file.length, format: "mp4", seconds: 2.125 });
      }
    },
  );

  it.each([0, 0xffff_ffff] as const)("of wav may leave the length open as %i: the rest plays", async (length) => {
    const chunk = concat("LIST", little(4, 5), "INFO", [0, 0]);
    for (const before of [zeros(0), chunk, concat(chunk, chunk)]) {
      const file = streamedWav(2.125, length, before);
      for (const upload of uploads(file)) {
        expect(await readAudio(upload)).toEqual({ kind: "audio", bytes: file.length, format: "wav", seconds: 2.125 });
      }
    }
  });

  it.each<[string, Bytes]>([
    ["no samples", streamedWav(0, 0)],
    ["no format", wavOf(0, concat("data", little(4, 0)), zeros(8000))],
    ["a format that comes too late", wavOf(0, concat("data", little(4, 0)), wav(1).slice(12))],
    ["a format of 0 bytes a second", wavOf(0, concat("fmt ", little(4, 16), zeros(16), "data", zeros(4)), zeros(8000))],
  ])("of wav leaves the length open for good with %s", async (_, file) => {
    expect(await readAudio(file)).toEqual({ kind: "audio", bytes: file.length, format: "wav" });
  });

  it("of mp3 is in each frame", async () => {
    for (const upload of uploads(mp3(60))) {
      const facts = await readAudio(upload);
      expect(facts).toMatchObject({ kind: "audio", bytes: 8640, format: "mp3" });
      expect(facts.seconds).toBeCloseTo(60 * 0.036, 6);
    }
  });

  it("of Ogg is known by name, though gateways do not take it", async () => {
    expect(await readAudio(ogg())).toMatchObject({ format: "ogg" });
  });

  it.each<[string, Bytes]>([
    ["no bytes", zeros(0)],
    ["zeros", zeros(5000)],
    ["words", concat("a red fox")],
    ["a picture", png(3, 3)],
    ["a picture in MP4's boxes", heic(3, 3)],
    ["a film without a track", concat(box("ftyp", "isom", zeros(4)), box("moov"))],
    ["a single frame of MP3", mp3(1)],
    ["an M4A cut within its header", m4a(2).slice(0, 300)],
    ["a WebM cut within its header", webm(2).slice(0, 50)],
  ])("is not in %s", async (_, file) => {
    for (const upload of uploads(file)) expect(await readAudio(upload)).toEqual({ kind: "audio", bytes: file.length });
  });

  it("is believed, though the file ends before: only what is there plays", async () => {
    expect((await readAudio(wav(2).slice(0, 44 + 4000))).seconds).toBeCloseTo(0.5, 6);
    expect(await readAudio(wav(2).slice(0, 44))).toEqual({ kind: "audio", bytes: 44, format: "wav" });
  });
});

/** A Blob that writes down how much of it is read. */
class Watched extends Blob {
  readonly slices: Array<number> = [];
  override slice(from = 0, to = this.size): Blob {
    this.slices.push(Math.min(to, this.size) - from);
    return super.slice(from, to);
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    throw new Error("It was read whole.");
  }
  override stream(): ReadableStream<Bytes> {
    throw new Error("It was read whole.");
  }
}

/** A file that was deleted after it was opened. */
class Gone extends Blob {
  override readonly size = 1000;
  override slice(): Blob {
    return new Gone([]);
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    throw new DOMException("The blob could not be read", "NotReadableError");
  }
  override stream(): ReadableStream<Bytes> {
    throw new DOMException("The blob could not be read", "NotReadableError");
  }
}

describe("a Blob", () => {
  it("with an image is read as far as its header goes", async () => {
    const large = new Watched([png(640, 480), zeros(5_000_000)]);
    expect(await readImage(large)).toMatchObject({ format: "png", bytes: 5_000_033 });
    expect(large.slices).toEqual([262_144]);
  });

  it("is read to its end only when the header is not found before", async () => {
    const far = new Watched([jpeg(640, 480, 300_000)]);
    expect(await readImage(far)).toMatchObject({ width: 640 });
    expect(far.slices).toEqual([262_144, far.size]);
  });

  it("is not read twice when it is short and no image", async () => {
    const short = new Watched([concat("words"), zeros(262_139)]);
    expect(await readImage(short)).toEqual({ kind: "image", bytes: 262_144 });
    expect(short.slices).toEqual([262_144]);
  });

  it("is not read to its end when it is no JPEG: what others do not say at once, they do not say further on", async () => {
    for (const begins of [png(640, 480).slice(0, 12), concat("GIF8"), webp(640, 480).slice(0, 20), concat("words")]) {
      const odd = new Watched([begins, zeros(300_000)]);
      await readImage(odd);
      expect(odd.slices).toEqual([262_144]);
    }
  });

  it.each<[string, Bytes]>([
    ["words", concat("words")],
    ["a JPEG whose size is not where it usually is", jpeg(640, 480, 300_000).slice(0, 1_000)],
    ["an MP3", mp3(60)],
    ["an MP4", m4a(1)],
    ["a FLAC", flac(1)],
  ])("that is longer than any pipeline takes is read no further than a header goes: %s", async (_, begins) => {
    const large = new Watched([begins, zeros(52_428_801 - begins.length)]);
    await readImage(large);
    await readAudio(large);
    expect(Math.max(...large.slices)).toBe(262_144);
  });

  it.each<[string, Bytes]>([
    ["wav", wav(1)],
    ["mp4", m4a(1)],
    ["flac", flac(1)],
    ["mp3", mp3(60)],
  ])("that is longer than any pipeline takes says that it is %s, and not how long it plays", async (format, begins) => {
    const large = new Blob([begins, zeros(52_428_801 - begins.length)]);
    expect(await readAudio(large)).toEqual({ kind: "audio", bytes: 52_428_801, format });
  });

  it("that is as long as a pipeline takes says how long it plays", async () => {
    const file = new Blob([flac(1), zeros(52_428_800 - flac(1).length)]);
    expect(await readAudio(file)).toEqual({ kind: "audio", bytes: 52_428_800, format: "flac", seconds: 1 });
  });

  it("with a streamed WAV is read as far as its samples begin", async () => {
    const streamed = new Watched([streamedWav(1, 0), zeros(8_000_000 - 8000)]);
    expect(await readAudio(streamed)).toMatchObject({ format: "wav", seconds: 1000 });
    expect(streamed.slices).toEqual([12, 262_144]);
  });

  it("that cannot be read has a size alone", async () => {
    expect(await readImage(new Gone([]))).toEqual({ kind: "image", bytes: 1000 });
    expect(await readAudio(new Gone([]))).toEqual({ kind: "audio", bytes: 1000 });
  });
});

describe("the file of a request", () => {
  it.each<[PipelineName, string, Bytes, string]>([
    ["image-to-image", "image", gif(8, 8), "gif"],
    ["image-to-video", "image", jpeg(8, 8), "jpeg"],
    ["upscale", "image", png(8, 8), "png"],
    ["segment-anything-2", "image", webp(8, 8), "webp"],
    ["image-to-text", "image", avif(8, 8), "avif"],
    ["audio-to-text", "audio", flac(1), "flac"],
  ])("of %s is its %s", async (pipeline, field, file, format) => {
    expect(await readMedia(pipeline, { [field]: file })).toMatchObject({ kind: field, format });
    expect(await readMedia(pipeline, { [field]: new Blob([file]) })).toMatchObject({ kind: field, format });
  });

  it.each<PipelineName>(["text-to-image", "llm", "text-to-speech", "live-video-to-video"])(
    "of %s is none, whatever a field is called",
    async (pipeline) => {
      expect(await readMedia(pipeline, { image: png(8, 8), audio: wav(1), prompt: "a" })).toBeUndefined();
    },
  );

  it.each([undefined, null, "fox.png", 7, {}, [1, 2], new ArrayBuffer(8)])("is none when it is %o", async (image) => {
    expect(await readMedia("upscale", { image })).toBeUndefined();
    expect(await readMedia("audio-to-text", { audio: image })).toBeUndefined();
  });
});

describe("a stranger's file", () => {
  const good = [png, jpeg, filledJpeg, gif, webp, avif, svg].map((build) => build(64, 64));
  const sounds = [wav(0.01), streamedWav(0.01, 0), flac(1), mp3(4), m4a(1), webm(1), ogg()];

  it("never rejects, whatever is in it", async () => {
    const damage = fc.array(fc.tuple(fc.nat(600), fc.oneof(fc.constantFrom(0, 255), fc.nat(255))), { maxLength: 4 });
    const damaged = fc
      .tuple(fc.constantFrom(...good, ...sounds), damage, fc.nat(600))
      .map(([file, changes, length]) => {
        const copy = file.slice(0, length);
        for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
        return copy;
      });
    const files = fc.oneof(damaged, fc.uint8Array({ maxLength: 100 }));
    await fc.assert(
      fc.asyncProperty(files, async (file) => {
        const bytes = file.length;
        expect(await readImage(file)).toMatchObject({ kind: "image", bytes });
        expect(await readAudio(file)).toMatchObject({ kind: "audio", bytes });
      }),
      { numRuns: 300 },
    );
  });
});
