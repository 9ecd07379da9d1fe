#!/usr/bin/env node
/** `sluice-api`: reads its command line, says what stands behind the service or what keeps it from starting, and ends. */
import { help, readCommand } from "./command/readCommand.ts";
import { check, newKey, Refused, serve, testAlerts } from "./program.ts";
import version from "./version.ts";

/** `EX_USAGE` is 64 elsewhere; here, as in most command lines, 2. `EX_CONFIG` of sysexits.h. */
const usage = 2;
const badConfiguration = 78;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const refuse = (error: unknown): never => {
  const reasons = error instanceof Refused ? error.reasons : [reasonOf(error)];
  process.stderr.write(`✗ sluice-api cannot start:\n${reasons.map((reason) => `  - ${reason}\n`).join("")}`);
  process.exit(error instanceof Refused && error.isConfiguration ? badConfiguration : 1);
};

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
      process.stderr.write(`✗ ${reasonOf(error)}\n`);
      process.exitCode = usage;
    }
    break;
  case "check":
    try {
      for (const warning of check(command.config)) process.stderr.write(`! ${warning}\n`);
      process.stderr.write("✔ the configuration has no mistake\n");
    } catch (error) {
      refuse(error);
    }
    break;
  case "testAlerts": {
    const tested = await testAlerts(command.config).catch(refuse);
    if (tested === undefined) {
      process.stderr.write("✗ there is nobody to tell of an alert: the configuration file has no [[webhooks]]\n");
      process.exitCode = badConfiguration;
      break;
    }
    process.stdout.write(tested.map(({ line }) => `${line}\n`).join(""));
    process.exitCode = tested.every(({ isTaken }) => isTaken) ? 0 : 1;
    break;
  }
  case "serve":
    process.exit(
      await serve(command.config, ({ url, adminUrl, behind }) => {
        process.stderr.write(
          `▶ sluice-api ${url}   in front of ${behind}\n  metrics   ${adminUrl}/metrics   docs   ${url}/docs\n`,
        );
      }).catch(refuse),
    );
}
