/** What is known of the stored keys and is no secret: whose each is, where it is kept, since when. */
import * as Effect from "effect/Effect";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Failed, failed } from "../failures/Failed.ts";
import { stateFolder } from "../settings/places.ts";
import { readStateFile, writeStateFile } from "./stateFile.ts";

export const keyKinds = ["backend", "cors", "cors-restricted", "limited"] as const;
/** What a key is for: servers, web pages, web pages that may not generate, or something else than generating. */
export type KeyKind = (typeof keyKinds)[number];

export interface KeyRecord {
  /** Its name, for people. */
  readonly gateway: string;
  /** The one address that the key goes to. */
  readonly baseUrl: string;
  /** What it is kept as, in the keychain or in the file. */
  readonly account: string;
  readonly store: "keychain" | "file";
  readonly fingerprint: string;
  /** When it was stored, as an ISO time. */
  readonly added: string;
  readonly kind?: KeyKind;
}

const recordsFile = (env: NodeJS.ProcessEnv): string => join(stateFolder(env), "keys.json");

/** A look that costs nothing, for runs without keys. */
export const hasRecords = (env: NodeJS.ProcessEnv): boolean => existsSync(recordsFile(env));

export const readRecords = (env: NodeJS.ProcessEnv): Effect.Effect<ReadonlyArray<KeyRecord>, Failed> =>
  Effect.flatMap(readStateFile(recordsFile(env)), (content) => {
    const keys = content === undefined ? [] : content["keys"];
    if (Array.isArray(keys) && keys.every(isRecord)) return Effect.succeed(keys);
    const message = `${recordsFile(env)} is not what Sluice wrote`;
    return Effect.fail(failed("SLUICE-KEY-STORE", { message, fix: "Remove the file, and sign in again." }));
  });

/** In the place of those of the same address. */
export const writeRecord = (env: NodeJS.ProcessEnv, record: KeyRecord): Effect.Effect<void, Failed> =>
  Effect.flatMap(readRecords(env), (records) => {
    const others = records.filter(({ baseUrl }) => baseUrl !== record.baseUrl);
    return write(env, [...others, record]);
  });

export const removeRecord = (env: NodeJS.ProcessEnv, baseUrl: string): Effect.Effect<void, Failed> =>
  Effect.flatMap(readRecords(env), (records) =>
    write(
      env,
      records.filter((record) => record.baseUrl !== baseUrl),
    ),
  );

const write = (env: NodeJS.ProcessEnv, keys: ReadonlyArray<KeyRecord>): Effect.Effect<void, Failed> =>
  writeStateFile(recordsFile(env), { version: 1, keys });

const isRecord = (value: unknown): value is KeyRecord => {
  if (typeof value !== "object" || value === null) return false;
  const { gateway, baseUrl, account, store, fingerprint, added, kind } = value as Readonly<Record<string, unknown>>;
  return (
    [gateway, baseUrl, account, fingerprint, added].every((text) => typeof text === "string") &&
    URL.canParse(String(baseUrl)) &&
    !Number.isNaN(Date.parse(String(added))) &&
    (store === "keychain" || store === "file") &&
    (kind === undefined || keyKinds.some((known) => known === kind))
  );
};
