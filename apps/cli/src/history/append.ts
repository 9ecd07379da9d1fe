/** Adds a call's lines to the record, whole: several processes write to it at once, and none may break another's line. */
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import type { HistoryFiles } from "./places.ts";

/** The two files together are at most twice this and a call. In bytes. */
export const fullAt = 5_000_000;

export const append = async ({ folder, current, previous }: HistoryFiles, text: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (await isFull(current)) await rotate(current, previous);
  // Opened for each call: the file may have been moved meanwhile by another process.
  const file = await open(current, "a", 0o600);
  try {
    const bytes = Buffer.from(text);
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) throw new Error("the disk is full");
  } finally {
    await file.close();
  }
};

const isFull = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).size >= fullAt;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
};

/** A lock that is older was left behind by a process that died. */
const staleMs = 10_000;

/** One process moves the file; a second one that did the same at once would put the new file in the old one's place. */
const rotate = async (current: string, previous: string): Promise<void> => {
  const lock = `${current}.lock`;
  try {
    await (await open(lock, "wx", 0o600)).close();
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > staleMs) await rm(lock, { force: true });
    return;
  }
  try {
    if (await isFull(current)) await rename(current, previous);
  } finally {
    await rm(lock, { force: true });
  }
};

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
