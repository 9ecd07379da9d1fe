/** A review of a launch, for a person: grouped, a check a line, and below what is not well what to do about it. */
import { checks, type CheckResult, type LaunchReport, placesToTell, type Status, tallyOf } from "@sluice/readiness";
import { displayWidth } from "../../output/displayWidth.ts";
import type { OutputShape } from "../../output/Output.ts";
import type { Style } from "../../output/style.ts";
import { visible } from "../../output/visible.ts";
import { wrap } from "../../output/wrap.ts";

type Paper = Pick<OutputShape, "style" | "columns">;

/** Narrower columns of words cannot be read. */
const narrowest = 30;
/** Of `why`, `fix` and `or`. */
const labelWidth = 5;
/** Beyond that many, the rest is counted. */
const mostPlaces = 5;

export const screenOf = (report: LaunchReport, { style, columns }: Paper): string => {
  const { subject, gateway, at, checks: results, notes } = report;
  const width = Math.max(0, ...results.map(({ title }) => displayWidth(title)));
  const head = [subject, ...(gateway === null ? [] : [gateway]), countOf(results)].join(" · ");
  let group: string | undefined;
  const room = Math.max((columns ?? Infinity) - 2, narrowest);
  const lines = results.flatMap((check) => {
    const heading = check.group === group ? [] : ["", style.bold(check.group.toUpperCase())];
    group = check.group;
    return [...heading, ...linesOf(check, width, { style, columns })];
  });
  return [
    ...headLines(head, minuteOf(at), { style, columns }),
    ...lines,
    "",
    ...notes.flatMap((note) => words(note, room).map((line, at) => `${at === 0 ? style.warn("!") : " "} ${line}`)),
    `${tallyOf(report)}  ${style.bold(report.ready ? style.good("READY") : style.bad("NOT READY"))}`,
  ]
    .map((line) => `${line}\n`)
    .join("");
};

/** What others wrote, in lines: nothing of it moves a cursor or begins a line of its own. */
const words = (text: string, room: number): ReadonlyArray<string> => wrap(text, room).map(visible);

const linesOf = (check: CheckResult, width: number, { style, columns = Infinity }: Paper): ReadonlyArray<string> => {
  const { id, title, status, evidence, known } = check;
  const dimmed = status === "skip" ? style.dim : (text: string) => text;
  const head = `${markOf(status, style)} ${id.padEnd(3)} ${title}`;
  const aside = width + 9;
  // On a narrow terminal, what was seen goes below.
  const isBelow = columns - aside < labelWidth + narrowest;
  const indent = " ".repeat(isBelow ? 6 : aside);
  const room = Math.max(columns - indent.length, narrowest);
  const [first = "", ...rest] = words(`${evidence}${known ? "  (known: in the baseline)" : ""}`, room);
  const gap = " ".repeat(width - displayWidth(title) + 3);
  return [
    ...(isBelow ? [head, `${indent}${dimmed(first)}`] : [`${head}${gap}${dimmed(first)}`]),
    ...rest.map((line) => indent + dimmed(line)),
    ...adviceOf(check, room, style).map((line) => indent + line),
  ];
};

const title = "LAUNCH READINESS";

/** In one line where there is room for it. */
const headLines = (head: string, when: string, { style, columns }: Paper): ReadonlyArray<string> => {
  const first = `${style.bold(title)}  ${head}`;
  const isWide = displayWidth(`${title}  ${head}  ${when}`) <= (columns ?? Infinity);
  return isWide ? [`${first}  ${style.dim(when)}`] : [first, style.dim(when)];
};

/** What else was seen, why software cannot tell, what to do; of a check that is well nothing. */
const adviceOf = (check: CheckResult, room: number, style: Style): ReadonlyArray<string> => {
  const { id, status, evidence, details, why, fix } = check;
  if (status === "pass" || status === "skip") return [];
  const labelled = (label: string, text: string): ReadonlyArray<string> =>
    words(text, Math.max(room - labelWidth, narrowest)).map(
      (line, at) => `${style.dim((at === 0 ? label : "").padEnd(labelWidth))}${line}`,
    );
  const places = placesToTell(check);
  const shown = places.slice(0, mostPlaces);
  return [
    ...details.filter((line) => !evidence.includes(line)).flatMap((line) => words(line, room).map(style.dim)),
    ...shown.flatMap((place) => placeLines(place, room, style)),
    ...(places.length > mostPlaces ? [style.dim(`and ${counted(places.length - shown.length, "more place")}`)] : []),
    ...(why === null ? [] : labelled("why", why)),
    ...(fix === null ? [] : labelled("fix", fix)),
    ...(status === "manual" && takesWord(id) && fix?.includes("launch attest") !== true
      ? [`${style.dim("or".padEnd(labelWidth))}${style.accent(attestLine(id))}`]
      : []),
  ];
};

/** A long message goes on below, a little to the right. */
const placeLines = (
  { file, line, column, message = "" }: CheckResult["places"][number],
  room: number,
  style: Style,
) => {
  const place = visible([file, line, column].filter((part) => part !== undefined).join(":"));
  if (displayWidth(place) + displayWidth(message) + 2 <= room)
    return [`${style.bold(place)}  ${visible(message)}`.trimEnd()];
  return [style.bold(place), ...words(message, Math.max(room - 2, narrowest)).map((words) => `  ${words}`)];
};

/** That some were left out is no news for whoever left them out, but for whoever reads it later. */
const countOf = (results: LaunchReport["checks"]): string =>
  results.length === checks.length ? `${checks.length} checks` : `${results.length} of ${checks.length} checks`;

/** What software decides alone takes nobody's word. */
const takesWord = (id: string): boolean => checks.find((check) => check.id === id)?.cannot !== undefined;

const attestLine = (id: string): string => `sluice launch attest ${id} --by you --evidence "…"`;

const markOf = (status: Status, style: Style): string =>
  ({
    pass: style.good("✔"),
    fail: style.bad("✗"),
    warn: style.warn("!"),
    manual: style.warn("?"),
    skip: style.dim("–"),
  })[status];

/** `2026-11-22 15:40 UTC`. */
const minuteOf = (iso: string): string => `${iso.slice(0, 16).replace("T", " ")} UTC`;

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
