/** Puts keys where they are kept, and takes them out: the keychain, or a file where there is none. */
import type { GatewayProfile } from "@sluice/models";
import { emulator, livepeerCloud, livepeerStudio } from "@sluice/models/facts";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type * as Redacted from "effect/Redacted";
import { type Failed, failed } from "../failures/Failed.ts";
import type { Settings } from "../settings/Settings.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Keychain, keychainName, type KeychainUnavailable, makeKeychain, service } from "./keychain.ts";
import { keyFile, readFromFile, removeFromFile, writeToFile } from "./keyFile.ts";
import { type KeyKind, type KeyRecord, readRecords, removeRecord, writeRecord } from "./records.ts";
import { shellQuoted } from "../output/shellQuoted.ts";

export interface KeyStore {
  readonly records: Effect.Effect<ReadonlyArray<KeyRecord>, Failed>;
  /** `undefined`: it was taken out by another hand. */
  readonly read: (record: KeyRecord) => Effect.Effect<Redacted.Redacted, Failed>;
  /** `whyFile`: why the keychain could not take it; `undefined` when it did. */
  readonly add: (
    profile: Pick<GatewayProfile, "name" | "baseUrl">,
    key: Redacted.Redacted,
    kind: KeyKind | undefined,
  ) => Effect.Effect<{ readonly record: KeyRecord; readonly whyFile: string | undefined }, Failed>;
  readonly remove: (record: KeyRecord) => Effect.Effect<void, Failed>;
}

const addressed = [livepeerCloud, livepeerStudio, emulator];

/** A known gateway's name stands for its address; every other address for itself. */
export const accountOf = (baseUrl: string): string =>
  addressed.find((known) => known.baseUrl === baseUrl)?.name ?? baseUrl;

/** For a person: where a key is kept. */
export const placeOf = ({ store, account }: KeyRecord, env: NodeJS.ProcessEnv = process.env): string =>
  store === "keychain" ? `${keychainName}, as "${service}/${account}"` : keyFile(env);

export const makeKeyStore = (
  { keychain: choice }: Pick<Settings, "keychain">,
  env: NodeJS.ProcessEnv = process.env,
  keychain: Keychain = makeKeychain(env),
): KeyStore => {
  const isOff = choice.value === "off";
  const offReason = `${choice.origin.where} turns it off`;
  const viaKeychain = <A>(use: Effect.Effect<A, KeychainUnavailable>, record: KeyRecord): Effect.Effect<A, Failed> =>
    isOff
      ? Effect.fail(keychainFailed(record, offReason))
      : Effect.mapError(use, ({ message }) => keychainFailed(record, message));

  const read: KeyStore["read"] = (record) =>
    Effect.gen(function* () {
      const { store, account, gateway } = record;
      const found =
        store === "file" ? yield* readFromFile(env, account) : yield* viaKeychain(keychain.read(account), record);
      if (found !== undefined) return found;
      const message = `the key of ${gateway} is no longer in ${placeOf(record, env)}`;
      return yield* failed("SLUICE-KEY-MISSING", { message, fix: signIn(record) });
    });

  const add: KeyStore["add"] = (profile, key, kind) =>
    Effect.gen(function* () {
      const { baseUrl, name: gateway } = profile;
      const account = accountOf(baseUrl);
      const before = (yield* readRecords(env)).find((record) => record.baseUrl === baseUrl);
      const whyFile = isOff
        ? offReason
        : yield* keychain.write(account, key).pipe(
            Effect.as(undefined),
            Effect.catch(({ message }) => Effect.succeed(message)),
          );
      const store = whyFile === undefined ? "keychain" : "file";
      if (store === "file") yield* writeToFile(env, account, key);
      const added = new Date(yield* Clock.currentTimeMillis).toISOString();
      const record: KeyRecord = {
        ...{ gateway, baseUrl, account, store, added },
        fingerprint: fingerprintOf(key),
        ...(kind === undefined ? {} : { kind }),
      };
      yield* writeRecord(env, record);
      // The one before, if it was kept elsewhere; a keychain that is gone keeps what it has.
      if (before?.store === "file" && store === "keychain") yield* removeFromFile(env, account);
      return { record, whyFile };
    });

  const remove: KeyStore["remove"] = (record) => {
    const { store, account, baseUrl } = record;
    const kept = store === "file" ? removeFromFile(env, account) : viaKeychain(keychain.remove(account), record);
    return Effect.andThen(kept, removeRecord(env, baseUrl));
  };

  return { records: readRecords(env), read, add, remove };
};

const signIn = ({ baseUrl }: KeyRecord): string =>
  `Sign in again: sluice auth login -g ${shellQuoted(accountOf(baseUrl))}`;

const keychainFailed = (record: KeyRecord, reason: string): Failed =>
  failed("SLUICE-KEYCHAIN", {
    message: `the key of ${record.gateway} is in ${keychainName}, which cannot be used: ${reason}`,
  });
