/** What the checks found, for a person: grouped, a line each, with the command that mends it below. */
import { displayWidth } from "../output/displayWidth.ts";
import type { Style } from "../output/style.ts";
import { wrap } from "../output/wrap.ts";
import type { Checked, Status } from "./Check.ts";

const markOf = (status: Status, style: Style): string => {
  if (status === "ok") return style.good("✔");
  if (status === "warning") return style.warn("!");
  return status === "failed" ? style.bad("✗") : style.dim("–");
};

/** Narrower columns of words cannot be read. */
const narrowest = 20;

/** `columns`: lines are wrapped there; without, they are as long as they are. */
export const reportOf = (checked: ReadonlyArray<Checked>, style: Style, columns = Infinity): string => {
  const width = Math.max(...checked.map(({ title }) => displayWidth(title)));
  const indent = " ".repeat(width + 6);
  let group: string | undefined;
  const lines = checked.flatMap((one) => {
    const head = one.group === group ? [] : [...(group === undefined ? [] : [""]), style.bold(one.group)];
    group = one.group;
    const { status, title, detail, fix } = one;
    const [first = "", ...rest] = wrap(detail, Math.max(columns - indent.length, narrowest));
    const dimmed = status === "skipped" ? style.dim : (text: string) => text;
    return [
      ...head,
      `  ${markOf(status, style)} ${title}${" ".repeat(width - displayWidth(title) + 2)}${dimmed(first)}`.trimEnd(),
      ...rest.map((line) => indent + dimmed(line)),
      // A command is copied, so it stays one line.
      ...(fix === null ? [] : [`${indent}${style.dim("fix")}  ${style.accent(fix)}`]),
    ];
  });
  return lines.map((line) => `${line}\n`).join("");
};

const counted = (count: number, one: string, many: string): ReadonlyArray<string> =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];

export const sumOf = (checked: ReadonlyArray<Checked>): string => {
  const count = (status: Status) => checked.filter((one) => one.status === status).length;
  return [
    `${checked.length} checks: ${count("ok")} ok`,
    ...counted(count("warning"), "warning", "warnings"),
    ...counted(count("failed"), "failed", "failed"),
    ...counted(count("skipped"), "skipped", "skipped"),
  ].join(", ");
};
