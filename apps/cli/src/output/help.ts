/** A command's help: what it is, examples, then its parts. */
import { displayWidth } from "./displayWidth.ts";
import type { FlagDoc, HelpDoc } from "effect/cli/HelpDoc";
import * as Option from "effect/Option";
import type { Style } from "./style.ts";
import { wrap } from "./wrap.ts";

interface Entry {
  readonly name: string;
  readonly text: string;
}

export const helpText = (doc: HelpDoc, style: Style, columns: number): string => {
  const { description, examples = [], usage, args = [], subcommands = [], flags, inheritedFlags = [] } = doc;
  const section = (title: string, entries: ReadonlyArray<Entry>): ReadonlyArray<string> =>
    entries.length === 0 ? [] : [style.bold(title), ...list(entries, style, columns), ""];
  return [
    ...wrap(description, columns),
    "",
    ...(examples.length === 0
      ? []
      : [
          style.bold("EXAMPLES"),
          ...examples.flatMap(({ command, description: why }) => [
            ...(why === undefined ? [] : [style.dim(`  # ${why}`)]),
            `  ${style.accent(command)}`,
          ]),
          "",
        ]),
    style.bold("USAGE"),
    `  ${usage}`,
    "",
    ...subcommands.flatMap(({ group, commands }) =>
      section(
        (group ?? "Commands").toUpperCase(),
        commands.map(({ name, alias, shortDescription, description: long }) => ({
          name: alias === undefined ? name : `${name}, ${alias}`,
          text: shortDescription ?? long,
        })),
      ),
    ),
    ...section(
      "ARGUMENTS",
      args.map(({ name, description: text, required, variadic }) => ({
        name: `${required ? `<${name}>` : `[${name}]`}${variadic ? "…" : ""}`,
        text: textOf(text),
      })),
    ),
    ...section("FLAGS", [...flags, ...inheritedFlags].map(flagEntry)),
    ...section("EVERYWHERE", (doc.globalFlags ?? []).map(flagEntry)),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
};

const textOf = (text: Option.Option<string>): string => Option.getOrElse(text, () => "");

const flagEntry = ({ name, aliases, type, description, required }: FlagDoc): Entry => {
  const short = aliases.find((alias) => /^-[^-]$/.test(alias));
  const value = type === "boolean" ? "" : ` ${type}`;
  return {
    name: `${short === undefined ? "    " : `${short}, `}--${name.replace(/^--/, "")}${value}`,
    text: `${textOf(description)}${required ? " (required)" : ""}`,
  };
};

const widestName = 30;

const list = (entries: ReadonlyArray<Entry>, style: Style, columns: number): ReadonlyArray<string> => {
  const width = Math.min(Math.max(...entries.map(({ name }) => displayWidth(name))), widestName);
  const indent = " ".repeat(width + 4);
  return entries.flatMap(({ name, text }) => {
    const [first = "", ...rest] = wrap(text, columns - indent.length);
    const others = rest.map((line) => indent + line);
    const label = `  ${style.accent(name)}`;
    return displayWidth(name) > width
      ? [label, ...(first === "" ? [] : [indent + first]), ...others]
      : [`${label}${" ".repeat(width - displayWidth(name) + 2)}${first}`.trimEnd(), ...others];
  });
};
