/** Runs git on a repository that may be anybody's: none of its hooks, and nothing of the caller's own surroundings. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";

export type Git = ChildProcessByStdio<Writable, Readable, Readable>;

/** In a hook, git says by variables which repository it means; here, the folder says it. */
const surroundings = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^GIT_(?!CONFIG|CEILING|SSH)/.test(name))),
  ...{ LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1" },
});

const safely = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"];

export const startGit = (folder: string, args: ReadonlyArray<string>, signal: AbortSignal): Git => {
  const child = spawn("git", [...safely, "-C", folder, ...args], {
    ...{ env: surroundings(), signal },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // What ends git while it is written to is told by its exit.
  child.stdin.on("error", () => undefined);
  return child;
};

export interface GitEnded {
  /** `undefined`: there is no git. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** For answers that fit into memory. */
export const askGit = async (folder: string, args: ReadonlyArray<string>, signal: AbortSignal): Promise<GitEnded> => {
  const child = startGit(folder, args, signal);
  child.stdin.end();
  try {
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
    return { code, stdout, stderr };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { code: undefined, stdout: "", stderr: "git is not installed" };
    }
    throw error;
  }
};

/** Its exit code. */
export const ended = async (child: Git): Promise<number> => {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
};
