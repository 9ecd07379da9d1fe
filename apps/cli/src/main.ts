#!/usr/bin/env node
import * as NodeRuntime from "@effect/platform-node-shared/NodeRuntime";
import { existsSync } from "node:fs";
import { run, teardown } from "./cli.ts";

// What is set in the shell wins over the file.
if (existsSync(".env")) process.loadEnvFile(".env");

NodeRuntime.runMain(run(process.argv.slice(2)), { teardown });
