/** What the rules about files find. */
import type { PipelineName } from "@sluice/models";
import { flac, gif, jpeg, png, webp } from "../gateway/files.ts";
import { type Case, type Ending, type Gateway, own, studio } from "./Case.ts";
import * as ends from "./endings.ts";
import { audio, image, prompt, small, wav } from "./inputs.ts";

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="48" height="32"></svg>');
const heic = Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), Buffer.alloc(64)]);
const ogg = Buffer.concat([Buffer.from("OggS\0\x02", "latin1"), Buffer.alloc(200)]);
/** Its header leaves open how many samples there are. */
const endless = flac(0);

/** It ends before its frame header. */
const cutJpeg = jpeg(48, 32).subarray(0, 14);

/** Zeros behind a file, which no header minds. */
const padded = (file: Buffer, bytes: number): Buffer => Buffer.concat([file], bytes);

const prompts: Partial<Record<PipelineName, object>> = {
  "image-to-image": { prompt },
  "image-to-video": small,
  upscale: { prompt },
};

const imageCase = (
  rule: string,
  what: string,
  pipeline: PipelineName,
  file: Buffer,
  ending: Ending,
  gateway: Gateway = own,
  good = image,
): Case => ({
  rule,
  path: "image",
  what,
  pipeline,
  gateway,
  input: { ...prompts[pipeline], image: file },
  ends: ending,
  mended: { image: good },
});

const audioCase = (
  rule: string,
  what: string,
  file: Buffer,
  ending: Ending,
  gateway: Gateway = own,
  good = audio,
): Case => ({
  rule,
  path: "audio",
  what,
  pipeline: "audio-to-text",
  gateway,
  input: { audio: file },
  ends: ending,
  mended: { audio: good },
});

const unread = (given: Case): Case => ({ ...given, unread: true });

const fetchError = ends.studioRefuses(500, "Internal server error: FetchError");
const tooLarge = ends.studioRefuses(422, "File too large");
const noDuration = "audio duration calculation failed";

/** The runner's limit, and a byte. */
const tooLong = 52_428_801;
/** What reaches Studio's limit is over it. */
const tooLongForStudio = 10_485_760;

const withoutLast = (file: Buffer): Buffer => file.subarray(0, -1);
const [longAudio, longImage] = [padded(audio, tooLong), padded(image, tooLong)];
const [studioAudio, studioImage] = [padded(audio, tooLongForStudio), padded(image, tooLongForStudio)];

export const mediaCases: ReadonlyArray<Case> = [
  unread(imageCase("file-unread", "an unread WebP", "image-to-image", webp, ends.closed)),
  unread(imageCase("file-unread", "an unread WebP", "image-to-text", webp, ends.nullAnswer)),
  unread(imageCase("file-unread", "an unread WebP", "upscale", webp, fetchError, studio)),
  unread(audioCase("file-unread", "an unread Ogg", ogg, ends.goRefuses(noDuration))),
  imageCase("image-format", "a WebP", "image-to-image", webp, ends.closed),
  imageCase("image-format", "a WebP", "image-to-video", webp, ends.closed),
  imageCase("image-format", "a WebP", "upscale", webp, ends.closed),
  imageCase("image-format", "a WebP", "segment-anything-2", webp, ends.nullAnswer),
  imageCase("image-format", "a WebP", "image-to-text", webp, ends.nullAnswer),
  imageCase("image-format", "an SVG", "upscale", svg, ends.closed),
  imageCase("image-format", "a HEIC", "image-to-text", heic, ends.nullAnswer),
  imageCase("image-format", "no image at all", "image-to-image", Buffer.from("a red fox"), ends.closed),
  imageCase("image-format", "a WebP", "image-to-image", webp, fetchError, studio),
  imageCase("image-format", "a WebP", "segment-anything-2", webp, ends.nullPassedOn, studio),
  imageCase("image-header", "a PNG of no width", "image-to-image", png(0, 32), ends.closed),
  imageCase("image-header", "a PNG of no height", "image-to-text", png(48, 0), ends.nullAnswer),
  imageCase("image-header", "a GIF of no size", "segment-anything-2", gif(0, 0), ends.nullAnswer, own, gif(48, 32)),
  imageCase("image-header", "a PNG of no width", "upscale", png(0, 32), fetchError, studio),
  imageCase("image-size-unknown", "a PNG cut short", "image-to-image", image.subarray(0, 20), ends.closed),
  imageCase("image-size-unknown", "a JPEG cut short", "image-to-text", cutJpeg, ends.nullAnswer),
  imageCase("image-size-unknown", "a PNG cut short", "upscale", image.subarray(0, 20), fetchError, studio),
  audioCase("audio-format", "an Ogg", ogg, ends.goRefuses(noDuration)),
  audioCase("audio-format", "no audio at all", Buffer.from("Hello there."), ends.goRefuses(noDuration)),
  audioCase("audio-format", "no audio at all", Buffer.from("Hello there."), ends.passedOn(noDuration), studio),
  audioCase("audio-length", "0.9 s", wav(0.9), ends.goRefuses(noDuration), own, wav(1)),
  audioCase("audio-length", "0.9 s", wav(0.9), ends.passedOn(noDuration), studio, wav(1)),
  audioCase("audio-length", "a FLAC without a length", endless, ends.goRefuses(noDuration), own, flac(2)),
  audioCase("file-size", "50 MiB and a byte", longAudio, ends.nullAnswer, own, withoutLast(longAudio)),
  imageCase("file-size", "50 MiB and a byte", "image-to-text", longImage, ends.nullAnswer, own, withoutLast(longImage)),
  imageCase("upload-size", "10 MiB", "image-to-image", studioImage, tooLarge, studio, withoutLast(studioImage)),
  audioCase("upload-size", "10 MiB", studioAudio, tooLarge, studio, withoutLast(studioAudio)),
];
