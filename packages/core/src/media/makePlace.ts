/** Where a file is to be put: whether it can, before it is downloaded. */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "./makeFolder.ts";

/** Makes the folders above it. Gives the permissions of the file that is there already. Rejects when it cannot be put there. */
export const makePlace = async (path: string): Promise<number | undefined> => {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (found?.isFile() === false) throw new Error(`it is ${found.isDirectory() ? "a folder" : "no file"}`);
  if (found === undefined) await makeFolder(dirname(path));
  return found === undefined ? undefined : found.mode & 0o777;
};
