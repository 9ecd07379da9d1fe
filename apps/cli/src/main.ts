#!/usr/bin/env node
import * as NodeRuntime from "@effect/platform-node-shared/NodeRuntime";
import { run, teardown } from "./cli.ts";

// Whoever reads may stop at any time (`| head`); a full disk is worth a word.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`✗ SLUICE-STDOUT  ${error.message}\n`);
  process.exit(1);
});

NodeRuntime.runMain(run(process.argv.slice(2)), { teardown });
