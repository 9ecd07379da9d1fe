/** apps/cli/man/sluice.1: every command on one page, for `man sluice`. */
import type { FlagDoc, HelpDoc } from "effect/cli/HelpDoc";
import * as Option from "effect/Option";
import { exitCodeMeanings } from "../src/description/exitCodeMeanings.ts";
import { keyVariables } from "../src/credentials/keyOf.ts";
import { definitionOf, settingNames } from "../src/settings/definitions.ts";
import version from "../src/version.ts";
import type { Help } from "./helpPage.ts";
import { notice } from "./helpPage.ts";

export const manPage = (helps: ReadonlyArray<Help>): string => {
  const [top, ...commands] = helps;
  if (top === undefined) return "";
  return `${[
    `.\\" ${notice}`,
    `.TH SLUICE 1 "" "sluice ${version}" "Sluice"`,
    ".SH NAME",
    "sluice \\- make images, hear a price, see what is warm, find out what is wrong at Livepeer AI gateways",
    ".SH SYNOPSIS",
    ".B sluice",
    ".I command",
    "[\\fIflags\\fR]",
    ".SH DESCRIPTION",
    escaped(top.doc.description),
    ".SH EXAMPLES",
    ...examples(top.doc),
    ".SH COMMANDS",
    ...commands.flatMap(command),
    ".SH FLAGS OF EVERY COMMAND",
    ...(top.doc.globalFlags ?? []).flatMap(flag),
    ".SH ENVIRONMENT",
    "A flag wins over a variable, a variable over sluice.config.toml in this folder or above, and that over the user's own file.",
    ...settingNames.flatMap((name) => {
      const { variables, about, default: usual } = definitionOf(name);
      return entry(variables.map(bold).join(", "), `${about}${usual === undefined ? "" : ` (default ${usual})`}.`);
    }),
    ...entry(keyVariables.map(bold).join(", "), "The key, for gateways that ask for one. There is no flag for it."),
    ...entry(bold("NO_COLOR"), "No colours."),
    ".SH EXIT STATUS",
    ...exitCodeMeanings.flatMap(({ code, meaning }) => entry(bold(String(code)), meaning)),
    ".SH FILES",
    ...entry("sluice.config.toml", "Settings of a project."),
    ...entry("~/.config/sluice/config.toml", "Settings of the user."),
    ".SH SEE ALSO",
    ".UR https://github.com/livepeer/sluice",
    "The documentation",
    ".UE",
  ].join("\n")}\n`;
};

const command = ({ path, doc }: Help): ReadonlyArray<string> => [
  `.SS ${escaped(["sluice", ...path].join(" "))}`,
  escaped(doc.description),
  ".PP",
  `Usage: ${bold(doc.usage)}`,
  ...(doc.args ?? []).flatMap(({ name, description }) => entry(`\\fI${escaped(name)}\\fR`, textOf(description))),
  ...[...doc.flags, ...(doc.inheritedFlags ?? [])].flatMap(flag),
  ...((doc.examples ?? []).length === 0 ? [] : [".PP", "Examples:", ...examples(doc)]),
];

const flag = ({ name, aliases, type, description, required }: FlagDoc): ReadonlyArray<string> => {
  const names = [...aliases, `--${name.replace(/^-+/, "")}`].map(bold).join(", ");
  const value = type === "boolean" ? "" : ` \\fI${escaped(type)}\\fR`;
  return entry(`${names}${value}`, `${textOf(description)}${required ? " (required)" : ""}`);
};

const examples = ({ examples = [] }: HelpDoc): ReadonlyArray<string> =>
  examples.flatMap(({ command, description }) => [
    ...(description === undefined ? [] : [".PP", escaped(description)]),
    ".PP",
    ".RS 4",
    ".nf",
    escaped(command),
    ".fi",
    ".RE",
  ]);

const entry = (term: string, text: string): ReadonlyArray<string> => [".TP", term, escaped(text)];

const bold = (text: string): string => `\\fB${escaped(text)}\\fR`;

const textOf = (text: Option.Option<string>): string => Option.getOrElse(text, () => "");

/** A dash that is typed is no hyphen, and a line that begins with a dot or a quote is no command. */
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("…", "...")
    .replaceAll("’", "'")
    .replace(/^[.']/gm, "\\&$&");
