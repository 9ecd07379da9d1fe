/** A5: something looks for dependencies with holes, and for secrets that slip into code. */
import * as Effect from "effect/Effect";
import { posix } from "node:path";
import type { Folder } from "../../subject/Folder.ts";
import { type Check, type Place, usualAttestedDays, type Verdict } from "../Check.ts";
import { type CiFile, ciFiles } from "./ciSteps.ts";
import { dependabotFiles, readDependabot } from "./dependabot.ts";
import { ecosystemsOf } from "./ecosystems.ts";
import { readRenovate, renovateFiles } from "./renovate.ts";
import { repositoryTop } from "./repositoryTop.ts";
import { dependencyScanners, namesIn, secretScanners } from "./scanners.ts";

export const scannersConfigured: Check = {
  id: "A5",
  group: "authentication",
  title: "dependencies and secrets are scanned",
  asks: "Dependency scanning (e.g., Dependabot, Snyk) configured to detect accidental key exposure.",
  verified:
    "Dependabot's, Renovate's and Snyk's files, and the steps of CI files and hooks that scan dependencies or secrets. Dependabot's file is read as GitHub reads it: with a mistake in it, it does nothing.",
  cannot: "Whether the code host's own scanning is switched on: its settings are not in the repository.",
  attestedDays: usualAttestedDays,
  judge: ({ folder }) =>
    folder === undefined
      ? Effect.succeed({ status: "skip", evidence: "a service has no repository" })
      : Effect.flatMap(Effect.all([repositoryTop(folder), folder.below]), ([top, below]) => look(top, below)),
};

/** Something that scans, or a file that should and does not (`mistake`). */
interface Seen {
  readonly what: string;
  readonly file: string;
  readonly mistake?: string;
}

const look = (top: Folder, below: string): Effect.Effect<Verdict> =>
  Effect.gen(function* () {
    const ci = yield* ciFiles(top);
    const dependencies = [...(yield* botsIn(top)), ...stepsThat(ci, dependencyScanners)];
    const fromFolder = (seen: Seen): Seen => ({ ...seen, file: posix.relative(below, seen.file) });
    return verdictOf(dependencies.map(fromFolder), stepsThat(ci, secretScanners).map(fromFolder));
  });

const botsIn = (top: Folder): Effect.Effect<ReadonlyArray<Seen>> =>
  Effect.gen(function* () {
    const files = yield* top.files;
    const seen: Array<Seen> = [];
    for (const file of dependabotFiles) {
      const text = yield* top.text(file);
      if (text === undefined) continue;
      const read = readDependabot(text, ecosystemsOf(files));
      if ("mistake" in read) seen.push({ what: "Dependabot", file, mistake: read.mistake });
      else seen.push({ what: `Dependabot (${read.ecosystems.join(", ")})`, file });
    }
    for (const file of renovateFiles) {
      const text = yield* top.text(file);
      const read = text === undefined ? "absent" : readRenovate(file, text);
      if (read === "absent") continue;
      seen.push(read === "ok" ? { what: "Renovate", file } : { what: "Renovate", file, mistake: read.mistake });
    }
    if (files.includes(".snyk")) seen.push({ what: "Snyk", file: ".snyk" });
    return seen;
  });

const stepsThat = (ci: ReadonlyArray<CiFile>, scanners: typeof secretScanners): ReadonlyArray<Seen> =>
  ci.flatMap(({ file, steps }) => namesIn(steps, scanners).map((what) => ({ what, file })));

const fixes = {
  dependencies:
    "Add .github/dependabot.yml with version: 2 and an update for each package manager, or Renovate, or a step with Snyk.",
  secrets: "Add a step to CI: npx @sluice/cli keys scan (or gitleaks, trufflehog, secretlint), with the whole history.",
};

const verdictOf = (dependencies: ReadonlyArray<Seen>, secrets: ReadonlyArray<Seen>): Verdict => {
  const works = dependencies.filter(({ mistake }) => mistake === undefined);
  const broken = dependencies.filter(({ mistake }) => mistake !== undefined);
  const lineOf = ({ what, file, mistake }: Seen): string =>
    `${what} in ${file}${mistake === undefined ? "" : ` does nothing: ${mistake}`}`;
  const linesOf = (some: ReadonlyArray<Seen>): string => some.map(lineOf).join(", ");
  const places: ReadonlyArray<Place> = [...dependencies, ...secrets].map((one) => ({
    file: one.file,
    message: lineOf(one),
  }));
  const [firstBroken] = broken;
  const mend = firstBroken === undefined ? "" : `Mend ${firstBroken.file}: ${firstBroken.mistake ?? ""}. `;
  if (works.length === 0 && broken.length > 0)
    return { status: "fail", evidence: linesOf(broken), places, fix: mend.trim() };
  if (works.length === 0 && secrets.length === 0)
    return {
      ...{ status: "manual", evidence: "nothing here scans dependencies or secrets" },
      why: "the code host may scan, by settings that are not in the repository",
      fix: `${fixes.dependencies} ${fixes.secrets}`,
    };
  const evidence = linesOf([...works, ...broken, ...secrets]);
  if (works.length === 0)
    return { status: "warn", evidence: `${evidence}; nothing scans dependencies`, places, fix: fixes.dependencies };
  if (secrets.length === 0)
    return { status: "warn", evidence: `${evidence}; nothing scans for secrets`, places, fix: mend + fixes.secrets };
  if (broken.length > 0) return { status: "warn", evidence, places, fix: mend.trim() };
  return { status: "pass", evidence, places };
};
