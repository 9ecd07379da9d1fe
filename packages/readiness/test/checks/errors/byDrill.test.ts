import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as Effect from "effect/Effect";
import { describe, expect, it } from "vitest";
import type { ScenarioId } from "../../../src/drill/DrillReport.ts";
import { openFolder } from "../../../src/index.ts";
import { codeDigest } from "../../../src/subject/codeDigest.ts";
import { folderWith, verdictOf } from "../../subject.ts";
import { coldScenarios, evidenceOf, expiresAt, scenario, seenAt, service } from "./drill.ts";

const again = "sluice launch drill -- python3 app.py 'a red fox'";

const lines: ReadonlyArray<readonly [string, ReadonlyArray<ScenarioId>]> = [
  ["E1", ["wrong-key"]],
  ["E2", ["bad-field"]],
  ["E3", coldScenarios],
  ["E4", ["rate-limit"]],
];

describe.each(lines)("%s", (id, scenarios) => {
  const [needed = "wrong-key"] = scenarios;
  const right = scenarios.map((one) => scenario(one));

  it("passes in the drill's own words, for thirty days", async () => {
    const verdict = await verdictOf(id, { evidence: evidenceOf(right) });
    expect(verdict).toMatchObject({ status: "pass", seenAt, expiresAt });
    expect(verdict.evidence).toMatch(/^drill: 4 requests, 1\.0 s, 2\.1 s and 4\.3 s apart, exit code 0/);
  });

  it.each(scenarios)("fails when %s went wrong, with what to change", async (wrong) => {
    const went = { verdict: "wrong", seen: "1 request, exit code 1", wrong: "it gave up", change: "Do not." } as const;
    const evidence = evidenceOf(right.map((one) => (one.id === wrong ? scenario(wrong, went) : one)));
    const verdict = await verdictOf(id, { evidence });
    expect(verdict).toMatchObject({
      status: "fail",
      evidence: `drill, ${wrong}: 1 request, exit code 1: it gave up`,
      fix: "Do not.",
    });
  });

  it("cannot tell when the program was not seen in it", async () => {
    const evidence = evidenceOf([scenario(needed, { verdict: "not-exercised" })]);
    expect(await verdictOf(id, { evidence })).toMatchObject({
      status: "manual",
      evidence: `the drill saw nothing of ${needed}`,
      why: "the program did nothing that this could be seen of",
      fix: expect.stringContaining(again) as string,
    });
  });

  it("cannot tell when the drill left it out", async () => {
    expect(await verdictOf(id, { evidence: evidenceOf([scenario("retired")]) })).toMatchObject({
      status: "manual",
      evidence: `the drill saw nothing of ${needed}: it was left out`,
    });
  });

  it("cannot tell without a drill, and says how to hold one", async () => {
    expect(await verdictOf(id, { files: {} })).toEqual({
      status: "manual",
      evidence: "no drill has been held",
      why: "what a program does when a gateway fails is seen only when one fails",
      fix: "sluice launch drill -- <your test command>",
    });
  });

  it("counts no drill of thirty days ago, even one that went wrong", async () => {
    const old = evidenceOf([scenario(needed, { verdict: "wrong" })], "2026-10-23T12:00:00Z");
    expect(await verdictOf(id, { evidence: old })).toMatchObject({
      status: "manual",
      evidence: "the drill is 30 days old; it counts for 30",
      fix: again,
    });
    const younger = evidenceOf([scenario(needed, { verdict: "wrong" })], "2026-10-23T12:00:01Z");
    expect(await verdictOf(id, { evidence: younger })).toMatchObject({ status: "fail" });
  });

  it("counts no drill of a day that is still to come", async () => {
    expect(await verdictOf(id, { evidence: evidenceOf(right, "2027-01-01T12:00:00Z") })).toMatchObject({
      status: "manual",
      evidence: "the drill is of 2027-01-01, which is still to come",
      fix: again,
    });
  });

  it("passes for a service, whose client is Sluice's", async () => {
    expect(await verdictOf(id, { service: { ...service, maxRetries: 3 } })).toMatchObject({
      status: "pass",
      evidence: expect.stringMatching(/^Sluice's own client: .*; one deadline of 300 s/) as string,
    });
  });
});

it.each(["E3", "E4", "E6"])("%s fails for a service that never tries again", async (id) => {
  expect(await verdictOf(id, { service: { ...service, maxRetries: 0 } })).toEqual({
    status: "fail",
    evidence: "maxRetries is 0: nothing is tried again",
    fix: "Remove `maxRetries: 0` from the service's configuration",
  });
});

it.each(["E1", "E2"])("%s needs no retries", async (id) => {
  expect(await verdictOf(id, { service: { ...service, maxRetries: 0 } })).toMatchObject({ status: "pass" });
});

describe("several scenarios", () => {
  it("are told one by one, and each change once", async () => {
    const went = { verdict: "wrong", seen: "1 request", wrong: "it gave up", change: "Retry." } as const;
    const evidence = evidenceOf(coldScenarios.map((id, at) => scenario(id, at < 3 ? went : {})));
    const verdict = await verdictOf("E3", { evidence });
    expect(verdict).toMatchObject({
      status: "fail",
      evidence: "drill, cold-503: 1 request: it gave up; and 2 scenarios more are wrong",
      fix: "Retry.",
    });
    expect(verdict.details).toHaveLength(7);
    expect(verdict.details).toContain("closed-socket: wrong: 1 request: it gave up");
  });

  it("are warned of when some were not seen", async () => {
    const evidence = evidenceOf([scenario("cold-503"), scenario("cold-hold", { verdict: "not-exercised" })]);
    expect(await verdictOf("E3", { evidence })).toMatchObject({
      status: "warn",
      evidence: expect.stringContaining("; not seen: cold-hold, closed-socket") as string,
      fix: again,
    });
  });
});

describe("code", () => {
  const drilled = { "src/app.py": "ask()\n", "README.md": "An app." };
  const afterwards = async (files: Readonly<Record<string, string>>) => {
    const open = (path: string) => Effect.runPromise(openFolder(path));
    const path = folderWith(drilled);
    const { drill } = evidenceOf([scenario("wrong-key")]);
    const evidence = { mistakes: [], drill: { ...drill, code: await Effect.runPromise(codeDigest(await open(path))) } };
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
    }
    return verdictOf("E1", { folder: await open(path), evidence });
  };

  it.each([
    { what: "is another one", files: { "src/app.py": "ask_again()\n" } },
    { what: "is more", files: { "src/retry.go": "" } },
  ])("that $what than what was drilled is warned of", async ({ files }) => {
    expect(await afterwards(files)).toMatchObject({
      status: "warn",
      evidence: expect.stringMatching(/exit code 0; but code has changed since$/) as string,
      fix: again,
      expiresAt,
    });
  });

  it.each([{}, { "README.md": "The app." }, { ".sluice/launch/drill.json": "{}" }, { "tests/test_app.py": "" }])(
    "is the same with %j",
    async (files) => {
      expect(await afterwards(files)).toMatchObject({ status: "pass" });
    },
  );
});
