/** `sluice completion`: what a shell needs to complete a command line. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import { lazily } from "./lazily.ts";

const flags = {
  shell: Argument.Literals("shell", ["bash", "zsh", "fish", "powershell"]).pipe(
    Argument.withDescription("bash, zsh, fish or powershell"),
  ),
};
export type CompletionInput = Command.Command.Config.Infer<typeof flags>;

export const completion = Command.make(
  "completion",
  flags,
  lazily(() => import("../completion/completion.ts")),
).pipe(
  Command.withDescription("Print a script that completes commands and flags in a shell"),
  Command.withExamples([
    { command: "sluice completion bash > ~/.local/share/bash-completion/completions/sluice", description: "Bash" },
    { command: 'sluice completion zsh > "${fpath[1]}/_sluice"', description: "Zsh" },
    { command: "sluice completion fish > ~/.config/fish/completions/sluice.fish", description: "Fish" },
    { command: "sluice completion powershell >> $PROFILE", description: "PowerShell" },
  ]),
);
