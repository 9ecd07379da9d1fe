/** Calls of a real client at an emulator, kept by the command line's own history: what `sluice generate` leaves behind. */
import { LivepeerGateway } from "@sluice/core";
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import type { CallEvent } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { openHistory } from "../src/history/openHistory.ts";
import { loadSettings } from "../src/settings/Settings.ts";

/** The environment in which a folder is the state's. */
export const stateIn = (folder: string): NodeJS.ProcessEnv => ({ XDG_STATE_HOME: folder });

export const historyIn = (folder: string): string => join(folder, "sluice", "calls.ndjson");

export const secret = "sk-live-0123456789abcdef";
export const prompt = "a confidential red fox";

/** `work` makes the calls; what fails is theirs to catch. Gives back the events. */
export const keepCalls = async (
  folder: string,
  behind: EmulatorSettings,
  work: (gateway: LivepeerGateway) => Promise<unknown>,
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly events: ReadonlyArray<CallEvent>; readonly warnings: ReadonlyArray<string> }> => {
  await using emulator = await startEmulator(behind);
  const here = { ...stateIn(folder), ...env };
  const settings = await Effect.runPromise(loadSettings({}, { env: here, folder }));
  const warnings: Array<string> = [];
  const events: Array<CallEvent> = [];
  const history = openHistory(settings, { env: here, warn: (line) => warnings.push(line) });
  const gateway = new LivepeerGateway({
    gateway: emulator.url,
    apiKey: secret,
    maxRetries: 1,
    onEvent: (event) => {
      events.push(event);
      history.onEvent(event);
    },
  });
  try {
    await work(gateway);
  } finally {
    await gateway.close();
    await history.close();
  }
  return { events, warnings };
};

export const image = (gateway: LivepeerGateway) =>
  gateway.textToImage({ prompt, width: 64, height: 64, negative_prompt: "private words" });
