/** The service in this process, in front of an emulator of its own. */
import type { GatewaySettings } from "@sluice/core/effect";
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { makeApp } from "../src/app.ts";
import { openUpstream } from "../src/Upstream.ts";

export const serve = async (behind: EmulatorSettings = {}, settings: GatewaySettings = {}) => {
  const emulator = await startEmulator(behind);
  const upstream = await openUpstream({ gateway: emulator.url, ...settings });
  const app = await makeApp({ upstream, logger: false });
  const close = async () => {
    await app.close();
    await upstream.close();
    await emulator.close();
  };
  return { app, emulator, [Symbol.asyncDispose]: close };
};

export const small = { prompt: "a red fox", width: 64, height: 64, seed: 7 };

/** What `app.inject` takes to ask for an image. */
export const generation = (payload: object = small) => ({ method: "POST", url: "/text-to-image", payload }) as const;

/** Turns of the event loop until something is so. It is never waited for by the clock. */
export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
};
