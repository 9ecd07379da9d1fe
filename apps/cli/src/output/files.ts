/** Where results go on disk, named after what they show. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";

export interface Place {
  /** Names a folder, unless it ends like a file and no folder of that name exists. */
  readonly output: string;
  readonly prompt: string;
}

/**
 * A path for each image. In a folder, names come from the prompt and the seed, and an existing file is never
 * overwritten: a number is added. A path that names a file is meant, and replaced; several images get numbers.
 */
export const placeImages = (
  { output, prompt }: Place,
  seeds: ReadonlyArray<number | undefined>,
): ReadonlyArray<string> => {
  if (!isFolder(output)) {
    const extension = extname(output);
    const stem = output.slice(0, -extension.length);
    return seeds.map((_, index) => (seeds.length === 1 ? output : `${stem}-${index + 1}${extension}`));
  }
  const taken = new Set<string>();
  return seeds.map((seed, index) => {
    const path = free(join(output, `${slug(prompt)}-${seed ?? index + 1}`), taken);
    taken.add(path);
    return path;
  });
};

/** Why nothing can be written there; `undefined` when it looks possible. Asked before anything is paid for. */
export const obstacleAt = (output: string): string | undefined => {
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

const isFolder = (output: string): boolean =>
  /[/\\]$/.test(output) || extname(output) === "" || (existsSync(output) && statSync(output).isDirectory());

const free = (stem: string, taken: ReadonlySet<string>): string => {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? `${stem}.png` : `${stem}-${number}.png`;
    if (!taken.has(path) && !existsSync(path)) return path;
  }
};

const longest = 40;

/** A prompt as a file name: letters and digits of any script, with dashes between. */
export const slug = (prompt: string): string => {
  const words = prompt
    .toLowerCase()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, "-");
  return (
    [...words]
      .slice(0, longest)
      .join("")
      .replace(/^-+|-+$/g, "") || "image"
  );
};
