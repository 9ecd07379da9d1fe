/** Keys that are hard to hide, the ways in which a text may write one, and a judge that finds what is left of one. */

export const oddKeys: ReadonlyArray<readonly [string, string]> = [
  ["a usual key", "sk-live-7c1d0e5f"],
  ["a UUID", "5c3a9f10-9b1d-4e2a-8f00-0a1b2c3d4e5f"],
  ["quotes", `quo"te'd-"key"-1`],
  ["backslashes", "back\\slash\\\\key\\n"],
  ["a backslash at its end", "sk-live-7c1d\\"],
  ["a percent sign at its end", "sk-live-7c1d%"],
  ["characters of a regular expression", "^sk.live+(7)[a-z]*{2}?|$"],
  ["a replacement pattern", "k$&-$1-$`-$'-$$-key"],
  ["characters that HTML and Go escape", "sk<live>&7c1d&amp;"],
  ["letters beyond ASCII", "schlüssel-ключ-鍵-🔑"],
  ["a slash and a plus", "ab/cd+ef/gh+ij=="],
  ["spaces", "two  spaces and\ttab"],
  ["percent signs", "100%25-key-%2F"],
];

type Write = (text: string) => string;

const hex = (code: number, digits = 2): string => code.toString(16).padStart(digits, "0");
const pointOf = (letter: string): number => letter.codePointAt(0) ?? 0;

const everyByte =
  (write: (byte: number) => string): Write =>
  (text) =>
    Array.from(Buffer.from(text, "utf8"), write).join("");
const everyUnit =
  (write: (unit: number) => string): Write =>
  (text) =>
    Array.from({ length: text.length }, (_, index) => write(text.charCodeAt(index))).join("");
const everyLetter =
  (write: Write): Write =>
  (text) =>
    Array.from(text, write).join("");

const numbered = everyUnit((unit) => `\\u${hex(unit, 4)}`);
const percent: Write = (text) => encodeURIComponent(text.toWellFormed());
const json: Write = (text) => JSON.stringify(text).slice(1, -1);
const python: Write = (text) => json(text).replace(/[^ -~]/g, numbered);
const named: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };
const html: Write = (text) => text.replace(/[&<>"']/g, (letter) => `&${named[letter] ?? ""};`);
const withoutPadding: Write = (text) => text.replace(/=+$/, "");

/** How programs write a text within another one. */
export const spellings = {
  plain: (text) => text,
  percent,
  "percent in lower case": (text) => percent(text).replace(/%../g, (escape) => escape.toLowerCase()),
  "percent of every byte": everyByte((byte) => `%${hex(byte).toUpperCase()}`),
  "percent of every byte in lower case": everyByte((byte) => `%${hex(byte)}`),
  "percent twice": (text) => percent(percent(text)),
  "percent of every byte, twice": everyByte((byte) => `%25${hex(byte)}`),
  "a form": (text) => new URLSearchParams([["", text]]).toString().slice(1),
  json,
  "JSON in JSON": (text) => json(json(text)),
  "JSON three times": (text) => json(json(json(text))),
  "Go's JSON": (text) => json(text).replace(/[<>&]/g, numbered),
  "Python's JSON": python,
  "PHP's JSON": (text) => python(text).replaceAll("/", "\\/"),
  ".NET's JSON": (text) => json(text).replace(/\\"|["'+<>&]/g, (escape) => numbered(escape.slice(-1))),
  "JSON with every letter's number": numbered,
  "JSON with every letter's number, twice": (text) => json(numbered(text)),
  "a Python text": (text) => text.replace(/[\\']/g, "\\$&").replaceAll("\t", "\\t"),
  "Python's bytes": everyByte((byte) => `\\x${hex(byte)}`),
  "Python's long numbers": everyLetter((letter) => `\\U${hex(pointOf(letter), 8)}`),
  "JavaScript's long numbers": everyLetter((letter) => `\\u{${hex(pointOf(letter))}}`),
  "JavaScript's escape()": everyUnit((unit) => (unit < 256 ? `%${hex(unit)}` : `%u${hex(unit, 4)}`)),
  html,
  "HTML twice": (text) => html(html(text)),
  "HTML with decimal numbers": everyLetter((letter) => `&#${pointOf(letter)};`),
  "HTML with hexadecimal numbers": everyLetter((letter) => `&#x${hex(pointOf(letter), 4)};`),
  "HTML with hexadecimal numbers, twice": everyLetter((letter) => `&amp;#X${hex(pointOf(letter)).toUpperCase()};`),
  base64: (text) => withoutPadding(Buffer.from(text, "utf8").toString("base64")),
  base64url: (text) => Buffer.from(text, "utf8").toString("base64url"),
  "base64 in percent": (text) => percent(withoutPadding(Buffer.from(text, "utf8").toString("base64"))),
} satisfies Readonly<Record<string, Write>>;

export type Spelling = keyof typeof spellings;

/** Those that keep the text, so that another one can follow. */
export const reversible = (Object.keys(spellings) as ReadonlyArray<Spelling>).filter(
  (name) => !name.startsWith("base64"),
);

/** How a text may write a key. */
export const waysToWrite = (key: string): ReadonlyArray<readonly [name: string, form: string]> => {
  const ways = known.get(key) ?? Object.entries(spellings).map(([name, write]) => [name, write(key)] as const);
  known.set(key, ways);
  return ways;
};

/** Judges ask for the same key's ways again and again. */
const known = new Map<string, ReadonlyArray<readonly [name: string, form: string]>>();

/** So many first characters of a key give it away. */
const telling = 12;

/** What gives a key away in a text: its name in `spellings`, `its beginning`, or `base64 of more`. */
export const leaks = (text: string, key: string): ReadonlyArray<string> => [
  ...waysToWrite(key).flatMap(([name, form]) => (text.includes(form) ? [name] : [])),
  ...(text.includes(key.slice(0, telling)) ? ["its beginning"] : []),
  ...(decodes(text, key) ? ["base64 of more"] : []),
];

/** Whether anything in a text is base64 of something with the key in it, wherever a group of four may begin. */
export const decodes = (text: string, key: string): boolean => {
  const bytes = Buffer.from(key, "utf8");
  const shortest = Math.floor((bytes.length * 8) / 6);
  return [...text.matchAll(/[\w+/-]+/g)].some(
    ([run]) =>
      run.length >= shortest &&
      [0, 1, 2, 3].some((skipped) => Buffer.from(run.slice(skipped), "base64").includes(bytes)),
  );
};
