/** Changes one setting in a file, or shows what would change; the outcome is parsed before it replaces the file. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { parse } from "smol-toml";
import { type Failed, failed } from "../failures/Failed.ts";
import { type Edited, setIn, tomlValue, unsetIn } from "./toml.ts";

export interface Change {
  readonly path: string;
  readonly name: string;
  /** `undefined`: taken out. */
  readonly value: string | undefined;
}

/** `undefined`: there is nothing to take out. Nothing is written with `dryRun`. */
export const changeFile = ({ path, name, value }: Change, dryRun: boolean): Edited | Failed | undefined => {
  const mistake = (message: string) =>
    failed("SLUICE-CONFIG", { message: `${path}: ${message}`, fix: `Open ${path} in an editor.` });
  try {
    const before = existsSync(path) ? readFileSync(path, "utf8") : "";
    const had = parse(before);
    if (value === undefined && !Object.hasOwn(had, name)) return undefined;
    const edited = value === undefined ? unsetIn(before, name) : setIn(before, name, tomlValue(value));
    if (edited === undefined || !isMeant(had, edited, name, value)) {
      return mistake(`${name} is written in a way that only you can change`);
    }
    if (!dryRun && edited.content !== before) replace(path, edited.content);
    return edited;
  } catch (error) {
    return mistake((error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "");
  }
};

/** That one setting differs, and nothing else. */
const isMeant = (
  had: Readonly<Record<string, unknown>>,
  { content }: Edited,
  name: string,
  value: string | undefined,
): boolean => {
  const { [name]: now, ...rest } = parse(content);
  const { [name]: _, ...others } = had;
  const isSet =
    value === undefined ? now === undefined : now === value || (typeof now === "boolean" && String(now) === value);
  return isSet && JSON.stringify(rest) === JSON.stringify(others);
};

/** Whole or not at all. A link stays one, and the file keeps its mode. */
const replace = (path: string, content: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const file = existsSync(path) ? realpathSync(path) : path;
  const fresh = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(fresh, content, { flag: "wx" });
    if (existsSync(file)) chmodSync(fresh, statSync(file).mode);
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
};
