/** Whether a result is what its pipeline gives: its files can be fetched, its texts are texts, its lists hold numbers. */
import type { MediaFile } from "@sluice/core";
import type { ProbedPipeline } from "@sluice/models";
import { assert } from "vitest";

type Found = Readonly<Record<string, unknown>>;

/** How files of each kind begin. */
const starts = {
  image: [/^\x89PNG\r\n\x1a\n/, /^\xff\xd8\xff/, /^GIF8/, /^RIFF....WEBP/s],
  video: [/^....ftyp/s, /^\x1a\x45\xdf\xa3/],
  audio: [/^RIFF....WAVE/s, /^ID3/, /^fLaC/, /^OggS/, /^\xff[\xe0-\xff]/],
} as const;

/** It is fetched whole. */
const checkFile = async (file: MediaFile | undefined, kind: keyof typeof starts): Promise<void> => {
  if (file === undefined) return assert.fail(`there is no ${kind}`);
  assert.match(file.url, /^https?:\/\//);
  const bytes = Buffer.from(await file.bytes());
  const start = bytes.toString("latin1", 0, 16);
  assert.isTrue(
    starts[kind].some((known) => known.test(start)),
    `${file.url} is no ${kind}: it begins with ${JSON.stringify(start)}`,
  );
};

const checkFiles = async (files: unknown, kind: keyof typeof starts): Promise<void> => {
  const list = files as ReadonlyArray<MediaFile>;
  assert.lengthOf(list, 1);
  await checkFile(list[0], kind);
};

const checkImages = ({ images }: Found): Promise<void> => checkFiles(images, "image");

const checks: Readonly<Record<ProbedPipeline, (result: Found) => void | Promise<void>>> = {
  "text-to-image": checkImages,
  "image-to-image": checkImages,
  upscale: checkImages,
  "image-to-video": ({ videos }) => checkFiles(videos, "video"),
  "text-to-speech": ({ audio }) => checkFile(audio as MediaFile, "audio"),
  "audio-to-text": ({ text, chunks }) => {
    assert.isString(text);
    assert.isArray(chunks);
  },
  "image-to-text": ({ text }) => {
    assert.isString(text);
    assert.isNotEmpty(text);
  },
  "segment-anything-2": ({ masks, scores, logits }) => {
    for (const list of [masks, scores, logits]) {
      assert.isArray(list);
      assert.isNotEmpty(list);
      for (const item of (list as ReadonlyArray<never>).flat(4)) assert.isNumber(item);
    }
  },
  llm: ({ text, finish_reason: reason }) => {
    assert.isString(text);
    assert.isString(reason);
    assert.isNotEmpty(reason);
  },
};

export const checkResult = async (pipeline: ProbedPipeline, result: Found): Promise<void> => {
  await checks[pipeline](result);
};
