import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checks, sarifOf } from "../../src/index.ts";
import { report, reportOf, resultOf } from "./reports.ts";

const text = z.strictObject({ text: z.string() });

/** What SARIF 2.1.0 asks of what is used of it. */
const Sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          informationUri: z.url(),
          rules: z.array(
            z.strictObject({
              ...{ id: z.string(), shortDescription: text, helpUri: z.url() },
              ...{ fullDescription: text.optional(), help: text.optional() },
              properties: z.strictObject({ tags: z.array(z.string()) }),
            }),
          ),
        }),
      }),
      invocations: z.array(z.strictObject({ executionSuccessful: z.boolean(), endTimeUtc: z.iso.datetime() })),
      results: z.array(
        z.strictObject({
          ...{ ruleId: z.string(), ruleIndex: z.int().min(0), level: z.enum(["none", "note", "warning", "error"]) },
          message: text,
          locations: z.tuple([
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: z.string() }),
                region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1).optional() }),
              }),
            }),
          ]),
          suppressions: z.array(z.strictObject({ kind: z.literal("external"), justification: z.string() })).optional(),
          properties: z.strictObject({ status: z.string(), blocks: z.boolean() }),
        }),
      ),
    }),
  ]),
});

const runOf = (given: Parameters<typeof sarifOf>[0]) => Sarif.parse(JSON.parse(sarifOf(given))).runs[0];
const resultsOf = (more: Parameters<typeof resultOf>[0]) => runOf(reportOf([resultOf(more)])).results;

describe("a report in SARIF", () => {
  it("names files from the top of the repository that the folder stands in", () => {
    const places = [{ file: "src/a.ts", line: 3 }];
    const given = reportOf([resultOf({ places }), resultOf({ places: [] })]);
    const { results } = Sarif.parse(JSON.parse(sarifOf(given, "apps/my app/"))).runs[0];
    expect(results.map(({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation.uri)).toEqual([
      ...["apps/my%20app/src/a.ts", "apps/my%20app/launch.toml"],
    ]);
  });

  it("has a rule for each check, as the check describes itself", () => {
    const { asks, verified } = checks.find(({ id }) => id === "S2")!;
    expect(runOf(reportOf([resultOf()])).tool.driver.rules).toEqual([
      {
        id: "S2",
        shortDescription: { text: "somebody is called when it fails" },
        fullDescription: { text: asks },
        help: { text: verified },
        helpUri: "https://github.com/livepeer/sluice/blob/main/docs/checklist.md#s2",
        properties: { tags: ["launch"] },
      },
    ]);
  });

  it.each([
    { status: "fail", levels: ["error"] },
    { status: "manual", levels: ["warning"] },
    { status: "warn", levels: ["warning"] },
    { status: "pass", levels: [] },
    { status: "skip", levels: [] },
  ] as const)("tells of $status as $levels", ({ status, levels }) => {
    expect(resultsOf({ status }).map(({ level }) => level)).toEqual(levels);
  });

  it("has a result at each place, and at launch.toml where there is none", () => {
    const places = [{ file: "src/a b.ts", line: 3, column: 7, message: "a key" }, { file: "100%#?:é.env" }];
    expect(resultsOf({ places }).map(({ locations: [{ physicalLocation }] }) => physicalLocation)).toEqual([
      { artifactLocation: { uri: "src/a%20b.ts" }, region: { startLine: 3, startColumn: 7 } },
      { artifactLocation: { uri: "100%25%23%3F%3A%C3%A9.env" }, region: { startLine: 1 } },
    ]);
    expect(resultsOf({}).map(({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation.uri)).toEqual(
      ["launch.toml"],
    );
  });

  it("says what was seen, why software cannot tell, and what to do", () => {
    const [one] = resultsOf({
      status: "manual",
      details: ["more"],
      why: "people",
      places: [{ file: "a", message: "m" }],
    });
    expect(one?.message.text).toBe("launch.toml names nobody: m\nmore\npeople\nWhat to do: Name somebody");
  });

  it("suppresses what the baseline knows", () => {
    expect(resultsOf({})[0]).not.toHaveProperty("suppressions");
    expect(resultsOf({ known: true, blocks: false })[0]).toMatchObject({ suppressions: [{ kind: "external" }] });
  });

  it("is SARIF whatever the texts; rules and results fit, and a place's address is that of its file", () => {
    fc.assert(
      fc.property(report, (given) => {
        const { tool, results } = runOf(given);
        for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
        const open = given.checks.filter(({ status }) => status !== "pass" && status !== "skip");
        const files = open.flatMap(({ places }) =>
          places.length === 0 ? ["launch.toml"] : places.map((at) => at.file),
        );
        const uris = results.map(({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation.uri);
        expect(uris.map(decodeURIComponent)).toEqual(files.map((file) => file.toWellFormed()));
        for (const uri of uris) expect(uri).toMatch(/^[\w\-.!~*'()%/]*$/);
      }),
    );
  });
});
