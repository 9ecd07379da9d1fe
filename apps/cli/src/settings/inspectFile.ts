/** A configuration file with everything that is wrong in it: TOML with settings by their names, and nothing else. */
import { nearest } from "@sluice/models/facts";
import { existsSync, readFileSync } from "node:fs";
import { parse, TomlError } from "smol-toml";
import { definitionOf, type SettingName, settingNames } from "./definitions.ts";
import { isSettingName } from "./names.ts";

export interface FileSettings {
  readonly path: string;
  readonly values: ReadonlyMap<SettingName, { readonly text: string; readonly line: number }>;
}

export interface FileMistake {
  /** The file, and its line where there is one: `sluice.config.toml:3`. */
  readonly where: string;
  readonly message: string;
  readonly fix?: string;
}

export interface InspectedFile extends FileSettings {
  readonly mistakes: ReadonlyArray<FileMistake>;
}

/** `owner`: whose file it is. A file that is not there has no settings. What a value says is not looked at. */
export const inspectSettingsFile = (path: string, owner: "project" | "user"): InspectedFile => {
  if (!existsSync(path)) return { path, values: new Map(), mistakes: [] };
  let content: string;
  let parsed: Readonly<Record<string, unknown>>;
  try {
    content = readFileSync(path, "utf8");
    parsed = parse(content);
  } catch (error) {
    return { path, values: new Map(), mistakes: [unreadable(path, error)] };
  }
  const values = new Map<SettingName, { readonly text: string; readonly line: number }>();
  const mistakes: Array<FileMistake> = [];
  for (const [name, value] of Object.entries(parsed)) {
    const line = lineOf(content, name);
    const where = `${path}:${line}`;
    if (!isSettingName(name)) {
      mistakes.push({ where, ...noSetting(name) });
    } else if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      mistakes.push({ where, message: `${name} must be a text, such as ${name} = "…"` });
    } else if (owner === "project" && definitionOf(name).userOnly === true) {
      const message = `${name} may not be set by a project's file, which anybody may have written`;
      mistakes.push({
        where,
        message,
        fix: `Take it out; for your own file: sluice config set ${name} <value> --user`,
      });
    } else values.set(name, { text: String(value), line });
  }
  return { path, values, mistakes };
};

export const noSetting = (name: string): Required<Pick<FileMistake, "message" | "fix">> => {
  const meant = nearest(name, settingNames);
  return {
    message: `"${name}" is no setting`,
    fix: meant === undefined ? `The settings are ${settingNames.join(", ")}.` : `Did you mean ${meant}?`,
  };
};

const unreadable = (path: string, error: unknown): FileMistake =>
  error instanceof TomlError
    ? { where: `${path}:${error.line}`, message: error.message.split("\n")[0] ?? "it is not TOML" }
    : { where: path, message: error instanceof Error ? error.message : String(error) };

/** From 1; of a table, the line of its head. */
const lineOf = (content: string, name: string): number => {
  const written = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const begins = new RegExp(String.raw`^\s*\[*\s*["']?${written}["']?\s*[=.\]]`);
  return content.split("\n").findIndex((line) => begins.test(line)) + 1;
};
