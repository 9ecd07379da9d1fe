/** A1: no key in the sources, in what is built from them, or in git's history. */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { posix } from "node:path";
import { shortestKey } from "../../scan/detect/known.ts";
import type { Finding } from "../../scan/Finding.ts";
import type { Scan } from "../../scan/scan.ts";
import type { Subject } from "../../subject/Subject.ts";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";
import { findingLine, placeOf } from "./findingPlace.ts";
import { scanned, soughtKeys } from "./scanned.ts";

const rescan = "`sluice keys scan` names each place";

export const keysNowhere: Check = {
  id: "A1",
  group: "authentication",
  title: "keys are in the environment, not in code",
  asks: "API key stored in environment variables or a secrets manager, never in source code.",
  verified:
    "Every file that git has or would take, built bundles and every object of git's history are searched for known keys in any encoding, for Livepeer's and Sluice's keys by their context, and for those of other services.",
  cannot:
    "A key that is known to nobody here, under a name that does not say so: Livepeer's keys are UUIDs without a prefix.",
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    subject.folder === undefined
      ? Effect.succeed({ status: "skip", evidence: "a service has no sources" })
      : Effect.map(Effect.all([scanned(subject, subject.folder), subject.folder.below]), ([done, below]) =>
          "problem" in done
            ? unseen(`the scan ended early: ${done.problem}`, [], "Run `sluice keys scan`, and mend what it says.")
            : verdictOf(fromFolder(done.scan, below), subject),
        ),
};

/** History names files from the repository's top. */
const fromFolder = (scan: Scan, below: string): Scan => ({
  ...scan,
  findings: scan.findings.map((one) =>
    one.place === "history" && one.file !== null ? { ...one, file: posix.relative(below, one.file) } : one,
  ),
});

const verdictOf = (scan: Scan, subject: Subject): Verdict => {
  const found = scan.findings.filter(isKey);
  const details = [scannedLine(scan, subject), ...notSought(subject), ...keptLines(scan)];
  const [worst] = found;
  if (worst !== undefined) {
    const more = found.length === 1 ? "" : `, and ${found.length - 1} more`;
    return {
      status: "fail",
      evidence: `${findingLine(worst)}${more}`,
      ...{ details, places: found.map(placeOf) },
      fix: `${worst.fix} ${rescan}; what is no secret: its fingerprint (${worst.fingerprint ?? ""}) in [scan] allow of launch.toml.`,
    };
  }
  const { history, missed, unread } = scan;
  if (history.isShallow)
    return unseen("a shallow clone: most of the history is not here", details, "git fetch --unshallow");
  if (missed.length > 0)
    return unseen(`history not read: ${missed.join("; ")}`, details, "Mend what git says, and look again.");
  if (history.repositories === 0)
    return unseen("no git repository: there is no history to read here", details, "Look in a clone of the repository.");
  if (unread.length > 0) {
    const fix = `Make them readable, and look again: ${rescan}.`;
    return { status: "warn", evidence: `no key found, but not readable: ${unread.join(", ")}`, details, fix };
  }
  return { status: "pass", evidence: `no key in ${scannedLine(scan, subject)}`, details: details.slice(1) };
};

/** Code that reads a public variable holds no key: that is A6's. */
const isKey = ({ severity, kind, fingerprint }: Finding): boolean =>
  severity !== "info" && (kind !== "public-variable" || fingerprint !== null);

const unseen = (evidence: string, details: ReadonlyArray<string>, fix: string): Verdict => ({
  ...{ status: "manual", evidence, details, fix },
  why: "What was not read may hold a key.",
});

const scannedLine = ({ files, bundles, history }: Scan, subject: Subject): string => {
  const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
  const built = [...bundles].map(([folder, size]) => `${folder}/ (${count(size, "file")})`);
  const known = soughtKeys(subject).length;
  return [
    count(files, "file"),
    ...built,
    ...(history.repositories === 0 ? [] : [count(history.commits, "commit")]),
    `${known === 0 ? "no known key" : count(known, "known key")} looked for`,
  ].join(", ");
};

const notSought = ({ keys }: Subject): ReadonlyArray<string> =>
  keys.flatMap(({ name, key }) => {
    if (key === undefined) return [`${name} could not be read, and was not looked for`];
    return Redacted.value(key).length < shortestKey ? [`${name} is too short to look for`] : [];
  });

/** Where keys belong. */
const keptLines = ({ findings }: Scan): ReadonlyArray<string> =>
  findings.filter(({ severity }) => severity === "info").map(findingLine);
