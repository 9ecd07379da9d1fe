/** The OpenAPI document against the one of an earlier revision: what broke, and whether it may. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { breaksOf, type Document, mayBreak } from "./openapiBreaks.ts";

export const openapiPath = "apps/api/openapi.json";

export interface Verdict {
  readonly ok: boolean;
  readonly text: string;
}

/** What git prints; `undefined` when it can not. */
type Git = (...words: ReadonlyArray<string>) => string | undefined;

const gitIn =
  (root: string): Git =>
  (...words) => {
    const { status, stdout } = spawnSync("git", words, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    return status === 0 ? stdout.trim() : undefined;
  };

/** Where a branch left main; on main itself, the commit before. */
const baseOf = (git: Git): string | undefined => {
  const head = git("rev-parse", "HEAD");
  const left = git("merge-base", "HEAD", "origin/main") ?? git("merge-base", "HEAD", "main");
  return left === undefined || left === head ? git("rev-parse", "--verify", "HEAD~1") : left;
};

/** `root`: the repository's folder. `asked`: the revision to compare with, if it is not to be found out. */
export const checkOpenapi = (root: string, asked?: string): Verdict => {
  const git = gitIn(root);
  const base = asked === undefined ? baseOf(git) : git("rev-parse", "--verify", `${asked}^{commit}`);
  if (base === undefined) return withoutBase(git, asked);
  const short = base.slice(0, 12);
  const written = git("show", `${base}:${openapiPath}`);
  if (written === undefined) return { ok: true, text: `${short} has no ${openapiPath}: there is nothing to break.` };
  const before = JSON.parse(written) as Document;
  const after = JSON.parse(readFileSync(join(root, openapiPath), "utf8")) as Document;
  return verdictOf(before, after, short);
};

const withoutBase = (git: Git, asked: string | undefined): Verdict => {
  if (asked !== undefined) return { ok: false, text: `There is no revision ${asked}.` };
  const isShallow = git("rev-parse", "--is-shallow-repository") === "true";
  const hint = isShallow ? " The clone has no history: fetch it (fetch-depth: 0), or name a revision with --base." : "";
  return { ok: true, text: `There is no earlier commit to compare with.${hint}` };
};

const verdictOf = (before: Document, after: Document, base: string): Verdict => {
  const breaks = breaksOf(before, after);
  if (breaks.length === 0) return { ok: true, text: `${openapiPath} breaks nothing of ${base}.` };
  const [was, is] = [before.info.version, after.info.version];
  const ok = mayBreak(was, is);
  const end = ok
    ? `The version went from ${was} to ${is}, which may break.`
    : `Leave these as they were in ${base}; or raise the version (${was}) so that it may break: its minor before 1.0, its major after.`;
  return {
    ok,
    text: [`${openapiPath} breaks clients of ${base}:`, ...breaks.map((one) => `  - ${one}`), end].join("\n"),
  };
};
