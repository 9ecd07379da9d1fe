#!/usr/bin/env node
/** Starts the service, says what stands behind it, and ends it without losing a request. */
import { startEmulator } from "@sluice/emulator";
import { existsSync } from "node:fs";
import { pino } from "pino";
import { sendTestAlerts } from "./alerts/testAlert.ts";
import { machinePorts } from "./alerts/Webhooks.ts";
import { help, readCommand } from "./command/readCommand.ts";
import { newKey } from "./keys/newKey.ts";
import { openService } from "./Service.ts";
import { openedBy, type Reading, readSettings, type Settings } from "./settings/readSettings.ts";
import { watchFiles } from "./settings/watchFiles.ts";
import { openUpstream } from "./Upstream.ts";
import version from "./version.ts";

/** `EX_USAGE` is 64 elsewhere; here, as in most command lines, 2. `EX_CONFIG` of sysexits.h. */
const usage = 2;
const badConfiguration = 78;

const refuse = (code: number, reasons: ReadonlyArray<string>): never => {
  process.stderr.write(`✗ sluice-api cannot start:\n${reasons.map((reason) => `  - ${reason}\n`).join("")}`);
  process.exit(code);
};

/** Lines are written a few at a time, and no later than this; at the end all are. A write for each costs as much as a route. */
const toLog = { dest: 1, sync: true, minLength: 15_000, periodicFlush: 100 };

/** `config`: the file that the command line names, before the environment's. */
const read = (config: string | undefined, isRunning?: boolean): Reading =>
  readSettings(config === undefined ? process.env : { ...process.env, SLUICE_CONFIG: config }, isRunning);

const readOrRefuse = (config: string | undefined): Extract<Reading, { ok: true }> => {
  const reading = read(config);
  return reading.ok ? reading : refuse(badConfiguration, reading.mistakes);
};

const serve = async (config: string | undefined): Promise<void> => {
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

  let stopping = false;
  const stop = (): void => {
    // A second signal means now.
    if (stopping) process.exit(143);
    stopping = true;
    void service
      .close()
      .catch((error: unknown) => {
        logger.error({ err: error }, "it did not end as it should");
        process.exitCode = 1;
      })
      .then(() => emulator?.close())
      .finally(() => process.exit());
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

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

  const adminUrl = await service.admin.listen(admin).catch(unlistened("SLUICE_ADMIN_PORT", admin.port));
  const url = await service.app.listen({ host, port }).catch(unlistened("PORT", port));
  const behind =
    emulator === undefined
      ? service.gateway
      : `an embedded emulator at ${emulator.url}, because no SLUICE_GATEWAY is set`;
  process.stderr.write(
    `▶ sluice-api ${url}   in front of ${behind}\n  metrics   ${adminUrl}/metrics   docs   ${url}/docs\n`,
  );
};

const testAlerts = async ({ webhooks }: Settings): Promise<void> => {
  if (webhooks.length === 0) {
    process.stderr.write("✗ there is nobody to tell of an alert: the configuration file has no [[webhooks]]\n");
    process.exitCode = badConfiguration;
    return;
  }
  const tested = await sendTestAlerts(webhooks, machinePorts);
  process.stdout.write(tested.map(({ line }) => `${line}\n`).join(""));
  process.exitCode = tested.every(({ isTaken }) => isTaken) ? 0 : 1;
};

const unlistened =
  (variable: string, port: number) =>
  (error: unknown): never => {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw isTaken ? new Error(`port ${port} is taken by another process: set ${variable} to another one`) : error;
  };

// What is set in the shell wins over the file.
if (existsSync(".env")) process.loadEnvFile(".env");
const command = readCommand(process.argv.slice(2));
switch (command.name) {
  case "help":
    process.stdout.write(help);
    break;
  case "version":
    process.stdout.write(`${version}\n`);
    break;
  case "mistake":
    process.stderr.write(`✗ ${command.message}\n\n${help}`);
    process.exitCode = usage;
    break;
  case "key":
    try {
      const { key, toml, json } = newKey({ name: command.key, env: command.test ? "test" : "live", now: new Date() });
      process.stdout.write(command.json ? `${json}\n` : `${key}\n\n${toml}`);
    } catch (error) {
      process.stderr.write(`✗ ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = usage;
    }
    break;
  case "check":
    for (const warning of readOrRefuse(command.config).warnings) process.stderr.write(`! ${warning}\n`);
    process.stderr.write("✔ the configuration has no mistake\n");
    break;
  case "testAlerts":
    await testAlerts(readOrRefuse(command.config).settings);
    break;
  case "serve":
    await serve(command.config).catch((error: unknown) =>
      refuse(1, [error instanceof Error ? error.message : String(error)]),
    );
}
