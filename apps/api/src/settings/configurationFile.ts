/** A file of settings: TOML or JSON, by its name. */
import { readFileSync } from "node:fs";
import { parse as parseToml, TomlError } from "smol-toml";

export type FileReading =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly mistake: string };

/** Never throws, and repeats nothing of what the file holds. */
export const readSettingsFile = (path: string): FileReading => {
  const isToml = path.endsWith(".toml");
  if (!isToml && !path.endsWith(".json")) return refused(`${path} must be a .toml or a .json file`);
  const content = contentOf(path);
  if (content === undefined) return refused(`${path} cannot be read: is it there, and may this service read it?`);
  try {
    const value: unknown = isToml ? parseToml(content) : JSON.parse(content);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ok: true, value: { ...value } }
      : refused(`${path} must hold one object with settings`);
  } catch (error) {
    const place = error instanceof TomlError ? `, in line ${error.line}` : "";
    return refused(`${path} is not ${isToml ? "TOML" : "JSON"}${place}`);
  }
};

const refused = (mistake: string): FileReading => ({ ok: false, mistake });

/** `undefined` when it cannot be read. */
export const contentOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};
