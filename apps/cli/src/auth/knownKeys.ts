/** Every key that a run could use: those in variables, which any gateway gets, and those stored for one address each. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type * as Redacted from "effect/Redacted";
import type { GatewayProfile } from "@sluice/models";
import { addressOrigin, mayReceiveAnyKey } from "../credentials/address.ts";
import { fingerprintOf } from "../credentials/fingerprint.ts";
import { keyFile } from "../credentials/keyFile.ts";
import { keychainName } from "../credentials/keychain.ts";
import type { KeyKind } from "../credentials/records.ts";
import { type Rotation, rotationOf } from "../credentials/rotation.ts";
import { makeKeyStore } from "../credentials/store.ts";
import { keysInVariables } from "../credentials/variables.ts";
import type { Failed } from "../failures/Failed.ts";
import { profileOf } from "../gateway/profileOf.ts";
import type { Settings } from "../settings/Settings.ts";

export interface KnownKey {
  readonly gateway: string;
  /** `undefined`: the settings name no gateway that there is. */
  readonly baseUrl: string | undefined;
  readonly source: "variable" | "keychain" | "file";
  /** The variable, or the place. */
  readonly where: string;
  readonly fingerprint: string;
  /** Nobody knows how old a variable's key is. */
  readonly rotation: Rotation | undefined;
  readonly added: string | undefined;
  readonly kind: KeyKind | undefined;
  /** Whether a call to the gateway would send it. */
  readonly used: boolean;
  readonly key: Effect.Effect<Redacted.Redacted, Failed>;
}

export const knownKeys = (
  settings: Settings,
  env: NodeJS.ProcessEnv = process.env,
): Effect.Effect<ReadonlyArray<KnownKey>, Failed> =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis;
    const variables = yield* keysInVariables(env);
    const store = makeKeyStore(settings, env);
    const records = yield* store.records;
    const profile = Option.getOrUndefined(yield* Effect.option(profileOf(settings)));
    const takesVariables = profile !== undefined && isSent(profile, settings);
    const inVariables = variables.map(({ key, source, file }, at): KnownKey => ({
      gateway: profile?.name ?? "–",
      baseUrl: profile?.baseUrl,
      source: "variable",
      where: file === undefined ? source : `${source} (${file})`,
      fingerprint: fingerprintOf(key),
      ...{ rotation: undefined, added: undefined, kind: undefined },
      used: takesVariables && at === 0,
      key: Effect.succeed(key),
    }));
    const stored = records.map((record): KnownKey => {
      const { gateway, baseUrl, store: source, fingerprint, added, kind } = record;
      return {
        ...{ gateway, baseUrl, source, fingerprint, added, kind },
        where: source === "keychain" ? keychainName : keyFile(env),
        rotation: rotationOf(added, now),
        // A variable goes to every gateway that is named by the user.
        used: variables.length === 0 || (profile?.baseUrl === baseUrl && !takesVariables),
        key: store.read(record),
      };
    });
    return [...inVariables, ...stored];
  });

const isSent = ({ auth, baseUrl }: GatewayProfile, settings: Settings): boolean =>
  auth !== "none" && mayReceiveAnyKey(baseUrl, addressOrigin(settings));
