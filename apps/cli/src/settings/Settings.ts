/** What holds for a run: of each setting the flag, the variable, the project's file, the user's file or the default. */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { existsSync } from "node:fs";
import { type Failed, failed } from "../failures/Failed.ts";
import { definitionOf, type SettingName, settingNames, type Value } from "./definitions.ts";
import { projectFile, userFile } from "./places.ts";
import type { FileSettings } from "./readFile.ts";

/** Where a value came from; `where` is the flag, the variable or the file with its line. */
export interface Origin {
  readonly from: "flag" | "environment" | "project" | "user" | "default";
  readonly where: string;
}

export interface Setting<A> {
  readonly value: A;
  /** As it was written; `undefined` when there is no value. */
  readonly text: string | undefined;
  readonly origin: Origin;
}

export type Settings = { readonly [Name in SettingName]: Setting<Value<Name>> };

/** As a command's flags give them: what was not given is `None`. */
export type SettingFlags = Readonly<Partial<Record<SettingName, Option.Option<string>>>>;

interface Circumstances {
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
}

const here = (): Circumstances => ({ env: process.env, folder: process.cwd() });

/** The settings of this run; a mistake names the flag, the variable or the line. */
export const loadSettings = (
  flags: SettingFlags = {},
  { env, folder }: Circumstances = here(),
): Effect.Effect<Settings, Failed> =>
  Effect.gen(function* () {
    const files = yield* readFiles(env, folder);
    const found = settingNames.map((name) => {
      const written = find(name, flags, env, files);
      return [name, parsed(name, written)] as const;
    });
    const mistake = found.find(([, setting]) => setting._tag === "Failed")?.[1];
    if (mistake?._tag === "Failed") return yield* mistake;
    return Object.fromEntries(found.map(([name, setting]) => [name, setting])) as unknown as Settings;
  });

interface Files {
  readonly project: FileSettings | undefined;
  readonly user: FileSettings | undefined;
}

/** TOML is loaded only where there is some. */
const readFiles = (env: NodeJS.ProcessEnv, folder: string): Effect.Effect<Files, Failed> =>
  Effect.gen(function* () {
    const paths = { project: projectFile(folder), user: existing(userFile(env)) };
    if (paths.project === undefined && paths.user === undefined) return { project: undefined, user: undefined };
    const { readSettingsFile } = yield* Effect.promise(() => import("./readFile.ts"));
    const read = (path: string | undefined, owner: "project" | "user") => {
      if (path === undefined) return Effect.succeed(undefined);
      const file = readSettingsFile(path, owner);
      return "_tag" in file ? Effect.fail(file) : Effect.succeed(file);
    };
    return { project: yield* read(paths.project, "project"), user: yield* read(paths.user, "user") };
  });

const existing = (path: string): string | undefined => (existsSync(path) ? path : undefined);

interface Written {
  readonly text: string | undefined;
  readonly origin: Origin;
}

const find = (name: SettingName, flags: SettingFlags, env: NodeJS.ProcessEnv, files: Files): Written => {
  const flag = Option.getOrUndefined(flags[name] ?? Option.none());
  if (flag !== undefined) return { text: flag, origin: { from: "flag", where: `--${name.replaceAll("_", "-")}` } };
  // Empty counts as not given: that is what `NAME=` means.
  const variable = definitionOf(name).variables.find((one) => (env[one] ?? "") !== "");
  if (variable !== undefined) return { text: env[variable], origin: { from: "environment", where: variable } };
  for (const from of ["project", "user"] as const) {
    const file = files[from];
    const value = file?.values.get(name);
    if (file !== undefined && value !== undefined) {
      return { text: value.text, origin: { from, where: `${file.path}:${value.line}` } };
    }
  }
  return { text: definitionOf(name).default, origin: { from: "default", where: "default" } };
};

const parsed = (
  name: SettingName,
  { text, origin }: Written,
): (Setting<unknown> & { readonly _tag?: never }) | Failed => {
  if (text === undefined) return { value: undefined, text, origin };
  try {
    return { value: definitionOf(name).parse(text), text, origin };
  } catch (error) {
    const message = `${origin.where}: ${error instanceof Error ? error.message : String(error)}`;
    return origin.from === "flag"
      ? failed("SLUICE-USAGE", { message, fix: "Give the flag another value." })
      : failed("SLUICE-CONFIG", { message });
  }
};
