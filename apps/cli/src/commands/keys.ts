/** `sluice keys`: what a key may do, and where one must not be. */
import * as Command from "effect/cli/Command";
import { inspect } from "./keys/inspect.ts";
import { scan } from "./keys/scan.ts";

export const keys = Command.make("keys").pipe(
  Command.withDescription("What a key may do, and where one has leaked"),
  Command.withExamples([
    { command: "sluice keys scan", description: "Find keys in code, bundles and git history" },
    { command: "sluice keys inspect -g livepeer-studio", description: "What the gateway lets its key do" },
  ]),
  Command.withSubcommands([scan, inspect]),
);
