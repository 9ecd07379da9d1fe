/** The name that a value is given to, in any language: the last word before it that is not part of how it is given. */

/** Of types, defaults, headers and YAML. */
const filler = new Set(["string", "str", "default", "value", "val", "body", "bearer", "env"]);
const widestGap = 48;

/** `before`: what stands before the value. Empty when there is no name near. */
export const nameBefore = (before: string): string => {
  let end = before.length;
  while (end > 0 && before.length - end < widestGap) {
    if (!isLetter(before[end - 1])) {
      end -= 1;
      continue;
    }
    let start = end;
    while (start > 0 && isPartOfName(before[start - 1])) start -= 1;
    // `\n` in a text in a text: its `n` is no letter of the name.
    if (before[start - 1] === "\\") start += 1;
    const word = before.slice(start, end);
    if (!isFiller(word, before[end])) return word;
    end = start;
  }
  return "";
};

/** Python's and Rust's `b"…"` too. */
const isFiller = (word: string, next: string | undefined): boolean =>
  word === "" || filler.has(word.toLowerCase()) || (/^[rbfu]$/i.test(word) && /["'`]/.test(next ?? ""));

const isLetter = (letter: string | undefined): boolean => letter !== undefined && /\w/.test(letter);
const isPartOfName = (letter: string | undefined): boolean => letter !== undefined && /[\w$.-]/.test(letter);
