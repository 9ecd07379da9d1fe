/** A text in lines that keep within a width, broken between words; a longer word stands alone. */
import { displayWidth } from "./displayWidth.ts";

export const wrap = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || displayWidth(last) + displayWidth(word) + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};
