#!/usr/bin/env node
/** Starts the service, says what stands behind it, and ends it without losing a request. */
import { startEmulator } from "@sluice/emulator";
import { logCalls, type OnEvent } from "@sluice/telemetry";
import { existsSync } from "node:fs";
import { makeApp } from "./app.ts";
import { readSettings, type Settings } from "./Settings.ts";
import { openUpstream } from "./Upstream.ts";

/** `EX_CONFIG` of sysexits.h. */
const badConfiguration = 78;

const serve = async ({ host, port, gateway, otlp }: Settings): Promise<void> => {
  const emulator = gateway === "emulator" ? await startEmulator({ latencyMs: 800 }) : undefined;
  const watchers: Array<OnEvent> = [];
  const upstream = await openUpstream(gateway === "emulator" ? { gateway: emulator?.url } : gateway, (event) => {
    for (const onEvent of watchers) onEvent(event);
  });
  const app = await makeApp({ upstream, logger: true });
  // The logger has a time of its own.
  watchers.push(logCalls(({ time: _, level, msg, ...call }) => app.log[level](call, msg)));
  const telemetry = otlp && (await (await import("./otlp.ts")).openOtlp(otlp, app.log));
  if (telemetry !== undefined) watchers.push(telemetry.onEvent);

  let stopping = false;
  const stop = (): void => {
    // A second signal means now.
    if (stopping) process.exit(143);
    stopping = true;
    void app
      .close()
      .then(() => upstream.close())
      .then(() => telemetry?.close())
      .then(() => emulator?.close())
      .then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  const url = await app.listen({ host, port });
  const behind =
    emulator === undefined
      ? upstream.gateway
      : `an embedded emulator at ${emulator.url}, because no SLUICE_GATEWAY is set`;
  process.stderr.write(`▶ sluice-api ${url}   in front of ${behind}\n`);
};

const refuse = (code: number, reasons: ReadonlyArray<string>): void => {
  process.stderr.write(`✗ sluice-api cannot start:\n${reasons.map((reason) => `  - ${reason}\n`).join("")}`);
  process.exit(code);
};

// What is set in the shell wins over the file.
if (existsSync(".env")) process.loadEnvFile(".env");
const reading = readSettings(process.env);
if (reading.ok) {
  await serve(reading.settings).catch((error: unknown) => {
    refuse(1, [error instanceof Error ? error.message : String(error)]);
  });
} else refuse(badConfiguration, reading.mistakes);
