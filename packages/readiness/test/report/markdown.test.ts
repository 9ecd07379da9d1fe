import fc from "fast-check";
import * as markdown from "prettier/plugins/markdown";
import { describe, expect, it } from "vitest";
import { drillMarkdownOf, markdownOf } from "../../src/index.ts";
import { drillReport, report, reportOf, resultOf, scenarioOf } from "./reports.ts";

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: ReadonlyArray<Node>;
}

const parse = markdown.parsers.markdown.parse as unknown as (text: string, options: object) => Node;
const nodesIn = (node: Node): ReadonlyArray<Node> => [node, ...(node.children ?? []).flatMap(nodesIn)];
const markUp = new Set(["html", "link", "linkReference", "image", "code", "inlineCode", "emphasis", "delete"]);

describe("a report in Markdown", () => {
  it("says what it comes to, what was seen by group, and what to do", () => {
    const checks = [
      resultOf({
        id: "E1",
        group: "error handling",
        title: "401",
        status: "pass",
        evidence: "1 request",
        blocks: false,
      }),
      resultOf({
        ...{ status: "manual", details: ["more"], places: [{ file: "a.ts", line: 3, column: 2, message: "here" }] },
        ...{ why: "people", expiresAt: "2026-12-01T00:00:00.000Z" },
      }),
    ];
    const options = { gateway: "livepeer-studio", notes: ["there is no launch.toml"] };
    expect(markdownOf(reportOf(checks, options))).toBe(`# Not ready to launch: 1 of 2 checks keep it back

my-app at livepeer-studio, 2026-11-22 12:00 UTC: 1 pass, 1 manual.

## Error handling

| check | status | seen | until |
| --- | --- | --- | --- |
| E1 401 | pass | 1 request |  |

## Launch

| check | status | seen | until |
| --- | --- | --- | --- |
| S2 somebody is called when it fails | **manual** | launch.toml names nobody | 2026-12-01 |

## What to do

### S2 somebody is called when it fails

**manual**: launch.toml names nobody

- more
- a.ts:3:2 here

Why software cannot tell: people

What to do: Name somebody

## Notes

- there is no launch.toml
`);
  });

  it("says that what the baseline has is known, and nothing of what to do when all is well", () => {
    expect(markdownOf(reportOf([resultOf({ known: true, blocks: false })]))).toContain("| fail (known) |");
    const well = markdownOf(reportOf([resultOf({ status: "pass", blocks: false })]));
    expect(well).toMatch(/^# Ready to launch: nothing keeps it back\n/);
    expect(well).not.toContain("What to do");
  });

  it("has of no text more than its words: no mark-up, no row, no heading", () => {
    fc.assert(
      fc.property(report, (given) => {
        const nodes = nodesIn(parse(markdownOf(given), {}));
        const countOf = (type: string): number => nodes.filter((node) => node.type === type).length;
        const open = given.checks.filter(({ status }) => status !== "pass" && status !== "skip");
        const used = new Set(given.checks.map(({ group }) => group)).size;
        expect(countOf("heading")).toBe(
          1 + used + open.length + (open.length > 0 ? 1 : 0) + (given.notes.length > 0 ? 1 : 0),
        );
        expect(countOf("tableRow")).toBe(used + given.checks.length);
        expect(countOf("tableCell")).toBe(4 * (used + given.checks.length));
        expect(nodes.filter(({ type }) => markUp.has(type))).toEqual([]);
      }),
    );
  });
});

describe("a drill in Markdown", () => {
  it("says what the program did, and of what is wrong what to change", () => {
    const right = scenarioOf({ id: "wrong-key", title: "a wrong key", verdict: "right", wrong: null, change: null });
    const unseen = scenarioOf({ id: "truncated-stream", title: "a stream that ends", verdict: "not-exercised" });
    expect(drillMarkdownOf(drillReport([right, scenarioOf(), unseen]))).toBe(`# Drill: 1 of 2 right, 1 not exercised

\`python3 app.py\`, 2026-11-22 12:00 UTC, 61.5 s.

| scenario | verdict | what the program did |
| --- | --- | --- |
| wrong-key: a wrong key | right | 3 requests, 0.1 s apart |
| rate-limit: 429 without Retry-After | **wrong** | 3 requests, 0.1 s apart |
| truncated-stream: a stream that ends | not exercised | 3 requests, 0.1 s apart |

## What to change

### rate-limit: 429 without Retry-After

Wrong: it asked again at once

What to change: Wait before each retry

| after | path | status | end |
| --- | --- | --- | --- |
| 0.1 s | /text-to-image | 429 | answered |
`);
  });

  it("has a command with backticks as it is", () => {
    const drilled = drillMarkdownOf({ ...drillReport(), command: ["sh", "-c", "`a` ``b``"] });
    expect(nodesIn(parse(drilled, {})).find(({ type }) => type === "inlineCode")?.value).toBe("sh -c `a` ``b``");
  });
});
