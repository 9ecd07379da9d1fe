/** Where the command line keeps its files, as the XDG base directories have it; on Windows, below %APPDATA%. */
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { existsSync } from "node:fs";

export const projectFileName = "sluice.config.toml";

type Env = NodeJS.ProcessEnv;

const below = (env: Env, variable: string, ...usual: ReadonlyArray<string>): string => {
  const given = env[variable] ?? "";
  if (given !== "") return join(given, "sluice");
  const appData = env["APPDATA"];
  if (process.platform === "win32" && appData !== undefined) return join(appData, "sluice");
  return join(env["HOME"] ?? homedir(), ...usual, "sluice");
};

/** Settings. */
export const configFolder = (env: Env): string => below(env, "XDG_CONFIG_HOME", ".config");

/** What is to last and is no setting: keys where there is no keychain, the record of calls. */
export const stateFolder = (env: Env): string => below(env, "XDG_STATE_HOME", ".local", "state");

export const userFile = (env: Env): string => join(configFolder(env), "config.toml");

/** The nearest project file, from a folder upwards. */
export const projectFile = (folder: string): string | undefined => {
  const path = join(folder, projectFileName);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectFile(parent);
};
