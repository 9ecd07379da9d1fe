/**
 * Makes a folder and those above it. Not `mkdir` with `recursive`: in a file system that refuses new folders with
 * ENOENT, such as /proc, that spins for ever, and no deadline reaches it.
 */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

export const makeFolder = async (path: string): Promise<void> => {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  await mkdir(path).catch(async (error: unknown) => {
    // Another call may have made it meanwhile.
    const made = await stat(path).catch(() => undefined);
    if (made?.isDirectory() !== true) throw error;
  });
};
