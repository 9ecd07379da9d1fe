/** The record of calls: whether it is kept, and can be. Its lines are JSON. */
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "../settings/places.ts";
import { type Found, ok, problem, skipped, warning } from "./Check.ts";

/** `isKept`: the setting `history`. */
export const checkHistory = (env: NodeJS.ProcessEnv, isKept: boolean): Found => {
  if (!isKept) return skipped("switched off (history = false)");
  const folder = stateFolder(env);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^calls(\.\d+)?\.ndjson$/.test(name)) : [];
  if (names.length === 0) return ok("no call is on record yet");
  const found = names.map((name) => checkFile(join(folder, name)));
  return found.find(({ status }) => status !== "ok") ?? found[0] ?? ok("");
};

const checkFile = (path: string): Found => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch {
    return problem(`${path} cannot be read and written`, `chmod 600 ${path}`);
  }
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const broken = lines.filter((line) => line !== "" && !isJson(line)).length;
  if (broken > 0)
    return warning(`${broken} of ${lines.length} lines of ${path} are no JSON`, `mv ${path} ${path}.broken`);
  return ok(`${lines.length} lines, ${Math.ceil(statSync(path).size / 1_000)} kB in ${path}`);
};

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};
