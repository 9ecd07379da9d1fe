/** What is told: a find with its place, its weight and what to do about it. */
import type { HistoryHit } from "./git/scanHistory.ts";
import type { Kind, Severity } from "./Match.ts";
import type { Hit } from "./scanContent.ts";
import type { TreeHit } from "./tree/scanTree.ts";

export interface Finding {
  readonly severity: Severity;
  readonly kind: Kind;
  readonly place: "tree" | "bundle" | "history";
  /** In history: from the repository's top. Null in a commit's message, and where no commit has the object. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** That brought it. */
  readonly commit?: string;
  readonly date?: string;
  /** Whether a branch, a tag or a stash still leads to the commit. */
  readonly reachable?: boolean;
  /** Git's object, where no commit has it. */
  readonly object?: string;
  readonly fingerprint: string | null;
  readonly message: string;
  readonly fix: string;
}

export const treeFinding = ({ file, hit }: TreeHit, history: HistoryHit | undefined, hasGit: boolean): Finding => {
  const { shown, shipped, isPrivate } = file;
  const isCopied = shipped !== undefined && !shipped.isServer;
  // Where git has no part in it: a bundler copies what has such a name, from wherever it is.
  const isKept = isPrivate && hit.kind !== "public-variable";
  const severity = isKept ? "info" : isCopied && hit.severity === "high" ? "critical" : hit.severity;
  const said = isKept ? (hasGit ? " (git ignores this file)" : " (a file for keys, outside git)") : "";
  return {
    ...{ severity, kind: hit.kind, place: shipped === undefined ? "tree" : "bundle" },
    ...{ file: shown, line: hit.line ?? null, column: hit.column ?? null },
    ...commitOf(history),
    fingerprint: hit.fingerprint ?? null,
    message: `${hit.what}${isCopied && !hit.what.includes("browser") ? ", in what is shipped" : ""}${said}`,
    fix: treeFix(hit, severity, isCopied, /(?:^|\/)\.env[^/]*$/.test(shown), history !== undefined),
  };
};

const notEnough = "rewriting history alone is not enough";

const treeFix = (hit: Hit, severity: Severity, isCopied: boolean, isEnv: boolean, isCommitted: boolean): string => {
  if (hit.kind === "public-variable")
    return `${hit.fingerprint === undefined ? "Give it" : "Rotate it, give it"} a name without the public prefix, and call Livepeer from a server.`;
  if (severity === "info") return "Nothing to do while it stays out of git, images and packages.";
  if (isCopied) return "Rotate it: whoever gets the bundle has it. Call from a server, and build again.";
  if (isCommitted) return `Rotate it, and read it from the environment; ${notEnough}.`;
  if (isEnv) return "Add the file to .gitignore; rotate the key if it was ever committed.";
  return "Take it out, and read it from the environment; rotate it if it was ever committed.";
};

export const historyFinding = (found: HistoryHit): Finding => {
  const { hit, object, path } = found;
  return {
    ...{ severity: hit.severity, kind: hit.kind, place: "history" },
    ...{ file: path ?? null, line: hit.line ?? null, column: hit.column ?? null },
    ...(found.commit === undefined ? { object } : commitOf(found)),
    fingerprint: hit.fingerprint ?? null,
    message: path === undefined && found.commit !== undefined ? `${hit.what}, in the message` : hit.what,
    fix: hit.severity === "info" ? "Nothing to do." : `Rotate it; ${notEnough}.`,
  };
};

const commitOf = (found: HistoryHit | undefined): Pick<Finding, "commit" | "date" | "reachable"> =>
  found?.commit === undefined
    ? {}
    : {
        commit: found.commit.id,
        date: new Date(found.commit.time * 1_000).toISOString().slice(0, 10),
        reachable: found.commit.isReachable,
      };
