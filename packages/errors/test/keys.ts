/** Keys that are hard to hide, and the forms in which a text may hold one. */
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

/** Each way in which a gateway's text may spell a key. */
export const formsOf = (key: string): Readonly<Record<"plain" | "base64" | "percent" | "json", string>> => ({
  plain: key,
  base64: Buffer.from(key, "utf8").toString("base64").replace(/=+$/, ""),
  percent: encodeURIComponent(key),
  json: JSON.stringify(key).slice(1, -1),
});

const numbered = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** As Go's encoding/json writes a string: `<`, `>` and `&` by their numbers. */
export const goEscaped = (text: string): string => formsOf(text).json.replace(/[<>&]/g, numbered);
/** As Python's json.dumps writes a string: nothing beyond ASCII. */
export const pythonEscaped = (text: string): string => formsOf(text).json.replace(/[^ -~]/g, numbered);

/** The forms of a key that a text holds. */
export const leaks = (text: string, key: string): ReadonlyArray<string> =>
  Object.entries(formsOf(key)).flatMap(([name, form]) => (text.includes(form) ? [name] : []));
