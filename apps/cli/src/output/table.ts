/** A table for a terminal: columns as wide as what is in them, and the widest cut where the terminal ends. */
import { displayWidth } from "./displayWidth.ts";
import type { OutputShape } from "./Output.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

const gap = "  ";

/** Ends with a line's end. Cells may be coloured. Without `columns` nothing is cut. */
export const table = (
  columns: ReadonlyArray<Column>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  { style, columns: room }: Pick<OutputShape, "style" | "columns">,
): string => {
  const widths = columns.map(({ title }, at) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[at] ?? ""))),
  );
  if (room !== undefined) shrink(widths, room - gap.length * (columns.length - 1));
  const line = (cells: ReadonlyArray<string>): string =>
    columns
      .map(({ align }, at) => pad(cut(cells[at] ?? "", widths[at] ?? 0), widths[at] ?? 0, align))
      .join(gap)
      .trimEnd();
  const head = style.bold(line(columns.map(({ title }) => title)));
  return [head, ...rows.map(line)].map((text) => `${text}\n`).join("");
};

/** Takes from the widest columns until all fit, and leaves each readable. */
const shrink = (widths: Array<number>, room: number): void => {
  const least = 8;
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= least) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
};

const pad = (text: string, width: number, align: Column["align"] = "left"): string => {
  const space = " ".repeat(Math.max(width - displayWidth(text), 0));
  return align === "left" ? text + space : space + text;
};

/** In the middle, because models begin with who made them and end with what they are; a coloured cell is never cut. */
const cut = (text: string, width: number): string => {
  if (displayWidth(text) <= width || text.includes("\u001B")) return text;
  const letters = Array.from((graphemes ??= new Intl.Segmenter()).segment(text), ({ segment }) => segment);
  const end = within(letters.toReversed(), Math.floor((width - 1) / 2));
  const start = within(letters, width - 1 - displayWidth(end.join("")));
  return `${start.join("")}…${end.toReversed().join("")}`;
};

/** Made when a cell is cut: making it takes longer than most commands do. */
let graphemes: Intl.Segmenter | undefined;

/** As many of them, from the first, as fit. */
const within = (letters: ReadonlyArray<string>, width: number): ReadonlyArray<string> => {
  let room = width;
  const last = letters.findIndex((letter) => (room -= displayWidth(letter)) < 0);
  return last === -1 ? letters : letters.slice(0, last);
};
