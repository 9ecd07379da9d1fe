/** A command line that cannot be read: what is wrong with it, and what was probably meant. */
import type { NonShowHelpErrors } from "effect/cli/CliError";
import { type Failed, failed } from "./Failed.ts";

export const misuse = (found: ReadonlyArray<NonShowHelpErrors>, commandPath: ReadonlyArray<string>): Failed => {
  const path = commandPath.join(" ");
  // Of a command that there is not, no flag is known.
  const unknown = found.filter(({ _tag }) => _tag === "UnknownSubcommand");
  const errors = unknown.length === 0 ? found : unknown;
  const meant = errors.map((error) => meantBy(error, path)).find((one) => one !== undefined);
  return failed("SLUICE-USAGE", {
    message: errors.map(sentence).join("; "),
    fix: meant === undefined ? `See \`${path} --help\`.` : `Did you mean \`${meant}\`? Else see \`${path} --help\`.`,
  });
};

/** The library's own words hold several lines where it suggests something. */
const sentence = (error: NonShowHelpErrors): string => {
  switch (error._tag) {
    case "UnknownSubcommand":
      return `"${error.subcommand}" is no command of ${error.parent?.join(" ") ?? "sluice"}`;
    case "UnrecognizedOption":
      return `${error.option} is no flag of ${error.command?.join(" ") ?? "sluice"}`;
    case "InvalidValue":
      // Our own reasons are sentences, and no list of what is expected.
      return error.message.replace(/Expected: (?=")/, "");
    case "UnexpectedArgument":
      return `${error.message}; a text of several words is put in quotes`;
    default:
      return error.message;
  }
};

const meantBy = (error: NonShowHelpErrors, path: string): string | undefined => {
  switch (error._tag) {
    case "UnknownSubcommand":
      return error.suggestions[0] && `${path} ${error.suggestions[0]}`;
    case "UnrecognizedOption":
      return error.suggestions[0];
    default:
      return undefined;
  }
};
