/**
 * Reads the header of a file: an image's format and size, an audio file's format and length. Nothing is decoded, and a
 * Blob is read only as far as its header goes, so that a file on disk stays there.
 */
import { imageSize } from "image-size";
import type { PipelineName } from "../Pipeline.ts";
import { pipelines } from "../pipelines/pipelines.ts";
import type { AudioFacts, ImageFacts, MediaFacts } from "./MediaFacts.ts";
import { isUpload, sizeOf, type Upload } from "./Upload.ts";

/** Of the file that a request carries; `undefined` for a pipeline that takes none. Never rejects. In no time of note. */
export const readMedia = async (
  pipeline: PipelineName,
  request: Readonly<Record<string, unknown>>,
): Promise<MediaFacts | undefined> => {
  const taken = pipelines[pipeline];
  const upload = "fileField" in taken ? request[taken.fileField] : undefined;
  if (!isUpload(upload)) return undefined;
  return taken.media.in === "audio" ? readAudio(upload) : readImage(upload);
};

/** A header with a thumbnail and a colour profile is seldom longer; the rest is read when it is. */
const usualHeader = 262_144;

export const readImage = async (upload: Upload): Promise<ImageFacts> => {
  const bytes = sizeOf(upload);
  const header = measured(await headOf(upload, usualHeader));
  if (header !== undefined || bytes <= usualHeader) return { kind: "image", bytes, ...header };
  return { kind: "image", bytes, ...measured(await headOf(upload, bytes)) };
};

/** Of a Blob that cannot be read, such as a file that is gone by now: nothing. */
const headOf = async (upload: Upload, length: number): Promise<Uint8Array> => {
  // A copy: the library reads past the end of a view, into what lies behind it in memory.
  if (!(upload instanceof Blob)) return new Uint8Array(upload.subarray(0, length));
  try {
    return new Uint8Array(await upload.slice(0, length).arrayBuffer());
  } catch {
    return new Uint8Array();
  }
};

const measured = (head: Uint8Array): Pick<ImageFacts, "format" | "width" | "height"> | undefined => {
  try {
    const { type, width, height } = imageSize(head);
    return type === undefined ? { width, height } : { format: type === "jpg" ? "jpeg" : type, width, height };
  } catch {
    return undefined;
  }
};

export const readAudio = async (upload: Upload): Promise<AudioFacts> => {
  const bytes = sizeOf(upload);
  const { parseBlob, parseBuffer } = await import("music-metadata");
  const options = { duration: true, skipCovers: true };
  try {
    const { format } = await (upload instanceof Blob
      ? // Without its type, which may not be that of its bytes.
        parseBlob(upload.slice(), options)
      : parseBuffer(upload, undefined, options));
    const { container, duration } = format;
    return {
      kind: "audio",
      bytes,
      ...(container === undefined ? {} : { format: containers(container) }),
      ...(duration === undefined ? {} : { seconds: duration }),
    };
  } catch {
    return { kind: "audio", bytes };
  }
};

const named: ReadonlyArray<readonly [begins: RegExp, format: string]> = [
  [/^wave?\b/i, "wav"],
  [/^mpeg\b/i, "mp3"],
  [/^ebml\/webm/i, "webm"],
  [/^ebml\/matroska/i, "matroska"],
  [/^(m4a|m4b|mp4|isom|iso\d|dash|mp42|mp41|avc1|qt)/i, "mp4"],
];

/** The library's word for a container, as a file name would end. */
const containers = (container: string): string =>
  named.find(([begins]) => begins.test(container))?.[1] ?? container.toLowerCase();
