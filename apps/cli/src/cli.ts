/** The command tree, and how a run of it ends. */
import * as NodeChildProcessSpawner from "@effect/platform-node-shared/NodeChildProcessSpawner";
import * as NodeFileSystem from "@effect/platform-node-shared/NodeFileSystem";
import * as NodePath from "@effect/platform-node-shared/NodePath";
import * as NodeStdio from "@effect/platform-node-shared/NodeStdio";
import * as NodeTerminal from "@effect/platform-node-shared/NodeTerminal";
import * as Cause from "effect/Cause";
import * as CliConfig from "effect/cli/CliConfig";
import * as CliError from "effect/cli/CliError";
import * as CliOutput from "effect/cli/CliOutput";
import * as Command from "effect/cli/Command";
import * as GlobalFlag from "effect/cli/GlobalFlag";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Runtime from "effect/Runtime";
import { demo } from "./commands/demo.ts";
import { generate } from "./commands/generate.ts";
import { serve } from "./commands/serve.ts";
import { refuseDashedText } from "./dashes.ts";
import { exitCodes } from "./exitCodes.ts";
import { makePresenter } from "./output/presenter.ts";

const version = "0.1.0";

const root = Command.make("sluice").pipe(
  Command.withDescription("The production toolkit for Livepeer AI gateways"),
  Command.withSubcommands([generate, serve, demo]),
);

const platform = NodeChildProcessSpawner.layer.pipe(
  Layer.provideMerge(Layer.mergeAll(NodeFileSystem.layer, NodePath.layer)),
  Layer.merge(Layer.mergeAll(NodeStdio.layer, NodeTerminal.layer)),
);

const conventions = CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] });

export const run = (args: ReadonlyArray<string>) => {
  const json = args.includes("--json");
  const dashed = refuseDashedText(args, json);
  if (dashed !== undefined) return Effect.fail(dashed);
  const presenter = CliOutput.layerPresenter(makePresenter(json));
  return Command.runWith(root, { version })(args).pipe(
    Effect.provide(Layer.mergeAll(platform, conventions, presenter)),
  );
};

/** A wrong invocation ends with 2; everything else as Effect has it: 130 when interrupted, an error's own code, or 1. */
export const teardown: Runtime.Teardown = (exit, onExit) => {
  const misused = Exit.isFailure(exit) && isMisuse(Cause.squash(exit.cause));
  if (misused) onExit(exitCodes.usage);
  else Runtime.defaultTeardown(exit, onExit);
};

const isMisuse = (error: unknown): boolean =>
  CliError.isCliError(error) && (error._tag !== "ShowHelp" || error.errors.length > 0);
