/** `sluice init`: the files that a project begins with. */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { dryRun, gateway } from "./flags.ts";
import { lazily } from "./lazily.ts";

const flags = {
  gateway,
  force: Flag.Boolean("force").pipe(
    Flag.withAlias("f"),
    Flag.withDescription("Write files anew that are there already"),
    Flag.withDefault(false),
  ),
  dryRun,
};
export type InitInput = Command.Command.Config.Infer<typeof flags>;

export const init = Command.make(
  "init",
  flags,
  lazily(() => import("../init/run.ts")),
).pipe(
  Command.withDescription(
    "Begin a project here: sluice.config.toml with every setting explained, .env.example, and lines for .gitignore. What is there already is kept.",
  ),
  Command.withShortDescription("Begin a project here: settings, .env.example, .gitignore"),
  Command.withExamples([
    { command: "sluice init", description: "On a terminal, it asks which gateway" },
    { command: "sluice init --gateway livepeer-studio" },
    { command: "sluice init -n", description: "What would be written" },
  ]),
);
