/** Scans the files and the history that some paths stand for. */
import type { AllDetectors } from "./detectors.ts";
import type { Finding } from "./Finding.ts";
import { findingsOf } from "./findings.ts";
import { findRepository, type Repository } from "./git/repository.ts";
import { type HistoryHit, scanHistory } from "./git/scanHistory.ts";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { scanTree } from "./tree/scanTree.ts";
import { matcherOf } from "./tree/globs.ts";

export interface Asked {
  /** Absolute; each is there. */
  readonly paths: ReadonlyArray<string>;
  /** Absolute: findings name files from here. */
  readonly from: string;
  readonly bundles: ReadonlyArray<string>;
  readonly exclude: ReadonlyArray<string>;
  readonly allow: ReadonlyArray<string>;
  /** `undefined`: where there is some. */
  readonly history: boolean | undefined;
}

export interface Scan {
  readonly findings: ReadonlyArray<Finding>;
  readonly files: number;
  readonly bytes: number;
  readonly bundles: ReadonlyMap<string, number>;
  readonly unread: ReadonlyArray<string>;
  readonly history: {
    /** How many repositories. */
    readonly repositories: number;
    readonly commits: number;
    readonly objects: number;
    readonly bytes: number;
    readonly isShallow: boolean;
  };
  /** Why some history was not read, though it was asked for or is there. */
  readonly missed: ReadonlyArray<string>;
}

export const scan = async (
  asked: Asked,
  detectors: AllDetectors,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<Scan> => {
  const isExcluded = matcherOf(asked.exclude);
  const { repositories, missed } = await repositoriesOf(asked, signal);
  // A bare repository is a folder of git's own files: only its history is read.
  const bare = new Set(repositories.filter(({ top }) => top === undefined).map(({ folder }) => folder));
  const paths = asked.paths.filter((path) => !bare.has(path));
  const where = { from: asked.from, bundles: asked.bundles, isExcluded, signal };
  const tree = await scanTree(paths, detectors.tree, where, (files) => tell(`reading files  ${files}`));

  const history: Array<HistoryHit> = [];
  const sums = { commits: 0, objects: 0, bytes: 0 };
  for (const { folder } of asked.history === false ? [] : repositories) {
    const told = (objects: number): void => tell(`reading history  ${objects} objects`);
    const scanned = await scanHistory(folder, detectors.history, signal, told);
    history.push(...scanned.hits);
    sums.commits += scanned.commits;
    sums.objects += scanned.objects;
    sums.bytes += scanned.bytes;
  }
  const findings = findingsOf({ tree: tree.hits, history, allowed: asked.allow, isExcluded });
  const read = asked.history === false ? [] : repositories;
  return {
    ...{ findings, missed, files: tree.files, bytes: tree.bytes, bundles: tree.bundles, unread: tree.unread },
    history: { ...sums, repositories: read.length, isShallow: read.some(({ isShallow }) => isShallow) },
  };
};

const repositoriesOf = async (
  { paths, history }: Asked,
  signal: AbortSignal,
): Promise<{ readonly repositories: ReadonlyArray<Repository>; readonly missed: ReadonlyArray<string> }> => {
  const repositories = new Map<string, Repository>();
  const missed: Array<string> = [];
  for (const path of paths) {
    const folder = statSync(path).isDirectory() ? path : dirname(path);
    const found = await findRepository(folder, signal);
    if ("store" in found) {
      if (!repositories.has(found.store)) repositories.set(found.store, found);
    } else if (history === true || (history === undefined && !found.isAbsent)) missed.push(`${path}: ${found.why}`);
  }
  return { repositories: [...repositories.values()], missed };
};
