/** What was found, for a person. */
import { type Finding, type Scan, severities, type Severity } from "@sluice/readiness/scan";
import type { OutputShape } from "../../output/Output.ts";
import type { Style } from "../../output/style.ts";

const labelWidth = 8;
const indent = " ".repeat(labelWidth + 4);

export const findingLines = (finding: Finding, style: Style): string => {
  const { severity, fingerprint, message, fix } = finding;
  const colour = severity === "info" ? style.dim : severity === "medium" ? style.warn : style.bad;
  const mark = { critical: "✗", high: "✗", medium: "⚠", info: "·" }[severity];
  const head = `${colour(`${mark} ${severity.toUpperCase().padEnd(labelWidth)}`)}  ${style.bold(placeOf(finding))}`;
  const print = fingerprint === null ? "" : `   ${style.dim(fingerprint)}`;
  return `${head}\n${indent}${message}${print}\n${indent}${style.accent("→")} ${fix}\n`;
};

const placeOf = (finding: Finding): string => {
  const { place, file, line, column, commit, date = "", object, reachable } = finding;
  const at = file === null ? "" : [safe(file), line, column].filter((part) => part !== null).join(":");
  const since =
    commit === undefined ? "" : `${commit.slice(0, 10)} (${date}${reachable === false ? ", in no branch" : ""})`;
  if (place !== "history") return commit === undefined ? at : `${at}  since git ${since}`;
  return commit === undefined
    ? `git object ${(object ?? "").slice(0, 10)}, in no commit`
    : `git ${since}  ${at}`.trimEnd();
};

/** A file's name may hold what a terminal obeys. */
const safe = (name: string): string => name.replace(/[\u0000-\u001F\u007F-\u009F]/g, "?");

export const scannedLine = ({ files, history, bundles }: Scan, ms: number): string => {
  const parts = [
    `${count(files)} file${files === 1 ? "" : "s"}`,
    ...(history.repositories === 0 ? [] : [`${count(history.commits)} commit${history.commits === 1 ? "" : "s"}`]),
    ...[...bundles].map(([folder, size]) => `${safe(folder)}/ (${count(size)} file${size === 1 ? "" : "s"})`),
  ];
  return `scanned ${parts.join(", ")} in ${(ms / 1_000).toFixed(1)} s`;
};

const count = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, " ");

/** `3 findings: 2 critical, 1 high`. */
export const summaryOf = (findings: ReadonlyArray<Finding>): string => {
  const of = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  const parts = severities.filter((severity) => of(severity) > 0).map((severity) => `${of(severity)} ${severity}`);
  return `${findings.length} finding${findings.length === 1 ? "" : "s"}: ${parts.join(", ")}`;
};

/** What the scan could not see, which a person must know before they trust it. */
export const noteGaps = ({ history, missed, unread }: Scan, output: OutputShape): void => {
  if (history.isShallow)
    output.note("a shallow clone: only the history that is here was read; `git fetch --unshallow` gets the rest");
  for (const why of missed) output.note(`history not read: ${why}`);
  if (unread.length > 0) output.note(`not readable: ${unread.map(safe).join(", ")}`);
};
