import * as Effect from "effect/Effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkLaunch,
  checks as allChecks,
  LaunchReport,
  selected,
  statuses,
  thresholds,
  unknownIn,
} from "../../src/index.ts";
import { subjectOf } from "../subject.ts";
import { checkOf, review } from "./checks.ts";

const each = statuses.map((status, index) => checkOf(`X${index + 1}`, status, { title: status }));

describe("what keeps a launch back", () => {
  it.each([
    { failOn: "fail", blocking: ["fail"] },
    { failOn: "manual", blocking: ["fail", "manual"] },
    { failOn: "warn", blocking: ["warn", "fail", "manual"] },
  ] as const)("with --fail-on $failOn: $blocking", async ({ failOn, blocking }) => {
    const { checks, ready } = await review(each, { failOn });
    expect(checks.filter(({ blocks }) => blocks).map(({ status }) => status)).toEqual(blocking);
    expect(ready).toBe(false);
  });

  it("is what nobody has looked at, too, unless something else is said", async () => {
    expect(await review([checkOf("X1", "manual")])).toMatchObject({ failOn: "manual", ready: false });
    expect(await review([checkOf("X1", "warn")])).toMatchObject({ ready: true });
  });

  it("is never what passes or does not apply", async () => {
    const well = [checkOf("X1", "pass"), checkOf("X2", "skip")];
    for (const failOn of thresholds) expect(await review(well, { failOn })).toMatchObject({ ready: true });
  });
});

const seen = fc.array(fc.constantFrom(...statuses), { maxLength: 8 });

it("is ready just when nothing blocks, counts each check once, and blocks no less at a stricter threshold", async () => {
  await fc.assert(
    fc.asyncProperty(seen, async (found) => {
      const checks = found.map((status, index) => checkOf(`X${index}`, status));
      const reports = await Promise.all(thresholds.map((failOn) => review(checks, { failOn })));
      const held = reports.map((report) => report.checks.filter(({ blocks }) => blocks).length);
      expect(held).toEqual(held.toSorted((one, other) => one - other));
      for (const [index, report] of reports.entries()) {
        expect(LaunchReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
        expect(report.ready).toBe(held[index] === 0);
        for (const status of statuses) expect(report.counts[status]).toBe(found.filter((one) => one === status).length);
      }
    }),
    { numRuns: 60 },
  );
});

it("has the checks in their order, with all that each found, whichever ends first", async () => {
  const slow = checkOf("X1", "pass", {
    judge: () => Effect.as(Effect.yieldNow, { status: "pass", evidence: "late" } as const),
  });
  const seenAt = Date.parse("2026-11-20T00:00:00Z");
  const place = { file: "a.ts", line: 3, column: 1, message: "here" };
  const found = { evidence: "why not", details: ["more"], places: [place], seenAt, expiresAt: seenAt + 1000 };
  const told: Array<string> = [];
  const { checks, at } = await review([slow, checkOf("X2", { ...found, status: "fail", fix: "mend it" })], {
    onResult: ({ id }) => told.push(id),
  });
  expect(checks.map(({ id }) => id)).toEqual(["X1", "X2"]);
  expect(told.toSorted()).toEqual(["X1", "X2"]);
  expect(at).toBe("2026-11-22T12:00:00.000Z");
  expect(checks[1]).toEqual({
    ...{ id: "X2", group: "launch", title: "title of X2", status: "fail", evidence: "why not", details: ["more"] },
    ...{ places: [place], fix: "mend it", why: null, seenAt: "2026-11-20T00:00:00.000Z" },
    ...{ expiresAt: "2026-11-20T00:00:01.000Z", attestation: null, known: false, blocks: true },
  });
});

it("says why software cannot tell", async () => {
  const { checks } = await review([checkOf("X1", "manual")]);
  expect(checks[0]).toMatchObject({ why: "it is in people's heads", fix: "do it" });
});

describe("some of the checks", () => {
  const checks = [checkOf("E1", "fail", { group: "error handling" }), checkOf("S1", "pass"), checkOf("S2", "fail")];

  it.each([
    { only: ["s2"], ids: ["S2"] },
    { only: ["Launch"], ids: ["S1", "S2"] },
    { only: ["error-handling", "S1"], ids: ["E1", "S1"] },
    { only: ["error handling"], ids: ["E1"] },
  ])("are $only", async ({ only, ids }) => {
    const report = await review(checks, { only });
    expect(report.checks.map(({ id }) => id)).toEqual(ids);
    expect(unknownIn(checks, only)).toEqual([]);
  });

  it("are named, or the name is unknown", () => {
    expect(unknownIn(checks, ["S1", "S", "", "launches"])).toEqual(["S", "", "launches"]);
    expect(selected(checks, ["nothing"])).toEqual([]);
    expect(selected(checks, undefined)).toEqual(checks);
  });

  it("decide alone whether it is ready", async () => {
    expect(await review(checks, { only: ["S1"] })).toMatchObject({ ready: true, counts: { pass: 1, fail: 0 } });
  });
});

it("notes what evidence could not be read, before what it is told to note", async () => {
  const subject = await Effect.runPromise(subjectOf({ evidence: { mistakes: ["drill.json is broken"] } }));
  const options = { name: "app", gateway: "livepeer-studio", checks: [], notes: ["there is no launch.toml"] };
  const report = await Effect.runPromise(checkLaunch(subject, options));
  expect(report).toMatchObject({
    ...{ subject: "app", gateway: "livepeer-studio", ready: true },
    notes: ["drill.json is broken", "there is no launch.toml"],
  });
});

it("looks with every check there is, unless it is given others", async () => {
  const subject = await Effect.runPromise(subjectOf({ files: {} }));
  const report = await Effect.runPromise(checkLaunch(subject, { name: "app" }));
  expect(report.checks.map(({ id }) => id)).toEqual(allChecks.map(({ id }) => id));
  expect(report.gateway).toBeNull();
});
