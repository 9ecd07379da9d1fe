/** The service that is soaked, as a process that tells what it holds. */
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { sluiceCommand, sluiceEnvironment } from "../proxying/sluice.ts";
import { freePort, startServer } from "../proxying/startServer.ts";
import type { Sample } from "./judge.ts";
import { pooled } from "./pooled.ts";
import type { Inside } from "./probe.ts";

export interface Service {
  readonly origin: string;
  /** What it holds now, connections to the gateway aside, and what Node has warned it of. */
  readonly look: () => Promise<Omit<Sample, "at"> & Pick<Inside, "types" | "warnings"> & { readonly pooled: number }>;
  /** Waits until it has let its connections to the gateway go. Gives how many it keeps all the same. */
  readonly letGo: () => Promise<number>;
  /** Tells it to end. Gives its exit code, which is `null` when it had to be killed, and the end of what it wrote. */
  readonly end: () => Promise<{ readonly code: number | null; readonly written: string }>;
}

/** Files are let go of within the run's first quarter, so that their coming and going is level by then. */
const media = `
[media]
seconds = 15
maxMegabytes = 16
`;

/** A connection is kept for a minute; in milliseconds. */
const poolPatience = 75_000;

/** For its end, in milliseconds. */
const patience = 20_000;

export const startService = async (gateway: string): Promise<Service> => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-soak-"));
  const port = await freePort();
  const { origin, pid, child, written, stop } = await startServer({
    port,
    command: sluiceCommand("--expose-gc", `--import=${join(import.meta.dirname, "probe.ts")}`),
    env: sluiceEnvironment(folder, port, gateway, media),
    cwd: folder,
    pinned: false,
    talks: true,
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`the service has ended. The end of what it wrote:\n${written()}`);
  });
  ended.catch(() => undefined);
  const inside = async (): Promise<Inside> => {
    child.send("look");
    // `once` would leave a listener behind each time.
    const told = new Promise<Inside>((resolve) => child.once("message", (message) => resolve(message as Inside)));
    return Promise.race([told, ended]);
  };
  return {
    origin,
    look: async () => {
      const { timers, resources, ...held } = await inside();
      const apart = pooled(pid, gateway);
      const descriptors = readdirSync(`/proc/${pid}/fd`).length;
      // A connection of the pool is a descriptor and a resource, and has a timer.
      const others = { descriptors: descriptors - apart, timers: timers - apart, resources: resources - apart };
      return { ...held, ...others, pooled: apart };
    },
    letGo: async () => {
      for (let waited = 0; waited < poolPatience && pooled(pid, gateway) > 0; waited += 1_000) await setTimeout(1_000);
      return pooled(pid, gateway);
    },
    end: async () => {
      const timer = globalThis.setTimeout(() => void stop(), patience);
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      clearTimeout(timer);
      rmSync(folder, { recursive: true });
      return { code: child.exitCode, written: written() };
    },
  };
};
