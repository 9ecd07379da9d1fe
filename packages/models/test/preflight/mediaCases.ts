/** Cases of the rules about files: real ones, whose facts `readMedia` finds. */
import { livepeerStudio, type PipelineName } from "../../src/index.ts";
import { flac, m4a, matroska, mp3, mp4, ogg, wav, webm } from "../media/audio.ts";
import { concat, zeros } from "../media/bytes.ts";
import { avif, gif, heic, jpeg, png, svg, webp } from "../media/images.ts";
import type { Cases, Request } from "./Request.ts";

const onStudio = { profile: livepeerStudio } as const;
const images = ["image-to-image", "image-to-video", "upscale", "segment-anything-2", "image-to-text"] as const;

/** A file padded with zeros to a size, most of which is never in memory twice. */
const padded = (head: Uint8Array<ArrayBuffer>, bytes: number): Blob => new Blob([head, zeros(bytes - head.length)]);

const withImage = (pipeline: PipelineName, image: unknown): Request => ({ pipeline, input: { image } });
const withAudio = (audio: unknown): Request => ({ pipeline: "audio-to-text", input: { audio } });

export const mediaCases: Readonly<Record<string, Cases>> = {
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
      ...[zeros(0), concat("a red fox"), png(512, 512).slice(0, 20), wav(1)].map((image) => ({
        ...withImage("image-to-video", image),
        path: "image",
        message: "is no image that can be read, and gateways decode PNG, JPEG and GIF alone",
      })),
    ],
    near: images.flatMap((pipeline) =>
      [png, jpeg, gif].flatMap((build) => [
        withImage(pipeline, build(512, 512)),
        withImage(pipeline, new File([build(512, 512)], "fox.webp", { type: "image/webp" })),
      ]),
    ),
  },
  "image-header": {
    broken: images.flatMap((pipeline) =>
      [png(0, 512), png(512, 0), gif(0, 0), jpeg(512, 0)].map((image) => ({
        ...withImage(pipeline, image),
        path: "image",
        message: "has no size in its header",
      })),
    ),
    near: [png(1, 1), gif(1, 65_535), jpeg(65_535, 1)].map((image) => withImage("upscale", image)),
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
      ...[zeros(0), zeros(5000), png(512, 512), wav(2).slice(0, 8)].map((audio) => ({
        ...withAudio(audio),
        path: "audio",
        message: "is no audio that can be read; gateways take mp4, webm, mp3, flac, wav and m4a",
      })),
    ],
    near: [mp4(2), m4a(2), webm(2), mp3(60), flac(2), wav(2)].flatMap((audio) => [
      withAudio(audio),
      withAudio(new File([audio], "speech.ogg", { type: "audio/ogg" })),
    ]),
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
      { ...withAudio(wav(2).slice(0, 44)), path: "audio", message: "does not say how long it plays" },
      { ...withAudio(wav(0)), path: "audio", message: "does not say how long it plays" },
    ],
    near: [wav(1), flac(1), m4a(1), mp4(1), webm(1), mp3(28), new Blob([wav(1)])].map(withAudio),
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
