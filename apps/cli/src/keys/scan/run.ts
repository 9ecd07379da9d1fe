/** `sluice keys scan`. */
import { makeDetectors, sarifOf, type Scan, scan, shortestKey } from "@sluice/readiness/scan";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Redacted from "effect/Redacted";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ScanInput } from "../../commands/keys/scan.ts";
import { failed } from "../../failures/Failed.ts";
import { Output } from "../../output/Output.ts";
import type { KeysScan, KeysScanFacts } from "../../results/scan.ts";
import { loadSettings } from "../../settings/Settings.ts";
import version from "../../version.ts";
import { knownKeys } from "./knownKeys.ts";
import { findingLines, noteGaps, scannedLine, summaryOf } from "./report.ts";

export const run = ({ paths, history, bundles, exclude, allow, format }: ScanInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const started = performance.now();
    const absolute = (paths.length === 0 ? ["."] : paths).map((path) => resolve(path));
    const lost = absolute.find((path) => !existsSync(path));
    if (lost !== undefined) {
      return yield* failed("SLUICE-USAGE", { message: `there is no ${lost}`, fix: "Name a file or a folder." });
    }
    const { known, unread } = yield* knownKeys(yield* loadSettings());
    for (const why of unread) output.note(`${output.noteStyle.warn("!")} a key is not looked for: ${why}`);
    for (const { name, key } of known) {
      if (Redacted.value(key).length < shortestKey) output.note(`the key of ${name} is too short to look for`);
    }
    const asked = {
      ...{ paths: absolute, from: process.cwd(), history: Option.getOrUndefined(history), exclude, allow },
      bundles: bundles.split(",").flatMap((one) => one.trim().replace(/\/+$/, "") || []),
    };
    const scanned = yield* Effect.promise((signal) =>
      scan(asked, makeDetectors(known), signal, throttled(output.status)),
    );
    output.status(undefined);
    const ms = performance.now() - started;

    if (asked.history === true && scanned.history.repositories === 0) {
      const fix = "Run it in a repository, or without --history.";
      return yield* failed("SLUICE-USAGE", { message: scanned.missed[0] ?? "there is no history", fix });
    }
    output.note(scannedLine(scanned, ms));
    noteGaps(scanned, output);
    const { findings: all } = scanned;
    if (format === "sarif") output.product(`${sarifOf(all, version)}\n`);
    else output.product(all.map((finding) => findingLines(finding, output.style)).join(""));
    const facts = factsOf(scanned, ms, known.length);
    const serious = all.filter(({ severity }) => severity !== "info");
    if (serious.length > 0) {
      return yield* failed("SLUICE-FINDINGS", {
        message: summaryOf(serious),
        fix: "Mend what each finding names. What is no secret: `sluice-allow-secret` in a comment on its line, or --allow with its fingerprint.",
        detail: { ...facts },
      });
    }
    const result: KeysScan = { message: "no keys where they should not be", ...facts };
    output.note(`${output.noteStyle.good("✓")} ${result.message}`);
    output.done(result);
  });

const factsOf = ({ findings, ...scanned }: Scan, ms: number, known: number): KeysScanFacts => ({
  findings: findings.filter(({ severity }) => severity !== "info"),
  notices: findings.filter(({ severity }) => severity === "info"),
  scanned: {
    ...{ files: scanned.files, bytes: scanned.bytes, unread: [...scanned.unread], knownKeys: known },
    bundles: Array.from(scanned.bundles, ([folder, files]) => ({ folder, files })),
    history: { ...scanned.history, missed: [...scanned.missed] },
    seconds: Math.round(ms) / 1_000,
  },
});

/** A line a tenth of a second; more cannot be read. */
const throttled = (status: (line: string) => void): ((line: string) => void) => {
  let last = 0;
  return (line) => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    status(line);
  };
};
