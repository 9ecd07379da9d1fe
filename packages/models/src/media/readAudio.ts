/** What an audio file's header says: its format by its first bytes, and how long it plays. */
import type { AudioFacts } from "./MediaFacts.ts";
import { hasSaneBoxes } from "./mp4Boxes.ts";
import { streamedWavSeconds } from "./streamedWavSeconds.ts";
import { headOf, longestFile, sizeOf, type Upload, usualHeader } from "./Upload.ts";

/** Never rejects. Of a file that is too long for every pipeline, the format alone is told. */
export const readAudio = async (upload: Upload): Promise<AudioFacts> => {
  const bytes = sizeOf(upload);
  const container = containerOf(await headOf(upload, 12));
  if (container === "wav") {
    const seconds = streamedWavSeconds(await headOf(upload, usualHeader), bytes);
    if (seconds !== undefined) return { kind: "audio", bytes, format: "wav", seconds };
  }
  try {
    if (bytes > longestFile) return { kind: "audio", bytes, ...(await formatIn(upload, container)) };
    if (container === "mp4" && !(await hasSaneBoxes(upload))) return { kind: "audio", bytes };
    return { kind: "audio", bytes, ...(await parsed(upload, container)) };
  } catch {
    return { kind: "audio", bytes };
  }
};

/** Thirty years, in seconds: what says more was not measured. */
const longest = 1e9;

type Container = "mp4" | "wav" | undefined;

/** Where the library must not guess. The brands of MP4 are many, and new ones come. */
const containerOf = (head: Uint8Array): Container => {
  const text = String.fromCharCode(...head);
  if (text.startsWith("ftyp", 4)) return "mp4";
  return text.startsWith("RIFF") && text.startsWith("WAVE", 8) ? "wav" : undefined;
};

/** By its first bytes, which say nothing of its length. */
const formatIn = async (upload: Upload, container: Container): Promise<Pick<AudioFacts, "format">> => {
  if (container !== undefined) return { format: container };
  const { format } = await parsed(await headOf(upload, usualHeader), container);
  return format === undefined ? {} : { format };
};

/** Rejects where the library knows no audio. */
const parsed = async (upload: Upload, container: Container): Promise<Pick<AudioFacts, "format" | "seconds">> => {
  const { parseBlob, parseBuffer } = await import("music-metadata");
  const options = { duration: true, skipCovers: true };
  // A Blob's own type may not be that of its bytes.
  const type = container === "mp4" ? "video/mp4" : "";
  const { format } = await (upload instanceof Blob
    ? parseBlob(upload.slice(0, upload.size, type), options)
    : parseBuffer(upload, type, options));
  // Pictures and silent films come in MP4's boxes too.
  if (format.container === undefined || (container === "mp4" && format.hasAudio !== true)) return {};
  const name = container ?? named(format.container);
  const { duration: seconds } = format;
  return seconds !== undefined && seconds > 0 && seconds < longest ? { format: name, seconds } : { format: name };
};

const names: ReadonlyArray<readonly [begins: RegExp, format: string]> = [
  [/^mpeg\b/i, "mp3"],
  [/^ebml\/webm/i, "webm"],
  [/^ebml\/matroska/i, "matroska"],
];

/** The library's word for a container, as a file name would end. */
const named = (container: string): string =>
  names.find(([begins]) => begins.test(container))?.[1] ?? container.toLowerCase();
