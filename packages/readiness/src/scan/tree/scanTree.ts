/** Reads files, and says what is in them. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { type Detectors, type Hit, scanContent } from "../scanContent.ts";
import { usualSize } from "../windows.ts";
import { filesOf, type TreeFile, type Where } from "./files.ts";

export interface TreeHit {
  readonly file: TreeFile;
  readonly hit: Hit;
}

export interface ScannedTree {
  readonly hits: ReadonlyArray<TreeHit>;
  readonly files: number;
  readonly bytes: number;
  /** How many files each bundle has. */
  readonly bundles: ReadonlyMap<string, number>;
  /** Those that could not be read. */
  readonly unread: ReadonlyArray<string>;
}

export const scanTree = async (
  paths: ReadonlyArray<string>,
  detectors: Detectors,
  where: Where,
  tell: (files: number) => void,
): Promise<ScannedTree> => {
  const hits: Array<TreeHit> = [];
  const bundles = new Map<string, number>();
  const unread: Array<string> = [];
  const seen = new Set<string>();
  let bytes = 0;
  for (const path of paths) {
    for await (const file of filesOf(path, where)) {
      where.signal.throwIfAborted();
      if (seen.has(file.path)) continue;
      seen.add(file.path);
      tell(seen.size);
      try {
        const scanned = await scanContent(await chunksOf(file.path), detectors);
        bytes += scanned.bytes;
        hits.push(...scanned.hits.map((hit) => ({ file, hit })));
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        unread.push(file.shown);
        continue;
      }
      const { shipped } = file;
      if (shipped !== undefined) bundles.set(shipped.folder, (bundles.get(shipped.folder) ?? 0) + 1);
    }
  }
  return { hits, files: seen.size, bytes, bundles, unread };
};

const chunksOf = async (path: string): Promise<AsyncIterable<Buffer> | Iterable<Buffer>> => {
  const { size } = await stat(path);
  return size <= usualSize.size ? [await readFile(path)] : createReadStream(path, { highWaterMark: 1_024 * 1_024 });
};

/** Of the file system. */
const isUnreadable = (error: unknown): boolean => error instanceof Error && "syscall" in error;
