import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checklist, checks } from "../../src/index.ts";
import { linesOf } from "./linesOf.ts";

const page = linesOf(readFileSync(join(import.meta.dirname, "production-checklist.txt"), "utf8"));
const answered = checklist.flatMap(({ lines }) => lines.flatMap((line) => line.checks));

/** The page's text has lost its marks of code and the spaces around them; what we add is between a table's cells. */
const letters = (line: string): string => line.replaceAll(/[`\s]/g, "");
const cells = (line: string): string => letters(line).replaceAll(/:(?!\/)|\.(?=Free|Studio)/g, "");

describe("Livepeer's production checklist", () => {
  it("is read from its page, tables and all", () => {
    expect(page.map(({ section, lines }) => [section, lines.length])).toEqual([
      ["Gateway selection", 2],
      ["Authentication", 5],
      ["Error handling", 6],
      ["Model selection", 9],
      ["Cost estimation", 6],
      ["Monitoring", 5],
      ["Launch readiness summary", 9],
    ]);
  });

  it("is ours line by line, in its words", () => {
    expect(checklist.map(({ section }) => section)).toEqual(page.map(({ section }) => section));
    for (const [index, { section, lines }] of page.entries())
      expect(checklist[index]?.lines.map(({ text }) => cells(text)).toSorted(), section).toEqual(
        lines.map(cells).toSorted(),
      );
  });

  it("has for every line a check that answers it", () => {
    expect(checklist.flatMap(({ lines }) => lines.filter((line) => line.checks.length === 0))).toEqual([]);
  });

  it("is answered by checks that there are", () => {
    const ids = checks.map(({ id }) => id);
    expect([...new Set(answered)].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("is what every check is for", () => {
    expect(checks.map(({ id }) => id).filter((id) => !answered.includes(id))).toEqual([]);
  });
});
