/** The command tree, and how a run of it ends. */
import { type GatewayError, isGatewayError } from "@sluice/errors";
import * as Cause from "effect/Cause";
import * as CliError from "effect/cli/CliError";
import * as CliOutput from "effect/cli/CliOutput";
import * as Command from "effect/cli/Command";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Runtime from "effect/Runtime";
import { conventions } from "./conventions.ts";
import { refuseDashedText } from "./dashes.ts";
import { exitCodes } from "./exitCodes.ts";
import { Failed, failed, failedCall } from "./failures/Failed.ts";
import { readGlobals } from "./globals.ts";
import { makeOutput, Output, type OutputShape } from "./output/Output.ts";
import { makePresenter } from "./output/presenter.ts";
import { platform } from "./platform.ts";
import { commandPath, type Root, rootFor } from "./root.ts";
import version from "./version.ts";

export const run = (args: ReadonlyArray<string>) => {
  let root: Root | undefined;
  const path = (): string => (root === undefined ? [] : commandPath(root, args)).join(" ");
  const output = makeOutput(readGlobals(args, process.env), path);
  const dashed = refuseDashedText(args);
  const running = Effect.promise(() => rootFor(args)).pipe(
    Effect.tap((found) => Effect.sync(() => (root = found))),
    Effect.flatMap((found) => (dashed === undefined ? Command.runWith(found, { version })(args) : Effect.fail(dashed))),
  );
  return running.pipe(
    Effect.provide(Layer.merge(conventions, CliOutput.layerPresenter(makePresenter(output)))),
    Effect.provide(platform),
    Effect.provideService(Output, output),
    Effect.tapCause((cause) => Effect.sync(() => tell(cause, output))),
  );
};

/** Everything that ends a command is said here, and once. What was misused has been said by the presenter. */
const tell = (cause: Cause.Cause<Failed | GatewayError | CliError.CliError>, output: OutputShape): void => {
  if (Cause.hasInterruptsOnly(cause)) return;
  const error = Cause.squash(cause);
  if (error instanceof Failed) output.failed(error);
  else if (isGatewayError(error)) output.failed(failedCall(error));
  else if (!CliError.isCliError(error)) output.failed(unexpected(error));
};

/** A bug. Its stack is for those who ask for it. */
const unexpected = (error: unknown): Failed => {
  const isShown = (process.env["SLUICE_DEBUG"] ?? "") !== "";
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack?.split("\n").slice(1) ?? []) : [];
  return failed("SLUICE-UNEXPECTED", { message, ...(isShown ? { lines: stack.map((line) => line.trim()) } : {}) });
};

/** A wrong invocation ends with 2; a failed call as its class says; everything else as Effect has it: 130 when interrupted. */
export const teardown: Runtime.Teardown = (exit, onExit) => {
  const end = (code: number): void => {
    // Native threads may still wait for a keychain that hangs. What was printed is written first.
    process.exitCode = code;
    process.stdout.write("", () =>
      process.stderr.write("", () => {
        onExit(code);
        // Only a failure ends the process there. To take a whole heap down in good order takes a while, and is of no use.
        process.exit(code);
      }),
    );
  };
  const error = Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined;
  if (error !== undefined && isMisuse(error)) end(exitCodes.usage);
  else if (isGatewayError(error)) end(failedCall(error).exitCode);
  else Runtime.defaultTeardown(exit, end);
};

const isMisuse = (error: unknown): boolean =>
  CliError.isCliError(error) && (error._tag !== "ShowHelp" || error.errors.length > 0);
