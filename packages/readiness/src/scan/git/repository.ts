/** The repository that a folder belongs to. */
import { askGit } from "./git.ts";

export interface Repository {
  /** Where git is asked. */
  readonly folder: string;
  /** Its files' folder; absent where it is bare. */
  readonly top: string | undefined;
  readonly isShallow: boolean;
  /** Where its objects are: the same for all of its worktrees. */
  readonly store: string;
}

/** A sentence when there is none to read. */
export type Found = Repository | { readonly why: string; readonly isAbsent: boolean };

export const findRepository = async (folder: string, signal: AbortSignal): Promise<Found> => {
  const ask = (...args: ReadonlyArray<string>) => askGit(folder, ["rev-parse", ...args], signal);
  const { code, stdout, stderr } = await ask(
    ...["--is-inside-work-tree", "--is-shallow-repository", "--path-format=absolute", "--git-common-dir"],
  );
  if (code !== 0) {
    const isAbsent = /not a git repository/i.test(stderr);
    const [first = ""] = stderr.trim().split("\n");
    return { isAbsent, why: isAbsent ? "it is no git repository" : first.replace(/^fatal: /, "") };
  }
  const [inside, shallow, store = ""] = stdout.trim().split("\n");
  const top = inside === "true" ? (await ask("--show-toplevel")).stdout.replace(/\r?\n$/, "") : undefined;
  return { folder, top, isShallow: shallow === "true", store };
};
