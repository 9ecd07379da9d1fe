/**
 * Adds up what the projects' test runs left in `.results`: one vitest JSON report each.
 *
 * It does not take a report at its word where vitest is too kind: a test file that could not be loaded has no failed
 * test in it, and a project that ran no test, or left no report, has no failure at all. Each counts as one failure here;
 * and so does a test that was skipped or is still to be written, for its title promises what nothing has shown.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The part of vitest's JSON report that is read. Times in milliseconds. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly startTime: number;
  readonly testResults: ReadonlyArray<{
    readonly status: string;
    readonly endTime: number;
    readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>;
  }>;
}

export interface Row {
  readonly project: string;
  readonly passed: number;
  /** Those of `skipped` included. */
  readonly failed: number;
  /** The names of the tests that were not run. */
  readonly skipped: ReadonlyArray<string>;
  /** `undefined` when there is no report. */
  readonly seconds: number | undefined;
}

export const readReport = (folder: string, project: string): Report | undefined => {
  try {
    return JSON.parse(readFileSync(join(folder, `${project}.json`), "utf8")) as Report;
  } catch {
    return undefined;
  }
};

export const rowOf = (project: string, report: Report | undefined): Row => {
  if (report === undefined) return { project, passed: 0, failed: 1, skipped: [], seconds: undefined };
  const files = report.testResults;
  const unloaded = files.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0);
  const skipped = files
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== "passed" && status !== "failed")
    .map(({ fullName }) => fullName);
  const failed = report.numFailedTests + unloaded.length + skipped.length;
  const end = Math.max(report.startTime, ...files.map(({ endTime }) => endTime));
  return {
    project,
    passed: report.numPassedTests,
    failed: report.numPassedTests + failed === 0 ? 1 : failed,
    skipped,
    seconds: (end - report.startTime) / 1000,
  };
};

/**
 * The table, and as its last line `N passed, N failed`.
 *
 * `exitCode` is that of the run: one that failed without a failed test (an error that nobody caught) is a failure too.
 */
export const summarise = (
  rows: ReadonlyArray<Row>,
  exitCode: number,
): { readonly text: string; readonly ok: boolean } => {
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  const told = rows.reduce((sum, row) => sum + row.failed, 0);
  const untold = told === 0 && exitCode !== 0;
  const failed = untold ? 1 : told;
  const width = Math.max(7, ...rows.map(({ project }) => project.length));
  const line = (project: string, ...cells: ReadonlyArray<string>) =>
    `${project.padEnd(width)}${cells.map((cell) => cell.padStart(9)).join("")}`;
  const lines = [
    line("project", "passed", "failed", "seconds"),
    ...rows.map(({ project, passed, failed, seconds }) =>
      line(project, String(passed), String(failed), seconds?.toFixed(1) ?? "no report"),
    ),
    ...rows.flatMap(({ project, skipped }) => skipped.map((name) => `Not run, in ${project}: ${name}`)),
    ...(untold ? ["The run failed outside its tests; see above."] : []),
    `${passed} passed, ${failed} failed`,
  ];
  return { text: lines.join("\n"), ok: failed === 0 };
};
