/** A line for a terminal: one that is too long goes on below its own text, right of its label. */
import { displayWidth } from "./displayWidth.ts";
import { wrap } from "./wrap.ts";

/** Spaces, a label of a word or two, and spaces: `  fix       `, `  attempt 2  `, `! `. */
const label = /^ *(?:[✔✗!■▶–] )?(?:\S+(?: \S+)? {2,})?/;

/** Words in a narrower column cannot be read. */
const narrowest = 20;

export const hang = (line: string, columns: number | undefined): string => {
  if (columns === undefined || displayWidth(line) <= columns) return line;
  const [head = ""] = label.exec(line) ?? [];
  const width = displayWidth(head);
  if (columns - width < narrowest) return line;
  return head + wrap(line.slice(head.length), columns - width).join(`\n${" ".repeat(width)}`);
};
