/** A report as Markdown, for a pull request or a job's summary. */
import { groups } from "../checks/Check.ts";
import type { CheckResult, LaunchReport } from "../review/LaunchReport.ts";
import { headlineOf, isOpen, tallyOf } from "./headline.ts";
import { markdownTable, markdownText } from "./markdownText.ts";
import { placesToTell } from "./placesToTell.ts";
import { placeText } from "./placeText.ts";

export const markdownOf = (report: LaunchReport): string => {
  const { subject, gateway, at, checks, notes } = report;
  const of = [subject, ...(gateway === null ? [] : [gateway])].map(markdownText).join(" at ");
  const open = checks.filter(isOpen);
  return [
    `# ${headlineOf(report)}`,
    `${of}, ${at.slice(0, 16).replace("T", " ")} UTC: ${tallyOf(report)}.`,
    ...groups.flatMap((group) => groupOf(group, checks)),
    ...(open.length === 0 ? [] : ["## What to do", ...open.map(itemOf)]),
    ...(notes.length === 0 ? [] : ["## Notes", listOf(notes)]),
  ]
    .join("\n\n")
    .concat("\n");
};

const groupOf = (group: string, all: ReadonlyArray<CheckResult>): ReadonlyArray<string> => {
  const rows = all.filter((check) => check.group === group).map(rowOf);
  const heads = ["check", "status", "seen", "until"];
  return rows.length === 0 ? [] : [`## ${group.charAt(0).toUpperCase()}${group.slice(1)}`, markdownTable(heads, rows)];
};

const rowOf = (check: CheckResult): ReadonlyArray<string> => {
  const { id, title, evidence, expiresAt } = check;
  return [`${markdownText(id)} ${markdownText(title)}`, statusOf(check), markdownText(evidence), dayOf(expiresAt)];
};

const statusOf = ({ status, blocks, known }: CheckResult): string =>
  `${blocks ? `**${status}**` : status}${known ? " (known)" : ""}`;

const dayOf = (time: string | null): string => time?.slice(0, 10) ?? "";

const itemOf = (check: CheckResult): string => {
  const { id, title, evidence, details, why, fix } = check;
  const more = [...details, ...placesToTell(check).map(placeText)];
  return [
    `### ${markdownText(id)} ${markdownText(title)}`,
    `${statusOf(check)}: ${markdownText(evidence)}`,
    ...(more.length === 0 ? [] : [listOf(more)]),
    ...(why === null ? [] : [`Why software cannot tell: ${markdownText(why)}`]),
    ...(fix === null ? [] : [`What to do: ${markdownText(fix)}`]),
  ].join("\n\n");
};

const listOf = (lines: ReadonlyArray<string>): string => lines.map((line) => `- ${markdownText(line)}`).join("\n");
