import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BaselineFile, baselineFrom, baselineOf, type Status, statuses } from "../../src/index.ts";
import { checkOf, review } from "./checks.ts";

const knowing = (checks: Readonly<Record<string, Status>>) =>
  baselineOf({ version: 1, at: "2026-11-01T00:00:00Z", checks });

describe("a baseline", () => {
  it("is of all that is not well", async () => {
    const report = await review(statuses.map((status, index) => checkOf(`X${index}`, status)));
    const file = baselineFrom(report);
    expect(file).toEqual({ version: 1, at: report.at, checks: { X1: "warn", X2: "fail", X4: "manual" }, places: {} });
    expect(BaselineFile.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
  });

  it("keeps what is known from holding the launch back, and it is told all the same", async () => {
    const { ready, checks, counts } = await review([checkOf("X1", "fail")], { baseline: knowing({ X1: "fail" }) });
    expect(ready).toBe(true);
    expect(checks[0]).toMatchObject({ status: "fail", known: true, blocks: false });
    expect(counts.fail).toBe(1);
  });

  it.each([
    { before: "warn", after: "manual", isKnown: false },
    { before: "warn", after: "fail", isKnown: false },
    { before: "manual", after: "fail", isKnown: false },
    { before: "pass", after: "warn", isKnown: false },
    { before: "skip", after: "fail", isKnown: false },
    { before: "fail", after: "manual", isKnown: true },
    { before: "fail", after: "warn", isKnown: true },
    { before: "manual", after: "warn", isKnown: true },
  ] as const)("of $before knows $after: $isKnown", async ({ before, after, isKnown }) => {
    const options = { baseline: knowing({ X1: before }), failOn: "warn" } as const;
    const { checks, ready } = await review([checkOf("X1", after)], options);
    expect(checks[0]).toMatchObject({ known: isKnown, blocks: !isKnown });
    expect(ready).toBe(isKnown);
  });

  it("knows what was in its places, and hides no new one", async () => {
    const found = (...files: ReadonlyArray<string>) =>
      checkOf("X1", {
        status: "fail",
        evidence: "a key",
        fix: "rotate it",
        places: files.map((file, at) => ({ file, line: at + 1 })),
      });
    const file = baselineFrom(await review([found("a.ts", "b.ts", "a.ts")]));
    expect(file.places).toEqual({ X1: { "a.ts": 2, "b.ts": 1 } });
    const isReady = async (...files: ReadonlyArray<string>) =>
      (await review([found(...files)], { baseline: baselineOf(file) })).ready;
    expect(await isReady("b.ts", "a.ts", "a.ts")).toBe(true);
    expect(await isReady("a.ts")).toBe(true);
    expect(await isReady("a.ts", "a.ts", "a.ts")).toBe(false);
    expect(await isReady("a.ts", "c.ts")).toBe(false);
  });

  it("knows nothing of a check it does not name", async () => {
    const options = { baseline: knowing({ X2: "fail" }) };
    expect(await review([checkOf("X1", "fail"), checkOf("X2", "fail")], options)).toMatchObject({ ready: false });
  });

  it("that is written and read at once holds nothing back, whatever is found", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...statuses), { maxLength: 6 }), async (found) => {
        const checks = found.map((status, index) => checkOf(`X${index}`, status));
        const baseline = baselineOf(baselineFrom(await review(checks, { failOn: "warn" })));
        expect(await review(checks, { failOn: "warn", baseline })).toMatchObject({ ready: true, notes: [] });
      }),
      { numRuns: 40 },
    );
  });
});

describe("a baseline that is out of date is told of:", () => {
  it("what it knows is well now", async () => {
    const options = { baseline: knowing({ X1: "fail", X2: "warn", X3: "fail" }) };
    const { notes } = await review([checkOf("X1", "pass"), checkOf("X2", "skip"), checkOf("X3", "fail")], options);
    expect(notes).toEqual([
      "The baseline knows X1 as fail, and it is pass now: write it anew",
      "The baseline knows X2 as warn, and it is skip now: write it anew",
    ]);
  });

  it("what it knows is no check", async () => {
    const { notes } = await review([checkOf("X1", "pass")], { baseline: knowing({ Z9: "fail" }) });
    expect(notes).toEqual(["The baseline knows Z9, which is no check: write it anew"]);
  });

  it("and not what nobody looked at", async () => {
    const options = { baseline: knowing({ X1: "fail" }), only: ["X2"] };
    expect(await review([checkOf("X1", "pass"), checkOf("X2", "pass")], options)).toMatchObject({ notes: [] });
  });
});
