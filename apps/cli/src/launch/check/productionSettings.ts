/** The settings of this run, for the gateway that launch.toml names. */
import * as Effect from "effect/Effect";
import type { Failed } from "../../failures/Failed.ts";
import { loadSettings, type Origin, type Settings } from "../../settings/Settings.ts";
import type { Said } from "../settings.ts";

/** A cloned repository brings its launch.toml along: an address that it alone names gets no key but one stored for it. */
export const productionSettings = (folder: string, { settings, file }: Said): Effect.Effect<Settings, Failed> =>
  Effect.map(loadSettings({}, { env: process.env, folder }), (loaded) => {
    if (settings.gateway === undefined || file === undefined) return loaded;
    const origin: Origin = { from: "project", where: file };
    return {
      ...loaded,
      gateway: { value: settings.gateway, text: settings.gateway, origin },
      gateway_url: { value: undefined, text: undefined, origin },
    };
  });
