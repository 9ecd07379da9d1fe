/**
 * Whether an MP4's boxes are few and well-formed enough to be read: a parser that steps through a million empty ones holds
 * everything else up. Only their headers are looked at. ISO/IEC 14496-12.
 */
import { headOf, sizeOf, type Upload } from "./Upload.ts";

/** An hour in fragments of a second has about 7,200. */
const most = 10_000;

/** Of what describes a film, in bytes; the samples are elsewhere. */
const longest = 33_554_432;

/** What holds boxes itself, of those that a reader of lengths looks into. */
const nests: ReadonlySet<string> = new Set([
  "moov",
  "trak",
  "mdia",
  "minf",
  "stbl",
  "udta",
  "moof",
  "traf",
  "mvex",
  "edts",
]);

/** Never rejects for what the file holds. */
export const hasSaneBoxes = async (upload: Upload): Promise<boolean> => {
  const end = sizeOf(upload);
  let left = most;
  for (let at = 0; at + 8 <= end; left -= 1) {
    const box = boxAt(await headOf(upload.slice(at, at + 16), 16));
    if (box === undefined || left <= 0) return false;
    if (nests.has(box.type)) {
      if (box.size > longest) return false;
      left = walked(await headOf(upload.slice(at + box.head, at + box.size), box.size), left);
    }
    at += box.size;
  }
  return true;
};

/** How many boxes are left of those that may be looked at, after all in these; nothing, when some are not well-formed. */
const walked = (boxes: Uint8Array, from: number): number => {
  let left = from;
  for (let at = 0; at + 8 <= boxes.length && left > 0; left -= 1) {
    const box = boxAt(boxes.subarray(at, at + 16));
    if (box === undefined) return 0;
    if (nests.has(box.type)) left = walked(boxes.subarray(at + box.head, at + box.size), left);
    at += box.size;
  }
  return left;
};

interface Box {
  readonly type: string;
  /** With its header, in bytes. */
  readonly size: number;
  readonly head: number;
}

/**
 * By its first bytes; `undefined` when it would not move on. A size of 0, which means the rest of the file, is rare, and the
 * library takes it as it stands.
 */
const boxAt = (bytes: Uint8Array): Box | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = view.getUint32(0);
  const head = short === 1 ? 16 : 8;
  if (bytes.length < head) return undefined;
  const size = short === 1 ? Number(view.getBigUint64(8)) : short;
  return size < head ? undefined : { type: String.fromCharCode(...bytes.subarray(4, 8)), size, head };
};
