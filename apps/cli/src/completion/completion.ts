/** `sluice completion`. */
import * as Completions from "effect/cli/Completions";
import * as Effect from "effect/Effect";
import type { CompletionInput } from "../commands/completion.ts";
import { helpOf } from "../description/helpOf.ts";
import { Output } from "../output/Output.ts";
import type { Completion } from "../results/completion.ts";
import { wholeRoot } from "../root.ts";

export const run = ({ shell }: CompletionInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const root = yield* Effect.promise(wholeRoot);
    const { globalFlags = [] } = yield* helpOf([]);
    const everywhere = globalFlags.map(({ name, aliases }): Completions.FlagDescriptor => ({
      name,
      aliases: aliases.map((alias) => alias.replace(/^-+/, "")),
      description: undefined,
      type: { _tag: "Boolean" },
      negation: false,
    }));
    const generated = Completions.generate("sluice", shell, withFlags(Completions.fromCommand(root), everywhere));
    // effect/cli would have it printed by a flag.
    const script = `${generated.replaceAll("sluice --completions", "sluice completion").trimEnd()}\n`;
    output.product(script);
    output.done({ message: `a script for ${shell}`, shell, script } satisfies Completion);
  });

/** effect/cli leaves out the flags that every command takes. */
const withFlags = (
  command: Completions.CommandDescriptor,
  flags: ReadonlyArray<Completions.FlagDescriptor>,
): Completions.CommandDescriptor => ({
  ...command,
  flags: [...command.flags, ...flags],
  subcommands: command.subcommands.map((subcommand) => withFlags(subcommand, flags)),
});
