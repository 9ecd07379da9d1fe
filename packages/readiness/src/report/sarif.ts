/** What is not well as SARIF 2.1.0, which code hosts show beside the code. */
import { checks as allChecks } from "../checks/all.ts";
import type { CheckResult, LaunchReport } from "../review/LaunchReport.ts";
import { settingsFile } from "../settings/LaunchSettings.ts";
import { checklistPage } from "./checklistPage.ts";
import { fromTop } from "./fromTop.ts";
import { isOpen } from "./headline.ts";

/** `below`: the folder's path from the top of its repository, with a slash at its end. */
export const sarifOf = ({ checks, at }: LaunchReport, below = ""): string =>
  JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: { name: "sluice launch check", informationUri: checklistPage, rules: checks.map(ruleOf) },
          },
          invocations: [{ executionSuccessful: true, endTimeUtc: at }],
          results: checks.flatMap((check, index) => (isOpen(check) ? resultsOf(check, index, below) : [])),
        },
      ],
    },
    undefined,
    2,
  );

const ruleOf = ({ id, title, group }: CheckResult) => {
  const check = allChecks.find((one) => one.id === id);
  return {
    id,
    shortDescription: { text: title },
    ...(check === undefined ? {} : { fullDescription: { text: check.asks }, help: { text: check.verified } }),
    helpUri: `${checklistPage}#${encodeURIComponent(id.toWellFormed().toLowerCase())}`,
    properties: { tags: [group] },
  };
};

const levels = { fail: "error", manual: "warning", warn: "warning", pass: "none", skip: "none" } as const;

/** One for each place, so that each is shown where it is; what has none is about what the team says of itself. */
const resultsOf = (check: CheckResult, ruleIndex: number, below: string) => {
  const { id, status, known, blocks } = check;
  const places = check.places.length === 0 ? [{ file: settingsFile }] : check.places;
  return places.map((place) => ({
    ...{ ruleId: id, ruleIndex, level: levels[status], message: { text: messageOf(check, place) } },
    locations: [{ physicalLocation: locationOf(place, below) }],
    ...(known ? { suppressions: [{ kind: "external", justification: "The baseline has it." }] } : {}),
    properties: { status, blocks },
  }));
};

const messageOf = ({ evidence, details, why, fix }: CheckResult, { message }: Place): string =>
  [
    message === undefined ? evidence : `${evidence}: ${message}`,
    ...details,
    ...(why === null ? [] : [why]),
    ...(fix === null ? [] : [`What to do: ${fix}`]),
  ].join("\n");

type Place = CheckResult["places"][number];

const locationOf = ({ file, line, column }: Place, below: string) => ({
  artifactLocation: { uri: fromTop(below, file).toWellFormed().split("/").map(encodeURIComponent).join("/") },
  region: { startLine: line ?? 1, ...(column === undefined ? {} : { startColumn: column }) },
});
