/** Subjects to look at: a folder of files made for a test, and what is known beside it. */
import * as Effect from "effect/Effect";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { checks, LaunchSettings, openFolder, type Subject, type Verdict } from "../src/index.ts";

/** The time of tests, in Unix milliseconds. */
export const now = Date.parse("2026-11-22T12:00:00Z");

/** A folder with these files, by path; gone after the test. */
export const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "readiness-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
};

/** Makes a repository of a folder, with one commit of all that git takes. */
export const commitAll = (folder: string): void => {
  const git = (...args: ReadonlyArray<string>) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: folder });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "all");
};

export interface Given extends Partial<Omit<Subject, "settings">> {
  /** Files by path: then there is a folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether they are committed. */
  readonly git?: boolean;
  readonly settings?: Parameters<typeof LaunchSettings.parse>[0];
}

export const subjectOf = ({ files, git = false, settings = {}, ...given }: Given = {}): Effect.Effect<Subject> =>
  Effect.gen(function* () {
    const path = files === undefined ? undefined : folderWith(files);
    if (path !== undefined && git) commitAll(path);
    return {
      ...{ now, env: {}, keys: [], calls: [], evidence: { mistakes: [] } },
      settings: LaunchSettings.parse(settings),
      ...(path === undefined ? {} : { folder: yield* openFolder(path) }),
      ...given,
    };
  });

/** What the check of this id says of it. */
export const verdictOf = async (id: string, given: Given = {}): Promise<Verdict> => {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  return Effect.runPromise(Effect.flatMap(subjectOf(given), check.judge));
};
