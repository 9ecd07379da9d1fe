/** The service in this process, in front of an emulator of its own. */
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { parse } from "smol-toml";
import { newKey } from "../src/keys/newKey.ts";
import { openUpstream, type UpstreamSettings } from "../src/Upstream.ts";
import { openService } from "../src/Service.ts";
import type { ConfigurationInput } from "../src/settings/Configuration.ts";
import { readSettings, type Settings } from "../src/settings/readSettings.ts";

export interface Scene {
  /** What a configuration file says. */
  readonly configuration?: ConfigurationInput;
  readonly logger?: Logger;
}

/** The settings that a configuration file makes. */
export const settingsOf = (configuration: ConfigurationInput): Settings => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  try {
    const path = join(folder, "sluice.json");
    writeFileSync(path, JSON.stringify(configuration));
    const reading = readSettings({ SLUICE_CONFIG: path });
    if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
    return reading.settings;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const serve = async (behind: EmulatorSettings = {}, gateway: UpstreamSettings = {}, scene: Scene = {}) => {
  const { configuration = {}, logger = pino({ level: "silent" }) } = scene;
  const emulator = await startEmulator(behind);
  const settings = settingsOf({ admin: { port: 0 }, ...configuration });
  const service = await openService(
    settings,
    (onEvent) => openUpstream({ gateway: emulator.url, ...gateway }, onEvent),
    logger,
  );
  const close = async () => {
    await service.close();
    await emulator.close();
  };
  return { ...service, emulator, [Symbol.asyncDispose]: close };
};

export const small = { prompt: "a red fox", width: 64, height: 64, seed: 7 };

/** What `app.inject` takes to ask for an image. */
export const generation = (payload: object = small) => ({ method: "POST", url: "/text-to-image", payload }) as const;

type KeyEntry = NonNullable<ConfigurationInput["keys"]>[number];

/** A key, what a configuration says of it, and the headers of who has it. */
export const aKey = (more: Partial<KeyEntry> = {}) => {
  const { key, toml } = newKey({ name: "web" });
  const [made] = (parse(toml) as unknown as { readonly keys: readonly [KeyEntry] }).keys;
  const entry: KeyEntry = { ...made, created: new Date().toISOString().slice(0, 10), ...more };
  return { key, entry, headers: { authorization: `Bearer ${key}` } };
};
