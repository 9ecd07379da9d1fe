/** An application's folder: its files, without those that git ignores, and what git says about them. */
import * as Effect from "effect/Effect";
import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";

export interface Folder {
  /** Absolute. */
  readonly path: string;
  /** Paths from its top with slashes, sorted: what git has or would take; without git, all but what is installed or built. */
  readonly files: Effect.Effect<ReadonlyArray<string>>;
  /** `undefined`: it is not there, is no file but a device or a pipe, say, or is longer than 4 MiB. */
  readonly text: (file: string) => Effect.Effect<string | undefined>;
  /** Whether it is in a git repository. */
  readonly hasGit: Effect.Effect<boolean>;
  /** Its path from the top of its repository, with a slash at its end; empty at the top, and without a repository. */
  readonly below: Effect.Effect<string>;
  /** What git prints for these arguments in this folder; `undefined`: it failed, or there is no git. */
  readonly git: (...args: ReadonlyArray<string>) => Effect.Effect<string | undefined>;
}

const longestText = 4 * 1024 * 1024;
const longestOutput = 256 * 1024 * 1024;

export const openFolder = (path: string): Effect.Effect<Folder> =>
  Effect.gen(function* () {
    const git = (...args: ReadonlyArray<string>): Effect.Effect<string | undefined> => runGit(path, args);
    const hasGit = yield* Effect.cached(Effect.map(git("rev-parse", "--git-dir"), (printed) => printed !== undefined));
    const files = yield* Effect.cached(
      Effect.flatMap(hasGit, (has) => (has ? tracked(git) : Effect.promise(() => walk(path)))),
    );
    const below = yield* Effect.cached(
      Effect.map(git("rev-parse", "--show-prefix"), (printed = "") => printed.replace(/\r?\n$/, "")),
    );
    return { path, files, hasGit, below, git, text: (file) => Effect.promise(() => textOf(join(path, file))) };
  });

const tracked = (git: Folder["git"]): Effect.Effect<ReadonlyArray<string>> =>
  Effect.map(git("ls-files", "-z", "--cached", "--others", "--exclude-standard"), (printed = "") =>
    [...new Set(printed.split("\0"))].filter((file) => file !== "").toSorted(),
  );

const runGit = (folder: string, args: ReadonlyArray<string>): Effect.Effect<string | undefined> =>
  Effect.callback((resume) => {
    const told = { cwd: folder, maxBuffer: longestOutput, encoding: "utf8" } as const;
    const child = execFile("git", [...args], told, (error, stdout) => {
      resume(Effect.succeed(error === null ? stdout : undefined));
    });
    return Effect.sync(() => child.kill());
  });

const passedOver = new Set(["node_modules", ".git", "dist", "build", "out", ".next", ".venv", "venv", "__pycache__"]);

const walk = async (top: string): Promise<ReadonlyArray<string>> => {
  const found: Array<string> = [];
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(top, folder), { withFileTypes: true }).catch(() => [])) {
      const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!passedOver.has(entry.name)) await visit(file);
      } else if (entry.isFile()) found.push(file.replaceAll(sep, "/"));
    }
  };
  await visit("");
  return found.toSorted();
};

const textOf = async (path: string): Promise<string | undefined> => {
  try {
    const info = await stat(path);
    return info.isFile() && info.size <= longestText ? await readFile(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
};
