/** `sluice.config.toml` as a project begins with it: every setting, explained; those that are not chosen as comments. */
import { tomlValue } from "../config/toml.ts";
import { definitionOf, type SettingName, settingNames } from "../settings/definitions.ts";

/** For settings without a default. */
const samples: Readonly<Partial<Record<SettingName, string>>> = {
  gateway_url: "http://127.0.0.1:8935",
  max_cost: "0.05",
  service: "http://127.0.0.1:8081",
};

export type Chosen = Readonly<Partial<Record<SettingName, string>>>;

export const settingsFile = (chosen: Chosen): string =>
  [
    "# Sluice's settings for this project. A flag or a variable (SLUICE_…) wins over them, and they win over your own file:",
    "# `sluice config list --origin` shows what holds. No key belongs here: `sluice auth login`, or LIVEPEER_API_KEY.",
    ...settingNames
      // A project's file may come from anybody, so it may not set these.
      .filter((name) => definitionOf(name).userOnly !== true)
      .flatMap((name) => {
        const { about, default: usual } = definitionOf(name);
        const given = chosen[name];
        const line = `${name} = ${tomlValue(given ?? usual ?? samples[name] ?? "")}`;
        return ["", `# ${about}`, given === undefined ? `# ${line}` : line];
      }),
    "",
  ].join("\n");
