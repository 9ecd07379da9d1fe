import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { type PipelineName, readAudio, readImage, readMedia, type Upload } from "../../src/index.ts";
import { flac, m4a, matroska, mp3, mp4, ogg, wav, webm } from "./audio.ts";
import { type Bytes, concat, zeros } from "./bytes.ts";
import { avif, gif, heic, jpeg, png, svg, webp } from "./images.ts";

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
    ["a PNG cut within its header", png(640, 480).slice(0, 20)],
    ["a JPEG cut before its size", jpeg(640, 480).slice(0, 22)],
    ["a GIF cut within its header", gif(640, 480).slice(0, 7)],
    ["a WebP cut within its header", webp(640, 480).slice(0, 20)],
    ["an AVIF cut within its header", avif(640, 480).slice(0, 40)],
  ])("is not in %s", async (_, file) => {
    for (const upload of uploads(file)) expect(await readImage(upload)).toEqual({ kind: "image", bytes: file.length });
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
  const good = [png, jpeg, gif, webp, avif, svg].map((build) => build(64, 64));
  const sounds = [wav(0.01), flac(1), mp3(4), m4a(1), webm(1), ogg()];

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
