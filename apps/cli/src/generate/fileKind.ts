/** What a file is by its first bytes, as an extension: an address need not say it, and may be wrong. */
import { open } from "node:fs/promises";

const kinds: ReadonlyArray<readonly [extension: string, isOne: (head: Buffer) => boolean]> = [
  [".png", (head) => head.subarray(1, 4).toString("latin1") === "PNG"],
  [".jpg", (head) => head[0] === 0xff && head[1] === 0xd8],
  [".gif", (head) => head.subarray(0, 4).toString("latin1") === "GIF8"],
  [".webp", (head) => riff(head) === "WEBP"],
  [".wav", (head) => riff(head) === "WAVE"],
  [".mp4", (head) => head.subarray(4, 8).toString("latin1") === "ftyp"],
  [".webm", (head) => head.subarray(0, 4).equals(Buffer.of(0x1a, 0x45, 0xdf, 0xa3))],
  [".flac", (head) => head.subarray(0, 4).toString("latin1") === "fLaC"],
  [".mp3", (head) => head.subarray(0, 3).toString("latin1") === "ID3" || (head[0] === 0xff && (head[1] ?? 0) >= 0xe0)],
];

const riff = (head: Buffer): string | undefined =>
  head.subarray(0, 4).toString("latin1") === "RIFF" ? head.subarray(8, 12).toString("latin1") : undefined;

/** `undefined`: none that is known. */
export const extensionOf = (head: Buffer): string | undefined => kinds.find(([, isOne]) => isOne(head))?.[0];

export const extensionOfFile = async (path: string): Promise<string | undefined> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
    return extensionOf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
};
