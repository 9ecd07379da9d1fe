/**
 * What the service's program does, for the command line of its own (`main.ts`) and for `sluice api`: it throws what keeps it
 * from starting, and prints nothing but its log.
 */
import { startEmulator } from "@sluice/emulator";
import { existsSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { pino } from "pino";
import { sendTestAlerts, type Tested } from "./alerts/testAlert.ts";
import { machinePorts } from "./alerts/Webhooks.ts";
import { openService } from "./Service.ts";
import { openedBy, type Reading, readSettings } from "./settings/readSettings.ts";
import { watchFiles } from "./settings/watchFiles.ts";
import { openUpstream } from "./Upstream.ts";

export type { Tested } from "./alerts/testAlert.ts";
export { type NewKey, newKey, type NewKeyOptions } from "./keys/newKey.ts";

/** Why it cannot start. */
export class Refused extends Error {
  readonly isConfiguration: boolean;
  readonly reasons: ReadonlyArray<string>;

  constructor(isConfiguration: boolean, reasons: ReadonlyArray<string>) {
    super(reasons.join("; "));
    this.isConfiguration = isConfiguration;
    this.reasons = reasons;
  }
}

/** What is said once both listeners are open. */
export interface Listening {
  readonly url: string;
  readonly adminUrl: string;
  /** What stands behind it, as a person is told. */
  readonly behind: string;
}

/** Lines are written a few at a time, and no later than this; at the end all are. A write for each costs as much as a route. */
const toLog = { dest: 1, sync: true, minLength: 15_000, periodicFlush: 100 };

/** `config`: the file that the command line names, before the environment's. */
const read = (config: string | undefined, isRunning?: boolean): Reading => {
  // What is set in the shell wins over the file.
  if (isRunning !== true && existsSync(".env")) process.loadEnvFile(".env");
  return readSettings(config === undefined ? process.env : { ...process.env, SLUICE_CONFIG: config }, isRunning);
};

const readOrRefuse = (config: string | undefined): Extract<Reading, { ok: true }> => {
  const reading = read(config);
  if (!reading.ok) throw new Refused(true, reading.mistakes);
  return reading;
};

/** What the configuration is warned of; throws when it has a mistake. */
export const check = (config: string | undefined): ReadonlyArray<string> => readOrRefuse(config).warnings;

/** Serves until a signal ends it, and gives the exit code; another signal ends it at once. */
export const serve = async (config: string | undefined, tell: (listening: Listening) => void): Promise<number> => {
  const { settings, warnings } = readOrRefuse(config);
  const { upstream, traffic, log, host, port, admin } = settings;
  const destination = pino.destination(toLog);
  process.on("exit", () => {
    destination.flushSync();
  });
  const logger = pino({ level: log.level }, destination);
  for (const warning of warnings) logger.warn(warning);
  const emulator = upstream === "emulator" ? await startEmulator({ latencyMs: 800 }) : undefined;
  const gateway = upstream === "emulator" ? { ...traffic, gateway: emulator?.url } : upstream;
  const service = await openService(settings, (onEvent) => openUpstream(gateway, onEvent), logger);

  const ended = new Promise<number>((resolve) => {
    let stopping = false;
    let code = 0;
    const stop = (): void => {
      // A second signal means now.
      if (stopping) process.exit(143);
      stopping = true;
      void service
        .close()
        .catch((error: unknown) => {
          logger.error({ err: error }, "it did not end as it should");
          code = 1;
        })
        .then(() => emulator?.close())
        // Calls that this has aborted are still to be logged, and nothing is logged after the end.
        .then(() => setImmediate())
        .finally(() => {
          destination.flushSync();
          resolve(code);
        });
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });

  const reload = (): void => {
    const reading = read(config, true);
    const opened = reading.ok ? openedBy(settings, reading.settings) : undefined;
    if (reading.ok && opened === undefined) service.reload(reading.settings);
    else {
      const mistakes = reading.ok ? [opened] : reading.mistakes;
      logger.error({ mistakes }, "the configuration is wrong; the keys of before stay");
    }
  };
  process.on("SIGHUP", reload);
  watchFiles(settings.files, reload);

  const listen = async (): Promise<number> => {
    const adminUrl = await service.admin.listen(admin).catch(unlistened("SLUICE_ADMIN_PORT", admin.port));
    const url = await service.app.listen({ host, port }).catch(unlistened("PORT", port));
    const behind =
      emulator === undefined
        ? service.gateway
        : `an embedded emulator at ${emulator.url}, because no SLUICE_GATEWAY is set`;
    tell({ url, adminUrl, behind });
    return ended;
  };
  // Whoever is told to end before it listens cannot listen any more.
  return Promise.race([ended, listen()]);
};

/** What each webhook answered; `undefined` when there is none. */
export const testAlerts = async (config: string | undefined): Promise<ReadonlyArray<Tested> | undefined> => {
  const { webhooks } = readOrRefuse(config).settings;
  return webhooks.length === 0 ? undefined : sendTestAlerts(webhooks, machinePorts);
};

const unlistened =
  (variable: string, port: number) =>
  (error: unknown): never => {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw isTaken
      ? new Refused(false, [`port ${port} is taken by another process: set ${variable} to another one`])
      : error;
  };
