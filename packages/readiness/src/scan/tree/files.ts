/** The files of a folder: those that git has or would take, those of built bundles, and settings that git ignores. */
import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { askGit } from "../git/git.ts";
import { findRepository } from "../git/repository.ts";
import { bundlesAt, isScratch, shippedIn, type Shipped } from "./bundles.ts";

export interface TreeFile {
  /** As the computer finds it. */
  readonly path: string;
  /** As a person reads it, from where they are. */
  readonly shown: string;
  /** From the top of its repository, where there is one. */
  readonly inRepository: string | undefined;
  readonly shipped: Shipped | undefined;
  /** A file of settings that is in no repository: keys belong there. */
  readonly isPrivate: boolean;
}

export interface Where {
  /** Absolute: the folder from which paths are shown. */
  readonly from: string;
  readonly bundles: ReadonlyArray<string>;
  readonly isExcluded: (path: string) => boolean;
  readonly signal: AbortSignal;
}

/** `path`: absolute, of a file or a folder. Each file once; what cannot be read is not there. */
export async function* filesOf(path: string, where: Where): AsyncGenerator<TreeFile> {
  const info = await lstat(path).catch(() => undefined);
  const isFolder = info?.isDirectory() ?? false;
  const folder = isFolder ? path : resolve(path, "..");
  const repository = await findRepository(folder, where.signal);
  const top = "top" in repository ? repository.top : undefined;
  const fileAt = (at: string, isPrivate: boolean): ReadonlyArray<TreeFile> => {
    const shown = slashed(shownAs(at, where.from));
    const inRepository = top === undefined ? undefined : slashed(relative(top, at));
    if (where.isExcluded(shown) || (inRepository !== undefined && where.isExcluded(inRepository))) return [];
    const shipped = shippedIn(inRepository ?? shown, where.bundles);
    return [{ path: at, shown, inRepository, shipped, isPrivate: isPrivate && shipped === undefined }];
  };
  if (!isFolder) {
    yield* fileAt(path, isSettings(path) && (top === undefined || (await isIgnored(path, where.signal))));
    return;
  }
  if (top === undefined || (await isIgnored(path, where.signal))) {
    for await (const at of walk(path)) yield* fileAt(at, isSettings(at));
    return;
  }
  for (const name of await listed(folder, ["-c", "-o"], where.signal)) {
    if (/(?:^|\/)node_modules\//.test(name)) continue;
    const at = join(folder, name);
    const kind = await lstat(at).catch(() => undefined);
    // A repository in the repository: git names its folder alone.
    if (kind?.isDirectory() === true) yield* filesOf(at, where);
    else if (kind?.isFile() === true) yield* fileAt(at, false);
  }
  for (const name of await listed(folder, ["-o", "-i", "--directory"], where.signal)) {
    if (!name.endsWith("/")) {
      const shipped = shippedIn(slashed(relative(top, join(folder, name))), where.bundles);
      if (isSettings(name) || shipped !== undefined) yield* fileAt(join(folder, name), true);
    } else if (!/(?:^|\/)node_modules\//.test(name)) {
      for (const bundle of bundlesAt(name.slice(0, -1), where.bundles)) {
        for await (const at of walk(join(folder, bundle))) yield* fileAt(at, false);
      }
    }
  }
}

const listed = async (
  folder: string,
  which: ReadonlyArray<string>,
  signal: AbortSignal,
): Promise<ReadonlyArray<string>> => {
  const { stdout } = await askGit(folder, ["ls-files", "-z", "--exclude-standard", ...which], signal);
  return [...new Set(stdout.split("\0"))].filter((name) => name !== "");
};

const isIgnored = async (path: string, signal: AbortSignal): Promise<boolean> =>
  (await askGit(resolve(path, ".."), ["check-ignore", "-q", "--", path], signal)).code === 0;

const isSettings = (path: string): boolean =>
  /^\.env(?:$|\.)/.test(basename(path)) && !/example|sample|template/.test(path);

/** Every file below a folder; links are not followed. */
async function* walk(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): ReadonlyArray<Dirent> => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !/^(?:node_modules|\.git)$/.test(entry.name) && !isScratch(`${slashed(path)}/`)) {
      yield* walk(path);
    }
  }
}

/** From that folder, where it is below; else as it is. */
const shownAs = (path: string, from: string): string => {
  const near = relative(from, path);
  return near.startsWith("..") ? path : near;
};

const slashed = (path: string): string => path.split(sep).join("/");
