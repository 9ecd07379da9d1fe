/** Where a code host has a file: it names files from the top of their repository. */
import { posix } from "node:path";

/** `below`: the folder's path from there, with a slash at its end or empty. `file`: from the folder, or absolute. */
export const fromTop = (below: string, file: string): string =>
  below === "" || posix.isAbsolute(file) ? file : posix.join(below, file);
