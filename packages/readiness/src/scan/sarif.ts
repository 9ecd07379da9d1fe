/** The findings as SARIF 2.1.0, which code hosts show beside the code. */
import type { Finding } from "./Finding.ts";
import type { Kind } from "./Match.ts";

const rules: Readonly<Record<Kind, string>> = {
  "known-key": "A key of this machine stands in a file.",
  "service-key": "A key of a Sluice service stands in a file.",
  "livepeer-key": "A Livepeer key stands in a file.",
  "public-variable": "A key has the name of a variable that bundlers copy into browsers' code.",
  secret: "A secret of another service stands in a file.",
};

/** `version`: of the program that scanned. */
export const sarifOf = (findings: ReadonlyArray<Finding>, version: string): string =>
  JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "sluice keys scan",
              version,
              rules: Object.entries(rules).map(([id, text]) => ({ id, shortDescription: { text } })),
            },
          },
          results: findings.map(resultOf),
        },
      ],
    },
    undefined,
    2,
  );

const levels = { critical: "error", high: "error", medium: "warning", info: "note" } as const;

const resultOf = (finding: Finding) => {
  const { kind, severity, message, fix, file, line, column, commit, date, fingerprint } = finding;
  const since = commit === undefined ? "" : ` In git since ${commit.slice(0, 10)} (${date ?? ""}).`;
  return {
    ruleId: kind,
    level: levels[severity],
    message: { text: `${message}.${since} ${fix}` },
    ...(fingerprint === null ? {} : { partialFingerprints: { secret: fingerprint } }),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file ?? ".git") },
          ...(line === null ? {} : { region: { startLine: line, startColumn: column ?? 1 } }),
        },
      },
    ],
  };
};
