/** `sluice schema`: the command line, described for programs. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import { lazily } from "./lazily.ts";

const flags = {
  path: Argument.String("command").pipe(
    Argument.withDescription("A command's path, such as `config list`; all commands without it"),
    Argument.variadic(),
  ),
};
export type SchemaInput = Command.Command.Config.Infer<typeof flags>;

export const schema = Command.make(
  "schema",
  flags,
  lazily(() => import("../schema/schema.ts")),
).pipe(
  Command.withDescription(
    "Describe commands for programs: flags, arguments, exit codes, and the JSON that --json prints",
  ),
  Command.withShortDescription("Describe the commands, and what --json prints, for programs"),
  Command.withExamples([
    { command: "sluice schema", description: "Every command, with its flags and arguments" },
    { command: "sluice schema config list", description: "One, with the JSON Schemas of its events and its result" },
  ]),
);
