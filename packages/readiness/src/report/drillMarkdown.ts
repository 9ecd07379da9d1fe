/** A drill as Markdown, for a pull request or a job's summary. */
import type { DrillReport, ScenarioResult } from "../drill/DrillReport.ts";
import { drillHeadlineOf } from "./drillHeadline.ts";
import { markdownCode, markdownTable, markdownText } from "./markdownText.ts";

export const drillMarkdownOf = (report: DrillReport): string => {
  const { command, at, seconds, scenarios } = report;
  const rows = scenarios.map(({ id, title, verdict, seen }) => [
    `${id}: ${markdownText(title)}`,
    verdict === "wrong" ? "**wrong**" : verdict.replace("-", " "),
    markdownText(seen),
  ]);
  const wrong = scenarios.filter(({ verdict }) => verdict === "wrong");
  return [
    `# Drill: ${drillHeadlineOf(report)}`,
    `${markdownCode(command.join(" "))}, ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC, ${seconds} s.`,
    markdownTable(["scenario", "verdict", "what the program did"], rows),
    ...(wrong.length === 0 ? [] : ["## What to change", ...wrong.map(itemOf)]),
  ]
    .join("\n\n")
    .concat("\n");
};

const itemOf = ({ id, title, seen, wrong, change, requests }: ScenarioResult): string =>
  [
    `### ${id}: ${markdownText(title)}`,
    `Wrong: ${markdownText(wrong ?? seen)}`,
    ...(change === null ? [] : [`What to change: ${markdownText(change)}`]),
    ...(requests.length === 0 ? [] : [requestsOf(requests)]),
  ].join("\n\n");

const requestsOf = (requests: ScenarioResult["requests"]): string =>
  markdownTable(
    ["after", "path", "status", "end"],
    requests.map(({ ms, path, status, end }) => [
      `${(ms / 1000).toFixed(1)} s`,
      markdownText(path),
      String(status ?? "none"),
      end,
    ]),
  );
