/** Where results go on disk, named after what they show. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Wanted } from "./reserve.ts";

export interface Place {
  /** Names a folder, unless it ends like a file and no folder of that name exists. */
  readonly output: string;
  /** What files in a folder are called, such as `a-red-fox`. */
  readonly name: string;
  /** Of files in a folder, with its dot. */
  readonly extension: string;
}

/**
 * A name for each file. In a folder, names end in `endings`, such as a seed, and an existing file is never overwritten. A
 * path that names a file is meant, and replaced; several files get numbers, and replace nothing that nobody named.
 */
export const placeFiles = (
  { output, name, extension }: Place,
  endings: ReadonlyArray<string>,
): ReadonlyArray<Wanted> => {
  if (isFolder(output)) {
    return endings.map((ending) => {
      const stem = join(output, [capped(name), ending].filter((part) => part !== "").join("-"));
      return { stem, extension };
    });
  }
  if (endings.length === 1) return [{ path: output }];
  const { stem, extension: own } = partsOf(output);
  return endings.map((_, index) => ({ stem: `${stem}-${index + 1}`, extension: own }));
};

/** A path without its extension, and that with its dot. */
export const partsOf = (path: string): { readonly stem: string; readonly extension: string } => {
  const extension = extname(path);
  return { stem: path.slice(0, path.length - extension.length), extension };
};

/** What a disk takes as a file's name, in bytes. */
const longestName = 255;

/** Why nothing can be written there; `undefined` when it looks possible. Asked before anything is paid for. */
export const obstacleAt = (output: string): string | undefined => {
  if (Buffer.byteLength(basename(output)) > longestName)
    return `its name is longer than the ${longestName} bytes that a disk takes`;
  let place = resolve(isFolder(output) ? output : dirname(output));
  while (!existsSync(place)) place = dirname(place);
  if (!statSync(place).isDirectory()) return `${place} is a file, not a folder`;
  try {
    accessSync(place, constants.W_OK);
    return undefined;
  } catch {
    return `${place} cannot be written to`;
  }
};

export const isFolder = (output: string): boolean =>
  /[/\\]$/.test(output) || extname(output) === "" || (existsSync(output) && statSync(output).isDirectory());

/** In letters. */
const longestSlug = 40;

/** A text as a file name: letters and digits of any script, with dashes between; empty when it has none. */
export const slug = (text: string): string => {
  const words = text
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+/, "");
  return [...words].slice(0, longestSlug).join("").replace(/-+$/, "");
};

/** In bytes: a seed, a number and an extension fit behind it. */
const longestStem = 200;

/** A name that any disk takes: cut between two letters. */
export const capped = (name: string): string => {
  let bytes = 0;
  const letters = [...name];
  const end = letters.findIndex((letter) => (bytes += Buffer.byteLength(letter)) > longestStem);
  return end === -1 ? name : letters.slice(0, end).join("").replace(/-+$/, "");
};
