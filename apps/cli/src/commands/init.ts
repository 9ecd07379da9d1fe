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
  ci: Flag.Boolean("ci").pipe(
    Flag.withDescription("Write a workflow for GitHub Actions as well (default; --no-ci leaves it out)"),
    Flag.withDefault(true),
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
    "Begin a project here: sluice.config.toml and launch.toml with every setting explained, .env.example, a workflow that runs the launch check (at the top of the repository), and lines for .gitignore. What is there already is kept.",
  ),
  Command.withShortDescription("Begin a project here: settings, .env.example, a workflow, .gitignore"),
  Command.withExamples([
    { command: "sluice init", description: "On a terminal, it asks which gateway" },
    { command: "sluice init --gateway livepeer-studio" },
    { command: "sluice init -n", description: "What would be written" },
  ]),
);
