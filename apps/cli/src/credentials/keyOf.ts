/**
 * The key for a gateway, and where it comes from: a variable, a file that a variable names, or what `sluice auth login`
 * stored for that address. The keychain is asked only when it must be.
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type * as Redacted from "effect/Redacted";
import type { Failed } from "../failures/Failed.ts";
import { Output } from "../output/Output.ts";
import type { Settings } from "../settings/Settings.ts";
import { addressOrigin, mayReceiveAnyKey } from "./address.ts";
import { hasRecords, type KeyRecord, readRecords } from "./records.ts";
import { keyInVariables } from "./variables.ts";
import { shellQuoted } from "../output/shellQuoted.ts";

export { keyVariables } from "./variables.ts";

export interface FoundKey {
  readonly key: Redacted.Redacted;
  /** For a person: the variable, or the place it is kept in. */
  readonly source: string;
  /** What is known of it, when it was stored. */
  readonly record?: KeyRecord;
}

/** `undefined`: there is none, or none that may go to this address; the latter is said on stderr. */
export const keyOf = (
  settings: Settings,
  env: NodeJS.ProcessEnv = process.env,
): Effect.Effect<FoundKey | undefined, Failed> =>
  Effect.gen(function* () {
    const variable = yield* keyInVariables(env);
    const origin = addressOrigin(settings);
    if (variable !== undefined && origin.from !== "project") return variable;
    if (variable === undefined && !hasRecords(env)) return undefined;
    const { profileOf } = yield* Effect.promise(() => import("../gateway/profileOf.ts"));
    // A gateway that makes no sense is told by whoever opens it.
    const profile = Option.getOrUndefined(yield* Effect.option(profileOf(settings)));
    if (profile === undefined || profile.auth === "none") return undefined;
    const { baseUrl } = profile;
    if (variable !== undefined && mayReceiveAnyKey(baseUrl, origin)) return variable;
    const record = (yield* readRecords(env)).find((known) => known.baseUrl === baseUrl);
    if (record !== undefined) {
      const { makeKeyStore, placeOf } = yield* Effect.promise(() => import("./store.ts"));
      const key = yield* makeKeyStore(settings, env).read(record);
      return { key, source: placeOf(record, env), record };
    }
    if (variable !== undefined) yield* tellWithheld(variable.source, baseUrl, origin.where);
    return undefined;
  });

/** Whoever has no output, such as a test, is told nothing. */
const tellWithheld = (source: string, baseUrl: string, where: string): Effect.Effect<void> =>
  Effect.map(
    Effect.serviceOption(Output),
    Option.match({
      onNone: () => undefined,
      onSome: ({ note, noteStyle }) => {
        note(`${noteStyle.warn("!")} the key in ${source} is not sent to ${baseUrl}: only ${where} names that address`);
        note(
          `  to allow it   sluice auth login -g ${shellQuoted(baseUrl)}   or name it yourself: -g ${shellQuoted(baseUrl)}`,
        );
      },
    }),
  );
