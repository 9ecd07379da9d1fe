#!/usr/bin/env node
import * as NodeRuntime from "@effect/platform-node-shared/NodeRuntime";
import { run, teardown } from "./cli.ts";

NodeRuntime.runMain(run(process.argv.slice(2)), { teardown });
