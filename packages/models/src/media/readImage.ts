/** What an image's header says: its format by its first bytes, and its size. */
import type { imageSize } from "image-size";
import { jpegSize } from "./jpegSize.ts";
import type { ImageFacts } from "./MediaFacts.ts";
import { headOf, longestFile, sizeOf, type Upload, usualHeader } from "./Upload.ts";

type Header = Pick<ImageFacts, "format" | "width" | "height">;

/** Loaded when the first image is read: most programs send none. */
type Measure = typeof imageSize;

/** Never rejects. A JPEG alone is read on when its size is not found where it usually is: its profiles come before. */
export const readImage = async (upload: Upload): Promise<ImageFacts> => {
  const { imageSize: measure } = await import("image-size");
  const bytes = sizeOf(upload);
  const header = headerOf(await headOf(upload, usualHeader), measure);
  const mayFollow = header.format === "jpeg" && header.width === undefined;
  if (!mayFollow || bytes <= usualHeader || bytes > longestFile) return { kind: "image", bytes, ...header };
  return { kind: "image", bytes, ...headerOf(await headOf(upload, bytes), measure) };
};

/** As Go's decoders know their own. */
const signatures: ReadonlyArray<readonly [format: string, begins: ReadonlyArray<number>]> = [
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["jpeg", [0xff, 0xd8]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
];

/** The format of a file that a gateway may decode is known even where the size is not. */
const headerOf = (head: Uint8Array, measure: Measure): Header => {
  const format = signatures.find(([, begins]) => begins.every((byte, index) => head[index] === byte))?.[0];
  if (format === undefined) return measured(head, measure);
  const { width, height } = (format === "jpeg" ? jpegSize(head) : measured(head, measure)) ?? {};
  return width === undefined || height === undefined ? { format } : { format, width, height };
};

/** By the library, which throws at what it does not know. It reads past the end of a view: `head` must not be one. */
const measured = (head: Uint8Array, measure: Measure): Header => {
  try {
    const { type, width, height } = measure(head);
    // TGA begins with nothing of its own, so zeros pass for one; words that begin like a PNM have no numbers for its size.
    if (type === undefined || type === "tga" || !Number.isFinite(width) || !Number.isFinite(height)) return {};
    return { format: type, width, height };
  } catch {
    return {};
  }
};
