/** Reports made for a test. */
import type { CheckResult, DrillReport, LaunchReport } from "../../src/index.ts";
import { groups, statuses } from "../../src/index.ts";
import fc from "fast-check";

export const resultOf = (more: Partial<CheckResult> = {}): CheckResult => ({
  ...{ id: "S2", group: "launch", title: "somebody is called when it fails", status: "fail" },
  ...{ evidence: "launch.toml names nobody", details: [], places: [], fix: "Name somebody", why: null },
  ...{ seenAt: null, expiresAt: null, attestation: null, known: false, blocks: true },
  ...more,
});

export const reportOf = (checks: ReadonlyArray<CheckResult>, more: Partial<LaunchReport> = {}): LaunchReport => {
  const counts = { pass: 0, warn: 0, fail: 0, skip: 0, manual: 0 };
  for (const { status } of checks) counts[status] += 1;
  return {
    ...{ version: 1, at: "2026-11-22T12:00:00.000Z", subject: "my-app", gateway: null, failOn: "manual", notes: [] },
    ...{ ready: checks.every(({ blocks }) => !blocks), counts, checks: [...checks] },
    ...more,
  };
};

export const drillReport = (scenarios: DrillReport["scenarios"] = []): DrillReport => ({
  ...{ version: 1, at: "2026-11-22T12:00:00Z", command: ["python3", "app.py"], code: "", seconds: 61.5, scenarios },
  score: {
    right: scenarios.filter(({ verdict }) => verdict === "right").length,
    judged: scenarios.filter(({ verdict }) => verdict !== "not-exercised").length,
  },
});

export const scenarioOf = (more: Partial<DrillReport["scenarios"][number]> = {}): DrillReport["scenarios"][number] => ({
  ...{ id: "rate-limit", title: "429 without Retry-After", verdict: "wrong", seen: "3 requests, 0.1 s apart" },
  ...{ wrong: "it asked again at once", change: "Wait before each retry" },
  requests: [{ ms: 100, path: "/text-to-image", status: 429, end: "answered" }],
  exit: { code: 1, signal: null, seconds: 2.5 },
  ...more,
});

/** Pieces that mean something in one format or another. */
const pieces = [
  ...["\n", "\r\n", "\t", "\0", "\u001b[31m", "\u0085", "\u2028", "\uFFFE", "\uD800", "🦊", "é", " ", "%0A", "%", "::"],
  ...[
    "::error::",
    "##[error]",
    ",",
    ":",
    "=",
    "<",
    "</failure>",
    "]]>",
    "<![CDATA[",
    "&",
    "&amp;",
    '"',
    "'",
    "|",
    "\\",
  ],
  ...["`", "```", "*", "_", "[a](b)", "#", "# ", "- ", "1. ", "> ", "~~", "<!--", "$", "--", "../", "?", "a", "key"],
];

/** Any text, and such as is made to be taken for something else. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((some) => some.join("")),
  fc.string({ unit: "binary", maxLength: 12 }),
);

const place = fc.record(
  { file: text, line: fc.integer({ min: 1 }), column: fc.integer({ min: 1 }), message: text },
  { requiredKeys: ["file"] },
);

export const result: fc.Arbitrary<CheckResult> = fc
  .record({
    ...{
      id: text,
      group: fc.constantFrom(...groups),
      title: text,
      status: fc.constantFrom(...statuses),
      evidence: text,
    },
    ...{ details: fc.array(text, { maxLength: 2 }), places: fc.array(place, { maxLength: 2 }) },
    ...{ fix: fc.option(text), why: fc.option(text), known: fc.boolean(), blocks: fc.boolean() },
  })
  .map((some) =>
    resultOf({ ...some, blocks: some.blocks && !some.known && some.status !== "pass" && some.status !== "skip" }),
  );

export const report: fc.Arbitrary<LaunchReport> = fc
  .tuple(fc.array(result, { maxLength: 4 }), text, fc.option(text), fc.array(text, { maxLength: 2 }))
  .map(([checks, subject, gateway, notes]) => reportOf(checks, { subject, gateway, notes }));
