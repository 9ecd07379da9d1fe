/**
 * A file's name that is taken before the file is written: an empty file holds it, so that no other process, which may be
 * paid for its own result at the same moment, takes the same.
 */
import { mkdir, open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** A path that was named and is replaced, or the first one that is free. */
export type Wanted = { readonly path: string } | { readonly stem: string; readonly extension: string };

export interface Reserved {
  readonly path: string;
  /** Whether an empty file was put there to hold it. */
  readonly isHeld: boolean;
}

/** Folders are made. Rejects when the disk does not take it. */
export const reserve = async (wanted: Wanted): Promise<Reserved> => {
  if ("path" in wanted) return { path: wanted.path, isHeld: false };
  const { stem, extension } = wanted;
  await mkdir(dirname(stem), { recursive: true });
  for (let number = 1; ; number += 1) {
    const path = `${stem}${number === 1 ? "" : `-${number}`}${extension}`;
    if (await hold(path)) return { path, isHeld: true };
  }
};

/** Of a file that was not written after all. One that was written is not empty, and stays. */
export const release = async ({ path, isHeld }: Reserved): Promise<void> => {
  if (!isHeld) return;
  const isEmpty = await stat(path).then(
    ({ size }) => size === 0,
    () => false,
  );
  if (isEmpty) await rm(path, { force: true }).catch(() => undefined);
};

const hold = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path, "wx");
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
};
