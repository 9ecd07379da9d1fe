/** `sluice auth login`. */
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import type { LoginInput } from "../commands/auth.ts";
import { addressOrigin, isLoopback, mayReceiveAnyKey } from "../credentials/address.ts";
import { checkKey, type Verdict } from "../credentials/check.ts";
import { keychainName } from "../credentials/keychain.ts";
import { keyFile } from "../credentials/keyFile.ts";
import { mistakeInKey } from "../credentials/keyMistakes.ts";
import type { KeyRecord } from "../credentials/records.ts";
import { dateOf, rotationOf } from "../credentials/rotation.ts";
import { accountOf, makeKeyStore, placeOf } from "../credentials/store.ts";
import { keyVariables } from "../credentials/variables.ts";
import { acceptedText, refusalOf } from "../credentials/verdictText.ts";
import { type Failed, failed } from "../failures/Failed.ts";
import { profileOf } from "../gateway/profileOf.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import type { AuthLogin } from "../results/auth.ts";
import { loadSettings, type Settings } from "../settings/Settings.ts";
import { readKey } from "./readKey.ts";
import { shellQuoted } from "../output/shellQuoted.ts";

export const run = ({ gateway, withKey, check, dryRun }: LoginInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const settings = yield* loadSettings({ gateway });
    const profile = yield* profileOf(settings);
    const refusal = refusalToStore(profile, settings);
    if (refusal !== undefined) return yield* refusal;
    if (dryRun) {
      preview(profile, check, settings, output);
      return;
    }
    const key = yield* readKey(profile.name, withKey, output);
    const mistake = mistakeInKey(profile, Redacted.value(key));
    if (mistake !== undefined) return yield* mistake;
    const verdict = check ? yield* ask(profile, key, output) : "skipped";
    output.status("asking the keychain");
    const { record, whyFile } = yield* makeKeyStore(settings).add(profile, key, undefined);
    output.status(undefined);
    tellStored(record, whyFile, output);
    const { gateway: name, baseUrl, store, fingerprint, added } = record;
    const { rotateBy } = rotationOf(added, Date.parse(added));
    const result: AuthLogin = {
      message: `the key of ${name} is stored in ${placeOf(record)}`,
      ...{ gateway: name, baseUrl, check: verdict, dryRun: false },
      stored: { store, place: placeOf(record), plainText: store === "file", fingerprint, added, rotateBy },
    };
    output.done(result);
  });

/** Where a key makes no sense, or would go to an address that the user may never have seen. */
const refusalToStore = ({ auth, name, baseUrl }: GatewayProfile, settings: Settings): Failed | undefined => {
  const origin = addressOrigin(settings);
  if (auth === "none") {
    const fix = "Name the gateway that the key is for: sluice auth login -g livepeer-studio";
    return failed("SLUICE-USAGE", { message: `${name} takes no key`, fix });
  }
  if (mayReceiveAnyKey(baseUrl, origin)) return undefined;
  return failed("SLUICE-USAGE", {
    message: `only ${origin.where} names ${baseUrl}; a project's file may come from anybody`,
    fix: `If the key is for that address, name it: sluice auth login -g ${shellQuoted(baseUrl)}`,
  });
};

const preview = (
  { name, baseUrl }: GatewayProfile,
  check: boolean,
  { keychain }: Settings,
  output: OutputShape,
): void => {
  const kept = `${keychainName}, as "sluice/${accountOf(baseUrl)}", or without one in ${keyFile(process.env)}`;
  const place = keychain.value === "off" ? keyFile(process.env) : kept;
  if (check) output.note(`would ask    ${baseUrl} whether it takes the key, with an empty request: $0.00`);
  output.note(`would store  the key of ${name} in ${place}`);
  const message = `would store a key of ${name}`;
  const result: AuthLogin = { message, gateway: name, baseUrl, check: "skipped", dryRun: true, stored: null };
  output.done(result);
};

const ask = (profile: GatewayProfile, key: Redacted.Redacted, output: OutputShape): Effect.Effect<Verdict, Failed> =>
  Effect.gen(function* () {
    const { good, warn } = output.noteStyle;
    const isPlain = profile.baseUrl.startsWith("http:") && !isLoopback(profile.baseUrl);
    if (isPlain)
      output.note(`${warn("!")} ${profile.baseUrl} is not encrypted: whoever is on the way can read the key`);
    output.status(`asking ${profile.name}`);
    const checked = yield* checkKey(profile, key);
    output.status(undefined);
    const refusal = refusalOf(profile.name, checked);
    if (refusal !== undefined) return yield* refusal;
    output.note(
      checked.verdict === "accepted"
        ? `${good("✔")} ${acceptedText}`
        : `${warn("!")} not checked: this gateway does not ask for keys`,
    );
    return checked.verdict;
  });

const tellStored = (record: KeyRecord, whyFile: string | undefined, output: OutputShape): void => {
  const { good, warn } = output.noteStyle;
  const { rotateBy } = rotationOf(record.added, Date.parse(record.added));
  const dates = `added ${dateOf(Date.parse(record.added))} · rotate by ${rotateBy}`;
  const place = record.store === "keychain" ? `${keychainName} as "sluice/${record.account}"` : placeOf(record);
  output.note(`${good("✔")} stored in ${place}   ${dates}`);
  if (whyFile !== undefined) {
    output.note(
      `${warn("!")} that file is plain text, readable by you alone; ${keychainName} could not be used: ${whyFile}`,
    );
  }
  const variable = keyVariables.find((name) => (process.env[name] ?? "") !== "");
  if (variable !== undefined) output.note(`${warn("!")} ${variable} is set, and counts before the stored key`);
};
