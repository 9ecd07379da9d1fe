/** A real repository that a test changes step by step, and what a check says of it. */
import * as Effect from "effect/Effect";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checks, openFolder, type Verdict } from "../../../src/index.ts";
import { folderWith, type Given, subjectOf } from "../../subject.ts";

export interface TestRepository {
  readonly path: string;
  readonly git: (...args: ReadonlyArray<string>) => string;
  /** Writes the files, deletes those without a text, and commits all that git takes. */
  readonly commit: (files: Readonly<Record<string, string | undefined>>) => void;
}

/** With nothing in it. */
export const repository = (): TestRepository => {
  const path = folderWith({});
  const git = (...args: ReadonlyArray<string>): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: path,
      encoding: "utf8",
    });
  git("init", "--quiet");
  const commit: TestRepository["commit"] = (files) => {
    for (const [file, text] of Object.entries(files)) {
      if (text === undefined) rmSync(join(path, file));
      else {
        mkdirSync(dirname(join(path, file)), { recursive: true });
        writeFileSync(join(path, file), text);
      }
    }
    git("add", "--all");
    git("commit", "--quiet", "--message", "more");
  };
  return { path, git, commit };
};

/** What the check of this id says of a folder that is there. */
export const verdictOn = async (id: string, path: string, given: Given = {}): Promise<Verdict> => {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  return Effect.runPromise(
    Effect.gen(function* () {
      const subject = yield* subjectOf(given);
      return yield* check.judge({ ...subject, folder: yield* openFolder(path) });
    }),
  );
};
