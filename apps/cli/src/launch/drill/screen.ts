/** A drill, for a person: a line per scenario as it is judged, and at the end what to change. */
import { drillHeadlineOf } from "@sluice/readiness";
import type { DrillReport, ScenarioResult } from "@sluice/readiness/drill";
import { formatDuration } from "../../duration.ts";
import { displayWidth } from "../../output/displayWidth.ts";
import type { OutputShape } from "../../output/Output.ts";
import type { Style } from "../../output/style.ts";
import { wrap } from "../../output/wrap.ts";

type Paper = Pick<OutputShape, "style" | "columns">;

/** Narrower columns of words cannot be read. */
const narrowest = 30;
/** Of most titles; below a longer one, what was seen gets a line of its own. */
const titleWidth = 37;

const markOf = ({ verdict }: ScenarioResult, style: Style): string =>
  ({ right: style.good("✔"), wrong: style.bad("✗"), "not-exercised": style.dim("–") })[verdict];

/** Ends with a line's end. */
export const lineOf = (result: ScenarioResult, { style, columns = Infinity }: Paper): string => {
  const { title, seen, verdict } = result;
  const aside = titleWidth + 4;
  const isBelow = columns - aside < narrowest || displayWidth(title) > titleWidth;
  const indent = " ".repeat(columns - aside < narrowest ? 4 : aside);
  const dimmed = verdict === "not-exercised" ? style.dim : (text: string) => text;
  const [first = "", ...rest] = wrap(seen, Math.max(columns - indent.length, narrowest)).map(dimmed);
  const head = `${markOf(result, style)} ${title}`;
  const lines = isBelow ? [head, indent + first] : [`${head}${" ".repeat(aside - 2 - displayWidth(title))}${first}`];
  return [...lines, ...rest.map((line) => indent + line)].map((line) => `${line}\n`).join("");
};

/** What to change, of each scenario that went wrong; and the score. */
export const adviceOf = (report: DrillReport, { style, columns = Infinity }: Paper): string => {
  const { scenarios, seconds } = report;
  const labelled = (label: string, text: string): ReadonlyArray<string> =>
    wrap(text, Math.max(columns - 10, narrowest)).map(
      (line, at) => `  ${style.dim((at === 0 ? label : "").padEnd(8))}${line}`,
    );
  const wrong = scenarios.filter(({ verdict }) => verdict === "wrong");
  const lines = wrong.flatMap((result) => [
    `${style.bad("✗")} ${style.bold(result.id)}  ${result.title}`,
    ...labelled("wrong", result.wrong ?? ""),
    ...labelled("change", result.change ?? ""),
    "",
  ]);
  return ["", ...lines, `${style.bold(drillHeadlineOf(report))}  ${style.dim(formatDuration(seconds * 1_000))}`]
    .map((line) => `${line}\n`)
    .join("");
};
