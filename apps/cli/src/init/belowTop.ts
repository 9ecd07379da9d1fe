/** Where a folder stands in its repository. */
import { spawnSync } from "node:child_process";

/**
 * Its path from the repository's top, with slashes; empty at the top, without a repository, and where the repository is not
 * the folder's own, for git ignores it there.
 */
export const belowTop = (folder: string): string => {
  const git = (...args: ReadonlyArray<string>) => spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  const { status, stdout } = git("rev-parse", "--show-prefix");
  const below = status === 0 ? stdout.replace(/\/?\r?\n$/, "") : "";
  return below === "" || git("check-ignore", "--quiet", ".").status === 0 ? "" : below;
};
