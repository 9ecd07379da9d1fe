/** Room for results and for what Sluice keeps, and whether it may write there. */
import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Found, ok, problem, warning } from "./Check.ts";

const MB = 1_000_000;
const warnBytes = 1_000 * MB;
const failBytes = 100 * MB;

const size = (bytes: number): string =>
  bytes < 1_000 * MB ? `${Math.floor(bytes / MB)} MB` : `${(bytes / (1_000 * MB)).toFixed(1)} GB`;

export const judgeRoom = (place: string, freeBytes: number, fix: string): Found => {
  const detail = `${size(freeBytes)} free for ${place}`;
  if (freeBytes < failBytes) return problem(detail, fix);
  return freeBytes < warnBytes ? warning(detail, fix) : ok(detail);
};

/** `fix`: what puts it elsewhere. */
export const checkDisk = (place: string, fix: string): Found => {
  let folder = resolve(place);
  // It is made when something is put there.
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) return problem(`${folder} is a file, not a folder`, fix);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return problem(`${folder} cannot be written to`, fix);
  }
  // At once: names that nobody resolves take all of Node's threads.
  const { bavail, bsize } = statfsSync(folder);
  return judgeRoom(place, bavail * bsize, fix);
};
