import { expect, it } from "vitest";
import { markdownOf, placesToTell } from "../../src/index.ts";
import { review, checkOf } from "../review/checks.ts";

const key = { file: "src/a.ts", line: 3, message: "a key" };
const found = (evidence: string, ...details: ReadonlyArray<string>) =>
  checkOf("X1", { status: "fail", evidence, details, fix: "rotate it", places: [key, { ...key, line: 31 }] });

it("a place that the evidence names, with what is there, is told once, and keeps its line for code hosts", async () => {
  const report = await review([found("src/a.ts:3: a key, and 1 more")]);
  const [result] = report.checks;
  expect(result?.places).toEqual([
    { file: "src/a.ts", line: 3 },
    { file: "src/a.ts", line: 31 },
  ]);
  expect(result && placesToTell(result)).toEqual([{ file: "src/a.ts", line: 31 }]);
  expect(markdownOf(report)).not.toContain("- src/a.ts:3\n");
});

it("a place of which something else is said is told", async () => {
  const [result] = (await review([found("keys were found", "in src/a.ts:3 and (src/a.ts:31)")])).checks;
  expect(result && placesToTell(result)).toEqual([key, { ...key, line: 31 }]);
});
