/** Cases of the rules about files: real ones, whose facts `readMedia` finds. */
import { emulator, livepeerStudio, type PipelineName } from "../../src/index.ts";
import { flac, isoAudio, m4a, matroska, mp3, mp4, ogg, streamedWav, wav, webm } from "../media/audio.ts";
import { concat, zeros } from "../media/bytes.ts";
import { avif, filledJpeg, gif, heic, jpeg, png, svg, webp } from "../media/images.ts";
import type { Cases, Request } from "./Request.ts";

const onStudio = { profile: livepeerStudio } as const;
/** Gateways that have other decoders than go-livepeer. */
const elsewhere = (["runner", "generic"] as const).map((dialect) => ({ profile: { ...emulator, dialect } }));
const images = ["image-to-image", "image-to-video", "upscale", "segment-anything-2", "image-to-text"] as const;

/** A file padded with zeros to a size, most of which is never in memory twice. */
const padded = (head: Uint8Array<ArrayBuffer>, bytes: number): Blob => new Blob([head, zeros(bytes - head.length)]);

const withImage = (pipeline: PipelineName, image: unknown): Request => ({ pipeline, input: { image } });
const withAudio = (audio: unknown): Request => ({ pipeline: "audio-to-text", input: { audio } });
const unread = (request: Request): Request => ({ ...request, circumstances: { facts: undefined } });

