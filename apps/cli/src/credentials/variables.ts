/** Keys in variables, and in files that variables name, as containers mount them. */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { readFileSync } from "node:fs";
import { type Failed, failed } from "../failures/Failed.ts";

export const keyVariables = ["SLUICE_API_KEY", "LIVEPEER_API_KEY"] as const;

export interface VariableKey {
  readonly key: Redacted.Redacted;
  /** The variable. */
  readonly source: string;
  /** The file that it names, if it names one. */
  readonly file: string | undefined;
}

/** All that are set, the one that counts first. Empty counts as not set: that is what `NAME=` means. */
export const keysInVariables = (env: NodeJS.ProcessEnv): Effect.Effect<ReadonlyArray<VariableKey>, Failed> =>
  Effect.gen(function* () {
    const isSet = (name: string) => (env[name] ?? "") !== "";
    const direct = keyVariables.filter(isSet).map((source) => {
      return { key: Redacted.make(env[source] ?? ""), source, file: undefined };
    });
    const named = keyVariables.map((name) => `${name}_FILE`).filter(isSet);
    return [...direct, ...(yield* Effect.forEach(named, (source) => readKeyFile(source, env[source] ?? "")))];
  });

/** The first of them; files are read only where no variable has a key. */
export const keyInVariables = (env: NodeJS.ProcessEnv): Effect.Effect<VariableKey | undefined, Failed> => {
  const source = keyVariables.find((name) => (env[name] ?? "") !== "");
  return source === undefined
    ? Effect.map(keysInVariables(env), ([first]) => first)
    : Effect.succeed({ key: Redacted.make(env[source] ?? ""), source, file: undefined });
};

const readKeyFile = (source: string, file: string): Effect.Effect<VariableKey, Failed> =>
  Effect.suspend(() => {
    const refuse = (problem: string) =>
      Effect.fail(failed("SLUICE-CONFIG", { message: `${source}: ${file} ${problem}`, fix: `Correct ${source}.` }));
    try {
      const text = readFileSync(file, "utf8").trim();
      return text === "" ? refuse("is empty") : Effect.succeed({ key: Redacted.make(text), source, file });
    } catch (error) {
      return refuse(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? "for an unknown reason"}`);
    }
  });
