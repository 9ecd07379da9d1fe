/** `launch.toml`, checked: every mistake by its path. */
import { type FieldError, InvalidConfiguration } from "@sluice/errors";
import { parse, TomlError } from "smol-toml";
import { LaunchSettings, settingsFile } from "./LaunchSettings.ts";
import { mistakesIn } from "./mistakesIn.ts";

/** Throws `InvalidConfiguration`, which lists every mistake. */
export const readSettings = (toml: string): LaunchSettings => {
  const { success, data, error } = LaunchSettings.safeParse(valueOf(toml), { reportInput: true });
  if (success) return data;
  throw refusal(mistakesIn(LaunchSettings, error));
};

const valueOf = (toml: string): unknown => {
  try {
    return parse(toml);
  } catch (error) {
    const place = error instanceof TomlError ? ` in line ${error.line}` : "";
    throw refusal([{ path: settingsFile, message: `is not TOML${place}` }]);
  }
};

const refusal = (fields: ReadonlyArray<FieldError>): InvalidConfiguration =>
  new InvalidConfiguration({ gateway: "any gateway", pipeline: settingsFile, fields });
