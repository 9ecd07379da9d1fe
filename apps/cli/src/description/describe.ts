/** The commands as data, from what their help says and what completion knows of their values. */
import * as Completions from "effect/cli/Completions";
import type { FlagDoc, HelpDoc } from "effect/cli/HelpDoc";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { Output } from "../output/Output.ts";
import type { CommandDescription, FlagDescription } from "../results/schema.ts";
import { wholeRoot } from "../root.ts";
import { helpOf } from "./helpOf.ts";

interface Place {
  readonly path: ReadonlyArray<string>;
  readonly alias: string | undefined;
  readonly group: string | undefined;
}

const top: Place = { path: [], alias: undefined, group: undefined };

/** Every command with its help, a command before its own commands. */
export const everyHelp = (
  place = top,
): Effect.Effect<ReadonlyArray<Place & { readonly doc: HelpDoc }>, never, Output> =>
  Effect.gen(function* () {
    const doc = yield* helpOf(place.path);
    const below = (doc.subcommands ?? []).flatMap(({ group, commands }) =>
      commands.map(({ name, alias }): Place => ({ path: [...place.path, name], alias, group })),
    );
    const inner = yield* Effect.forEach(below, everyHelp);
    return [{ ...place, doc }, ...inner.flat()];
  });

const everything = Effect.all([everyHelp(), Effect.promise(wholeRoot)]);

export const describeCommands = Effect.map(everything, ([all, root]): ReadonlyArray<CommandDescription> => {
  const completed = Completions.fromCommand(root);
  return all.map(({ path, alias, group, doc }) => {
    const known = descriptorAt(completed, path);
    return {
      path: path.join(" "),
      aliases: alias === undefined ? [] : [alias],
      group: group ?? null,
      description: doc.description,
      usage: doc.usage,
      arguments: (doc.args ?? []).map(({ name, description, required, variadic }) => ({
        ...{ name, description: textOf(description), required, variadic },
        ...choicesOf(known?.arguments.find((one) => one.name === name)?.type),
      })),
      flags: [...doc.flags, ...(doc.inheritedFlags ?? [])].map((flag) => ({
        ...describeFlag(flag),
        ...choicesOf(known?.flags.find(({ name }) => name === bare(flag.name))?.type),
      })),
      examples: (doc.examples ?? []).map(({ command, description }) => ({
        ...{ command },
        ...(description === undefined ? {} : { description }),
      })),
      subcommands: (doc.subcommands ?? []).flatMap(({ commands }) =>
        commands.map(({ name }) => [...path, name].join(" ")),
      ),
    };
  });
});

export const describeFlag = ({ name, aliases, type, description, required }: FlagDoc): FlagDescription => ({
  name: `--${bare(name)}`,
  aliases,
  type,
  description: textOf(description),
  required,
});

const bare = (name: string): string => name.replace(/^-+/, "");

const textOf = (text: Option.Option<string>): string => Option.getOrElse(text, () => "");

const choicesOf = (
  type: Completions.FlagType | Completions.ArgumentType | undefined,
): { readonly choices?: ReadonlyArray<string> } => (type?._tag === "Choice" ? { choices: type.values } : {});

const descriptorAt = (
  top: Completions.CommandDescriptor,
  path: ReadonlyArray<string>,
): Completions.CommandDescriptor | undefined =>
  path.reduce<Completions.CommandDescriptor | undefined>(
    (found, word) => found?.subcommands.find(({ name }) => name === word),
    top,
  );
