import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readReport, type Report, rowOf, summarise } from "../src/Results.ts";

const file = (status: string, tests: number) => ({
  status,
  endTime: 3500,
  assertionResults: Array.from({ length: tests }, (_, index) => ({ fullName: `test ${index}`, status })),
});

const report = (numPassedTests: number, numFailedTests: number, ...testResults: Report["testResults"]): Report => ({
  numPassedTests,
  numFailedTests,
  startTime: 1000,
  testResults,
});

const lastLine = (text: string) => text.split("\n").at(-1);

it("adds up what passed and failed, and ends with the sum", () => {
  const rows = [rowOf("a", report(2, 0, file("passed", 2))), rowOf("b", report(3, 1, file("failed", 4)))];
  const { text, ok } = summarise(rows, 1);
  expect(lastLine(text)).toBe("5 passed, 1 failed");
  expect(text).toMatch(/^b +3 +1 +2\.5$/m);
  expect(ok).toBe(false);
});

it("is content when everything passed", () => {
  const { text, ok } = summarise([rowOf("a", report(2, 0, file("passed", 2)))], 0);
  expect(lastLine(text)).toBe("2 passed, 0 failed");
  expect(ok).toBe(true);
});

it("counts each test file that could not be loaded as a failure", () => {
  const { text, ok } = summarise(
    [rowOf("a", report(2, 0, file("passed", 2), file("failed", 0), file("failed", 0)))],
    1,
  );
  expect(lastLine(text)).toBe("2 passed, 2 failed");
  expect(ok).toBe(false);
});

it("counts each test that was not run as a failure, and names it", () => {
  const tests = ["passed", "skipped", "pending", "todo"].map((status) => ({ fullName: `is ${status}`, status }));
  const { text, ok } = summarise([rowOf("a", report(1, 0, { ...file("passed", 0), assertionResults: tests }))], 0);
  expect(text).toMatch(/^a +1 +3 +2\.5$/m);
  expect(text.split("\n").slice(2)).toEqual([
    "Not run, in a: is skipped",
    "Not run, in a: is pending",
    "Not run, in a: is todo",
    "1 passed, 3 failed",
  ]);
  expect(ok).toBe(false);
});

it("counts a project without a report as a failure", () => {
  const { text, ok } = summarise([rowOf("a", undefined)], 0);
  expect(text).toContain("no report");
  expect(lastLine(text)).toBe("0 passed, 1 failed");
  expect(ok).toBe(false);
});

it("counts a project that ran no test as a failure", () => {
  const { text, ok } = summarise([rowOf("a", report(0, 0))], 0);
  expect(lastLine(text)).toBe("0 passed, 1 failed");
  expect(ok).toBe(false);
});

it("counts a run that failed outside its tests as a failure", () => {
  const { text, ok } = summarise([rowOf("a", report(2, 0, file("passed", 2)))], 1);
  expect(lastLine(text)).toBe("2 passed, 1 failed");
  expect(ok).toBe(false);
});

it("reads a project's report, and knows one that is missing or torn", () => {
  const folder = mkdtempSync(join(tmpdir(), "results-"));
  try {
    writeFileSync(join(folder, "a.json"), JSON.stringify(report(1, 0)));
    writeFileSync(join(folder, "torn.json"), `{"numPassedTests":`);
    expect(readReport(folder, "a")).toEqual(report(1, 0));
    expect(readReport(folder, "torn")).toBeUndefined();
    expect(readReport(folder, "missing")).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
