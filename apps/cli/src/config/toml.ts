/**
 * One setting of a TOML file, changed in place: every other line stays as it is, with its comments. The settings are
 * `name = value` lines at the top level, so no more of TOML is written; the caller parses the outcome to be sure.
 */

export interface Edited {
  readonly content: string;
  /** From 1: where the setting stands now, or stood. */
  readonly line: number;
  /** The value as it was written before. */
  readonly previous: string | undefined;
}

/** As TOML has it: a text in quotes, a truth value bare. */
export const tomlValue = (text: string): string => {
  if (text === "true" || text === "false") return text;
  // JSON's escapes are TOML's, and U+007F is the one control character that JSON leaves.
  return JSON.stringify(text).replaceAll("\u007f", String.raw`\u007f`);
};

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const assignment = (name: string): RegExp =>
  new RegExp(String.raw`^(\s*(?:${escaped(name)}|"${escaped(name)}"|'${escaped(name)}')\s*=\s*)(.*)$`);

/** A value on one line, then what follows it: spaces and a comment. */
const oneLine = /^("(?!"")(?:[^"\\]|\\.)*"|'(?!'')[^']*'|[^\s#"'[{][^#]*?)(\s*(?:#.*)?)$/;

/** A text or array that goes over several lines is not taken apart; `undefined`. */
export const setIn = (content: string, name: string, value: string): Edited | undefined => {
  const { lines, end } = split(content);
  const at = lineOf(lines, name);
  if (at === -1) return added(content, name, value);
  const [, head = "", rest = ""] = assignment(name).exec(lines[at] ?? "") ?? [];
  const [, previous, tail = ""] = oneLine.exec(rest) ?? [];
  if (previous === undefined) return undefined;
  lines[at] = `${head}${value}${tail}`;
  return { content: lines.join(end), line: at + 1, previous };
};

/** Below the comment that shows how it would be written, or else at the end of the settings. */
const added = (content: string, name: string, value: string): Edited => {
  const { lines, end } = split(content);
  const sample = new RegExp(String.raw`^\s*#\s*${escaped(name)}\s*=`);
  const table = tableIn(lines);
  const shown = lines.findLastIndex((line, index) => sample.test(line) && (table === -1 || index < table));
  const last = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  const at = shown === -1 ? (table === -1 ? last : table) : shown + 1;
  lines.splice(at, 0, `${name} = ${value}`);
  const text = lines.join(end);
  return { content: text.endsWith(end) ? text : text + end, line: at + 1, previous: undefined };
};

/** `undefined`: it is not set there, or not on one line. */
export const unsetIn = (content: string, name: string): Edited | undefined => {
  const { lines, end } = split(content);
  const at = lineOf(lines, name);
  const [, , rest = ""] = assignment(name).exec(lines[at] ?? "") ?? [];
  const [, previous] = oneLine.exec(rest) ?? [];
  if (previous === undefined) return undefined;
  lines.splice(at, 1);
  return { content: lines.join(end), line: at + 1, previous };
};

/** Where the settings end: what stands below the head of a table belongs to it. */
const tableIn = (lines: ReadonlyArray<string>): number => lines.findIndex((line) => /^\s*\[/.test(line));

const lineOf = (lines: ReadonlyArray<string>, name: string): number => {
  const at = lines.findIndex((line) => assignment(name).test(line));
  const table = tableIn(lines);
  return table !== -1 && at > table ? -1 : at;
};

const split = (content: string): { readonly lines: Array<string>; readonly end: string } => {
  const end = content.includes("\r\n") ? "\r\n" : "\n";
  return { lines: content === "" ? [""] : content.split(end), end };
};
