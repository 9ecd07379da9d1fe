/** A setting by the name that somebody wrote; a key is none, and where it goes is said instead. */
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";
import type { SettingName } from "../settings/definitions.ts";
import { noSetting } from "../settings/inspectFile.ts";
import { isSettingName } from "../settings/names.ts";

export const known = (name: string): Effect.Effect<SettingName, Failed> => {
  if (isSettingName(name)) return Effect.succeed(name);
  if (!/key|token|secret|password/i.test(name)) return Effect.fail(failed("SLUICE-USAGE", noSetting(name)));
  const message = "a key is no setting: files of settings are read by many, and a key is never printed";
  const fix = "sluice auth login keeps it, or LIVEPEER_API_KEY holds it; sluice auth status tells where it is.";
  return Effect.fail(failed("SLUICE-USAGE", { message, fix }));
};
