/** Keys in a file, as plain text, where there is no keychain. Nobody but its owner may read it. */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Failed } from "../failures/Failed.ts";
import { stateFolder } from "../settings/places.ts";
import { readStateFile, writeStateFile } from "./stateFile.ts";

type Env = NodeJS.ProcessEnv;

export const keyFile = (env: Env): string => join(stateFolder(env), "credentials.json");

export const readFromFile = (env: Env, account: string): Effect.Effect<Redacted.Redacted | undefined, Failed> =>
  Effect.map(readKeys(env), (keys) => {
    const key = keys.get(account);
    return key === undefined ? undefined : Redacted.make(key);
  });

export const writeToFile = (env: Env, account: string, key: Redacted.Redacted): Effect.Effect<void, Failed> =>
  Effect.flatMap(readKeys(env), (keys) => write(env, new Map([...keys, [account, Redacted.value(key)]])));

/** The file goes with its last key. */
export const removeFromFile = (env: Env, account: string): Effect.Effect<void, Failed> =>
  Effect.flatMap(readKeys(env), (keys) => {
    if (!keys.has(account)) return Effect.void;
    const others = new Map([...keys].filter(([name]) => name !== account));
    return others.size > 0 ? write(env, others) : Effect.sync(() => rmSync(keyFile(env), { force: true }));
  });

/** Whether somebody has opened it to others since it was written. Windows has no such modes. */
export const isOpenToOthers = (env: Env): boolean => {
  if (process.platform === "win32") return false;
  const stat = statSync(keyFile(env), { throwIfNoEntry: false });
  return stat !== undefined && (stat.mode & 0o077) !== 0;
};

const readKeys = (env: Env): Effect.Effect<ReadonlyMap<string, string>, Failed> =>
  Effect.map(readStateFile(keyFile(env)), (content) => {
    const keys = content?.["keys"];
    const entries = typeof keys === "object" && keys !== null ? Object.entries(keys) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  });

const write = (env: Env, keys: ReadonlyMap<string, string>): Effect.Effect<void, Failed> =>
  writeStateFile(keyFile(env), { version: 1, keys: Object.fromEntries(keys) });
