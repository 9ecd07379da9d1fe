/** A4: .env files stay out of git, and out of images. */
import * as Effect from "effect/Effect";
import type { Folder } from "../../subject/Folder.ts";
import { type Check, type Place, usualAttestedDays, type Verdict } from "../Check.ts";
import { imagesWithEnv } from "./dockerContext.ts";
import { isEnvFile, isForTests, isSharedEnvFile, usualEnvFiles } from "./envFiles.ts";
import { goneEnvFiles } from "./envHistory.ts";

export const envIgnored: Check = {
  id: "A4",
  group: "authentication",
  title: ".env files stay out of git",
  asks: ".env files excluded from version control via .gitignore.",
  verified:
    "git says which .env files it has, would take or once had, and whether a .gitignore of the repository leaves out .env, .env.local and .env.production; a Dockerfile that copies everything needs a .dockerignore. In git, those of tests, examples and development (.env.test, .env.development) warn.",
  cannot: "Whether what a deleted .env file held has been replaced.",
  attestedDays: usualAttestedDays,
  judge: ({ folder }) =>
    folder === undefined
      ? Effect.succeed({ status: "skip", evidence: "a service has no repository" })
      : Effect.flatMap(folder.hasGit, (hasGit) => (hasGit ? look(folder) : Effect.succeed(noGit))),
};

const noGit: Verdict = {
  ...{ status: "manual", evidence: "no git repository here" },
  why: "Without git, nobody can say what it has or leaves out.",
  fix: "Look in a clone of the repository.",
};

interface Fault {
  readonly status: "fail" | "warn";
  readonly evidence: string;
  readonly places: ReadonlyArray<Place>;
  readonly fix: string;
}

const ignoreAll = "Add to .gitignore: .env* and !.env.example";

const look = (folder: Folder): Effect.Effect<Verdict> =>
  Effect.gen(function* () {
    const files = yield* folder.files;
    const tracked = new Set(((yield* folder.git("ls-files", "-z")) ?? "").split("\0"));
    const taken = files.filter(isEnvFile);
    const committed = taken.filter((file) => tracked.has(file));
    const open = taken.filter((file) => !tracked.has(file));
    const kept = yield* notIgnored(folder, candidatesOf(files));
    const unkept = kept.missing.filter((file) => !taken.includes(file));
    const gone = yield* goneEnvFiles(folder, tracked);
    const images = yield* imagesWithEnv(folder);
    const faults: ReadonlyArray<Fault | undefined> = [
      inGit(
        "fail",
        committed.filter((file) => !isForTests(file)),
      ),
      inGit("warn", committed.filter(isForTests)),
      fault("fail", open, "neither in git nor ignored: the next commit takes it", `${ignoreAll}.`),
      fault(unkept.some(isMain) ? "fail" : "warn", unkept, "not ignored by a .gitignore", `${ignoreAll}.`),
      fault("warn", gone, "deleted, and still in git's history", "Rotate whatever it held: every clone has it."),
      fault("warn", images, "into an image with all else", "Add a .dockerignore beside it with the line **/.env*"),
    ];
    return verdictOf(
      faults.filter((one) => one !== undefined),
      kept.sources,
    );
  });

/** At the top, and wherever an example says that there is one. */
const candidatesOf = (files: ReadonlyArray<string>): ReadonlyArray<string> => {
  const folders = files.filter(isSharedEnvFile).map((file) => file.slice(0, file.lastIndexOf("/") + 1));
  return [...new Set(["", ...folders])].flatMap((at) => usualEnvFiles.map((name) => at + name));
};

const isMain = (file: string): boolean => /(?:^|\/)\.env$/.test(file);

interface Ignored {
  readonly missing: ReadonlyArray<string>;
  /** The files that say so. */
  readonly sources: ReadonlyArray<string>;
}

/** What one machine's own settings ignore is not ignored by others. */
const notIgnored = (folder: Folder, candidates: ReadonlyArray<string>): Effect.Effect<Ignored> =>
  Effect.map(
    folder.git(
      ...["-c", "core.excludesFile=/dev/null", "-c", "core.quotePath=false"],
      ...["check-ignore", "--verbose", "--no-index", "--", ...candidates],
    ),
    (printed = "") => {
      const ignored = new Map<string, string>();
      for (const [, source = "", pattern = "", file = ""] of printed.matchAll(/^(.*?):\d+:(.*)\t(.*)$/gm)) {
        if (/(?:^|\/)\.gitignore$/.test(source) && !pattern.startsWith("!")) ignored.set(file, source);
      }
      return {
        missing: candidates.filter((file) => !ignored.has(file)),
        sources: [...new Set(ignored.values())],
      };
    },
  );

const fault = (
  status: Fault["status"],
  found: ReadonlyArray<string | Place>,
  how: string,
  fix: string,
): Fault | undefined => {
  if (found.length === 0) return undefined;
  const places = found.map((one) => (typeof one === "string" ? { file: one, message: how } : one));
  return { status, evidence: `${places.map(({ file }) => file).join(", ")}: ${how}`, places, fix };
};

const inGit = (status: Fault["status"], files: ReadonlyArray<string>): Fault | undefined =>
  fault(status, files, "in git", `git rm --cached ${files.join(" ")}; ${ignoreAll}; rotate what was in it.`);

const verdictOf = (faults: ReadonlyArray<Fault>, sources: ReadonlyArray<string>): Verdict => {
  const worst = faults.find(({ status }) => status === "fail") ?? faults[0];
  if (worst === undefined)
    return { status: "pass", evidence: `${usualEnvFiles.join(", ")} are ignored by ${sources.join(", ")}` };
  return {
    status: worst.status,
    evidence: worst.evidence,
    details: faults.filter((one) => one !== worst).map(({ evidence, fix }) => `${evidence}. ${fix}`),
    places: faults.flatMap(({ places }) => places),
    fix: worst.fix,
  };
};
