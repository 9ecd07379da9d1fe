/** What bounds the cost of a call or of a month, and where it is set. */
import { parseUsd } from "@sluice/pricing";
import * as Effect from "effect/Effect";
import { parse } from "smol-toml";
import { settingsFile } from "../../settings/LaunchSettings.ts";
import type { Folder } from "../../subject/Folder.ts";
import { isNotProduction } from "../../subject/notProduction.ts";
import type { Subject } from "../../subject/Subject.ts";
import type { Place } from "../Check.ts";

export interface Cap {
  /** Such as `$0.05 a call (launch.toml)`. */
  readonly said: string;
  readonly place?: Place;
}

const configurationFile = "sluice.config.toml";

export const capsOf = ({ settings, service, env, folder }: Subject): Effect.Effect<ReadonlyArray<Cap>> => {
  const { cap, budget } = settings.cost;
  const inLaunch = { place: { file: settingsFile } };
  const variable = env["SLUICE_MAX_COST"] ?? "";
  const told: ReadonlyArray<Cap> = [
    ...(cap === undefined ? [] : [{ said: `$${cap} a call (${settingsFile})`, ...inLaunch }]),
    ...(budget === undefined ? [] : [{ said: `$${budget} a month (${settingsFile})`, ...inLaunch }]),
    ...(parseUsd(variable) === undefined ? [] : [{ said: `$${variable} a call (SLUICE_MAX_COST)` }]),
    ...(service?.maxCostUsd === undefined ? [] : [{ said: `$${service.maxCostUsd} a call (the service)` }]),
    ...(service?.limitsKeys === true ? [{ said: "callers' keys are limited (the service)" }] : []),
  ];
  return folder === undefined ? Effect.succeed(told) : Effect.map(configured(folder), (found) => [...told, ...found]);
};

const configured = (folder: Folder): Effect.Effect<ReadonlyArray<Cap>> =>
  Effect.gen(function* () {
    const files = (yield* folder.files).filter(
      (file) => file.split("/").at(-1) === configurationFile && !isNotProduction(file),
    );
    const texts = yield* Effect.forEach(files, (file) =>
      Effect.map(folder.text(file), (text = "") => ({ file, text })),
    );
    return texts.flatMap(({ file, text }): ReadonlyArray<Cap> => {
      const cost = maxCostIn(text);
      if (cost === undefined) return [];
      const line = text.split("\n").findIndex((one) => /^\s*max_cost\s*=/.test(one)) + 1;
      return [{ said: `$${cost} a call (${file})`, place: { file, ...(line === 0 ? {} : { line }) } }];
    });
  });

const maxCostIn = (toml: string): string | undefined => {
  try {
    const cost = parse(toml)["max_cost"];
    const text = typeof cost === "number" || typeof cost === "string" ? String(cost) : "";
    return parseUsd(text) === undefined ? undefined : text;
  } catch {
    return undefined;
  }
};
