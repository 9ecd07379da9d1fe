/**
 * The flags that every command has. They are read before the command line is parsed, because a command line that cannot be
 * parsed is answered by them too; the parser knows them so that it takes them anywhere, and help shows them.
 */
import * as Flag from "effect/cli/Flag";
import * as GlobalFlag from "effect/cli/GlobalFlag";

export interface Globals {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Neither `--no-color` nor `NO_COLOR` speaks against it. */
  readonly mayColor: boolean;
  /** Nothing but a terminal is needed to ask a question. */
  readonly mayAsk: boolean;
}

const flag = (name: string, description: string) => Flag.Boolean(name).pipe(Flag.withDescription(description));

const json = flag("json", "Print JSON alone on stdout: events, where there are any, then one result").pipe(
  Flag.withDefault(false),
);
const quiet = flag("quiet", "Nothing on stderr but failures").pipe(Flag.withAlias("q"), Flag.withDefault(false));
const noColor = flag("no-color", "No colours, as with NO_COLOR=1").pipe(Flag.withDefault(false));
const noInput = flag("no-input", "Never ask; what would need an answer fails").pipe(Flag.withDefault(false));

export const globalFlags = [
  GlobalFlag.Setting("json")({ flag: json }),
  GlobalFlag.Setting("quiet")({ flag: quiet }),
  GlobalFlag.Setting("no-color")({ flag: noColor }),
  GlobalFlag.Setting("no-input")({ flag: noInput }),
] as const;

const yes = new Set(["1", "true", "yes", "on"]);

/** Whether a flag is set, by any of its names, before the `--` that ends them. */
const isSet = (args: ReadonlyArray<string>, ...names: ReadonlyArray<string>): boolean => {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((arg) => {
    const [name = "", value] = arg.split("=", 2);
    return names.includes(name) && (value === undefined || yes.has(value.toLowerCase()));
  });
};

export const readGlobals = (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv): Globals => ({
  json: isSet(args, "--json") || (env["SLUICE_OUTPUT"] === "json" && !args.includes("--no-json")),
  quiet: isSet(args, "--quiet", "-q"),
  mayColor: !isSet(args, "--no-color") && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb",
  mayAsk: !isSet(args, "--no-input") && (env["CI"] ?? "") === "",
});
