/**
 * A text made comparable, for `redact`: its escapes undone, and what encodings confuse made equal. Every character knows
 * where it stood in the original, so that what is found can be cut out there.
 *
 * Each step passes over the text once, and there are a fixed number of them.
 */
export interface View {
  readonly text: string;
  /** The place of each character in the original, and of its end. */
  readonly at: ReadonlyArray<number>;
}

const original = (text: string): View => ({ text, at: Array.from({ length: text.length + 1 }, (_, place) => place) });

/** The text as it stands, and with its escapes undone if it has any. */
export const viewsOf = (text: string): ReadonlyArray<View> => {
  const plain = original(text);
  if (!escapes.test(text)) return [folded(plain)];
  return [folded(plain), folded(rewritten(unescaped(plain), brokenOff, () => ""))];
};

/** The same two of something to look for, which is whole. */
export const comparable = (text: string): ReadonlyArray<string> => {
  const plain = original(text);
  return [...new Set([folded(plain).text, folded(unescaped(plain)).text])];
};

const escapes = /[%&\\]/;

/** The same with every match of a pattern written as one character, or as none. */
const rewritten = ({ text, at }: View, pattern: RegExp, write: (found: string) => string): View => {
  const places: Array<number> = [];
  let result = "";
  let read = 0;
  const copyUntil = (end: number) => {
    result += text.slice(read, end);
    for (; read < end; read++) places.push(at[read] ?? 0);
  };
  for (const { 0: all, 1: found = "", index } of text.matchAll(pattern)) {
    copyUntil(index);
    const letter = write(found);
    result += letter;
    if (letter !== "") places.push(at[index] ?? 0);
    read = index + all.length;
  }
  if (read === 0) return { text, at };
  copyUntil(text.length);
  places.push(at[text.length] ?? 0);
  return { text: result, at: places };
};

/** Letters beyond ASCII count as one: texts hold them as characters, as bytes, and as what is left of either. */
const beyondAscii = "\ufffd";

const letterOf = (code: number): string => (code < 128 ? String.fromCharCode(code) : beyondAscii);
const ofHex = (digits: string): string => letterOf(Number.parseInt(digits, 16));
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const undo: ReadonlyArray<readonly [RegExp, (found: string) => string]> = [
  [/&(?:amp;)*#[Xx]([\dA-Fa-f]{1,8});/g, ofHex],
  [/&(?:amp;)*#(\d{1,8});/g, (digits) => letterOf(Number(digits))],
  [/&(?:amp;)*(amp|lt|gt|quot|apos);/g, (name) => entities[name] ?? ""],
  [/%(?:25)*([\dA-Fa-f]{2})/g, ofHex],
  [/\\[bfnrt]/g, () => " "],
  [/\\([^\w\\%])/g, (letter) => letter],
  [/\\x([\dA-Fa-f]{2})/g, ofHex],
  [/[%\\]u([\dA-Fa-f]{4})/g, ofHex],
  [/\\U([\dA-Fa-f]{8})/g, ofHex],
  [/\\u\{([\dA-Fa-f]{1,8})\}/g, ofHex],
];

/** Backslashes are one, however often they were escaped: only so can an escape that follows them be told. */
const withoutRuns = (view: View): View => rewritten(view, /\\{2,}/g, () => "\\");

/** One encoding within another takes another round. */
const rounds = 5;

const unescaped = (view: View): View => {
  let last = view;
  for (let round = 0; round < rounds && escapes.test(last.text); round++) {
    last = undo.reduce((text, [pattern, write]) => rewritten(withoutRuns(text), pattern, write), last);
  }
  return last;
};

/** What is left of an escape where a text was cut. */
const brokenOff = /(?:%(?:u[\dA-Fa-f]{0,3}|[\dA-Fa-f])?|&[#\w]{0,9}|\\(?:[Uux]\{?[\dA-Fa-f]{0,7})?){1,4}$/g;

/** Spaces travel as `+` in forms, and base64 has `+` and `/` where base64url has `-` and `_`. */
const folded = (view: View): View => {
  const { text, at } = rewritten(view, /\P{ASCII}+/gu, () => beyondAscii);
  return { text: text.replace(/[\s\p{Cc}+]/gu, "-").replaceAll("/", "_"), at };
};
