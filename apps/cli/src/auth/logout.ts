/** `sluice auth logout`. */
import * as Effect from "effect/Effect";
import type { LogoutInput } from "../commands/auth.ts";
import { makeKeyStore, placeOf } from "../credentials/store.ts";
import { keyVariables } from "../credentials/variables.ts";
import { failed } from "../failures/Failed.ts";
import { profileOf } from "../gateway/profileOf.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import type { AuthLogout } from "../results/auth.ts";
import { loadSettings } from "../settings/Settings.ts";
import { askYes } from "./askYes.ts";

export const run = ({ gateway, yes }: LogoutInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const settings = yield* loadSettings({ gateway });
    const { name, baseUrl } = yield* profileOf(settings);
    const store = makeKeyStore(settings);
    const records = yield* store.records;
    const record = records.find((known) => known.baseUrl === baseUrl);
    if (record === undefined && records.length > 0) {
      return yield* failed("SLUICE-USAGE", {
        message: `no key is stored for ${name} (${baseUrl})`,
        fix: `Name one of those that are: ${records.map((known) => `-g ${known.account}`).join(", ")}`,
      });
    }
    if (record === undefined) {
      output.note("no key is stored");
      const nothing: AuthLogout = { message: "no key is stored", gateway: name, baseUrl, removed: false };
      output.done(nothing);
      return;
    }
    const place = placeOf(record);
    if (!(yield* agreed(`Remove the key of ${name} from ${place}?`, yes, output))) {
      const kept: AuthLogout = { message: `the key of ${name} stays`, gateway: name, baseUrl, removed: false };
      output.note(kept.message);
      output.done(kept);
      return;
    }
    yield* store.remove(record);
    output.note(`${output.noteStyle.good("✔")} removed the key of ${name} from ${place}`);
    output.note(`  the gateway still takes it: delete it there if it is to be worth nothing`);
    const variable = keyVariables.find((one) => (process.env[one] ?? "") !== "");
    if (variable !== undefined) output.note(`${output.noteStyle.warn("!")} ${variable} still holds a key`);
    const result: AuthLogout = { message: `removed the key of ${name}`, gateway: name, baseUrl, removed: true };
    output.done(result);
  });

const agreed = (question: string, yes: boolean, { asks }: OutputShape) => {
  if (yes) return Effect.succeed(true);
  if (asks) return askYes(`? ${question}`);
  return Effect.fail(
    failed("SLUICE-USAGE", { message: "there is no terminal to ask on whether to remove the key", fix: "Say --yes." }),
  );
};
