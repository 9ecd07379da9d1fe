#!/usr/bin/env node
import * as NodeRuntime from "@effect/platform-node-shared/NodeRuntime";
import { run, teardown } from "./cli.ts";

// Whoever reads may stop at any time (`| head`): a call that is paid for goes on, and its files are saved. A full disk is worth a word.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`✗ SLUICE-STDOUT  ${error.message}\n`);
  process.exit(1);
});
process.stderr.on("error", () => undefined);

// What went wrong is said by `cli.ts`, and once.
NodeRuntime.runMain(run(process.argv.slice(2)), { teardown, disableErrorReporting: true });
