/** What is not well as GitHub's workflow commands: a job that prints them shows them beside the code. */
import type { CheckResult, LaunchReport } from "../review/LaunchReport.ts";
import { fromTop } from "./fromTop.ts";
import { headlineOf, isOpen, tallyOf } from "./headline.ts";
import { placeText } from "./placeText.ts";

/**
 * A line each: what is not well, the notes, and what it comes to. Every line is a command, so that none is taken for one.
 * `below`: the folder's path from the top of its repository, with a slash at its end.
 */
export const githubOf = (report: LaunchReport, below = ""): string =>
  [
    ...report.checks.filter(isOpen).map((check) => annotationOf(check, below)),
    ...report.notes.map((note) => command("notice", { title: "Launch readiness" }, note)),
    command(report.ready ? "notice" : "error", { title: headlineOf(report) }, `${report.subject}: ${tallyOf(report)}`),
  ]
    .join("\n")
    .concat("\n");

const annotationOf = (check: CheckResult, below: string): string => {
  const { id, title, status, known, blocks, evidence, details, why, fix } = check;
  const [first, ...others] = check.places.map((place) => ({ ...place, file: fromTop(below, place.file) }));
  const text = [
    first?.message === undefined ? evidence : `${evidence}: ${first.message}`,
    ...details,
    ...others.map(placeText),
    ...(why === null ? [] : [why]),
    ...(fix === null ? [] : [`What to do: ${fix}`]),
  ].join("\n");
  const where = first === undefined ? {} : { file: first.file, line: first.line, col: columnOf(first) };
  const kind = blocks ? "error" : known ? "notice" : "warning";
  return command(kind, { ...where, title: `${id} ${title} (${known ? `${status}, known` : status})` }, text);
};

const columnOf = ({ line, column }: CheckResult["places"][number]): number | undefined =>
  line === undefined ? undefined : column;

type Properties = Readonly<Record<string, string | number | undefined>>;

const command = (kind: "error" | "warning" | "notice", properties: Properties, text: string): string => {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${propertyText(String(value))}`);
  return `::${kind} ${given.join(",")}::${dataText(text)}`;
};

const dataText = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const propertyText = (text: string): string => dataText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