export const mediaCases: Readonly<Record<string, Cases>> = {
  "file-unread": {
    broken: [
      ...images.map((pipeline) => ({ ...unread(withImage(pipeline, webp(512, 512))), path: "image" })),
      { ...unread(withImage("upscale", new Blob([]))), path: "image" },
      { ...unread(withAudio(wav(0))), path: "audio" },
    ].map((request) => ({ ...request, message: "was not looked at" })),
    near: [
      ...images.map((pipeline) => withImage(pipeline, png(512, 512))),
      withAudio(wav(1)),
      unread({ pipeline: "text-to-image" }),
      unread({ pipeline: "llm" }),
    ],
  },
  "image-format": {
    broken: [
      ...images.map((pipeline) => ({
        ...withImage(pipeline, webp(512, 512)),
        path: "image",
        message: /^is webp, and /,
      })),
      ...(
        [
          ["avif", avif],
          ["heic", heic],
          ["svg", svg],
        ] as const
      ).flatMap(([format, build]) =>
        [build(512, 512), new Blob([build(512, 512)], { type: "image/png" })].map((image) => ({
          ...withImage("upscale", image),
          path: "image",
          message: `is ${format}, and gateways decode PNG, JPEG and GIF alone`,
        })),
      ),
      { ...withImage("upscale", webp(512, 512)), circumstances: onStudio, path: "image", message: /^is webp, and / },
      ...[zeros(0), zeros(5000), concat("a red fox"), png(512, 512).slice(0, 7), wav(1)].flatMap((image) => [
        {
          ...withImage("image-to-video", image),
          path: "image",
          message: "is no image that can be read, and gateways decode PNG, JPEG and GIF alone",
        },
        ...elsewhere.map((circumstances) => ({
          ...withImage("image-to-video", image),
          circumstances,
          path: "image",
          message: "is no image that can be read",
        })),
      ]),
    ],
    near: [
      ...images.flatMap((pipeline) =>
        [png, jpeg, filledJpeg, gif].flatMap((build) => [
          withImage(pipeline, build(512, 512)),
          withImage(pipeline, new File([build(512, 512)], "fox.webp", { type: "image/webp" })),
        ]),
      ),
      ...elsewhere.flatMap((circumstances) =>
        [png, webp, avif].map((build) => ({ ...withImage("upscale", build(512, 512)), circumstances })),
      ),
    ],
  },
  "image-header": {
    broken: [{}, ...elsewhere.map((circumstances) => ({ circumstances }))].flatMap((call) =>
      images.flatMap((pipeline) =>
        (
          [
            [png(0, 512), "0 × 512"],
            [png(512, 0), "512 × 0"],
            [gif(0, 0), "0 × 0"],
            [jpeg(512, 0), "512 × 0"],
          ] as const
        ).map(([image, size]) => ({
          ...withImage(pipeline, image),
          ...call,
          path: "image",
          message: `has ${size} pixels by its header`,
        })),
      ),
    ),
    near: [png(1, 1), gif(1, 65_535), jpeg(65_535, 1), png(0, 512).slice(0, 20), svg(0, 5)].map((image) =>
      withImage("upscale", image),
    ),
  },
  "image-size-unknown": {
    broken: [{}, ...elsewhere.map((circumstances) => ({ circumstances }))].flatMap((call) =>
      images.flatMap((pipeline) =>
        [png(512, 512).slice(0, 20), gif(512, 512).slice(0, 7), jpeg(512, 512).slice(0, 22)].map((image) => ({
          ...withImage(pipeline, image),
          ...call,
          path: "image",
          message: "has a header in which no size was found",
        })),
      ),
    ),
    near: [png(1, 1), png(0, 512), jpeg(512, 0), filledJpeg(512, 512), webp(5, 5), zeros(0)].map((image) =>
      withImage("upscale", image),
    ),
  },
  "audio-format": {
    broken: [
      ...(
        [
          ["ogg", ogg()],
          ["matroska", matroska(2)],
        ] as const
      ).map(([format, audio]) => ({
        ...withAudio(audio),
        path: "audio",
        message: `is ${format}; gateways take mp4, webm, mp3, flac, wav and m4a`,
      })),
      ...[zeros(0), zeros(5000), png(512, 512), heic(5, 5), wav(2).slice(0, 8)].map((audio) => ({
        ...withAudio(audio),
        path: "audio",
        message: "is no audio that can be read; gateways take mp4, webm, mp3, flac, wav and m4a",
      })),
    ],
    near: [
      ...[mp4(2), m4a(2), webm(2), mp3(60), flac(2), wav(2)],
      ...["M4V ", "MSNV", "cmfc", "f4v ", "M4VH"].map((brand) => isoAudio(brand)(2)),
    ].flatMap((audio) => [withAudio(audio), withAudio(new File([audio], "speech.ogg", { type: "audio/ogg" }))]),
  },
  "audio-length": {
    broken: [
      ...[wav, flac, m4a, mp4, webm].map((build) => ({
        ...withAudio(build(0.99)),
        path: "audio",
        message: "plays for 0.99 s, less than a second",
      })),
      { ...withAudio(wav(0.999875)), path: "audio", message: "plays for 0.999875 s, less than a second" },
      { ...withAudio(mp3(27)), path: "audio", message: /^plays for 0\.97\d* s, less than a second$/ },
      { ...withAudio(streamedWav(0.5, 0)), path: "audio", message: "plays for 0.5 s, less than a second" },
      { ...withAudio(wav(2).slice(0, 44)), path: "audio", message: "does not say how long it plays" },
      { ...withAudio(wav(0)), path: "audio", message: "does not say how long it plays" },
    ],
    near: [
      ...[wav(1), flac(1), m4a(1), mp4(1), webm(1), mp3(28), new Blob([wav(1)])],
      ...[streamedWav(1, 0), streamedWav(1, 0xffff_ffff)],
    ].map(withAudio),
  },
  "file-size": {
    broken: [
      {
        ...withImage("image-to-text", padded(png(512, 512), 52_428_801)),
        path: "image",
        message: "has 50.0 MiB (52428801 bytes), and runners take 50.0 MiB at most",
      },
      { ...withAudio(padded(flac(2), 60_000_000)), path: "audio", message: /^has 57\.2 MiB \(60000000 bytes\)/ },
    ],
    near: [
      withImage("image-to-text", padded(png(512, 512), 52_428_800)),
      withAudio(padded(flac(2), 52_428_800)),
      withImage("upscale", padded(png(512, 512), 52_428_801)),
    ],
  },
  "upload-size": {
    broken: [
      {
        ...withImage("upscale", padded(png(512, 512), 10_485_760)),
        circumstances: onStudio,
        path: "image",
        message: "has 10485760 bytes, and livepeer-studio takes 10485759 at most",
      },
      {
        ...withAudio(padded(flac(2), 10_485_760)),
        circumstances: onStudio,
        path: "audio",
        message: /^has 10485760 bytes, /,
      },
    ],
    near: [
      { ...withImage("upscale", padded(png(512, 512), 10_485_759)), circumstances: onStudio },
      { ...withAudio(padded(flac(2), 10_485_759)), circumstances: onStudio },
      withImage("upscale", padded(png(512, 512), 10_485_760)),
    ],
  },
};
