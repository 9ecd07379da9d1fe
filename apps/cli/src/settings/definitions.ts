/**
 * What can be set, as data: by a flag, a variable or a line in a configuration file. The names are those in the files.
 *
 * A key is none of them: it comes from LIVEPEER_API_KEY or from where `sluice auth login` put it.
 */
import { parseUsd } from "@sluice/pricing";
import { parseDuration } from "../duration.ts";

export interface Definition<Value> {
  /** In order; the first that is set and not empty counts. */
  readonly variables: ReadonlyArray<string>;
  /** Throws with a sentence when the text is no value. */
  readonly parse: (text: string) => Value;
  /** As it would be written in a file; absent: there is none. */
  readonly default?: string;
  /** What the value is, for help and for `sluice config list`. */
  readonly about: string;
  /** Only the user's own file may set it, because a project's file may come from anybody. */
  readonly userOnly?: boolean;
}

const define = <const Given extends Definition<unknown>>(definition: Given): Given => definition;

const text = (given: string): string => {
  if (given.trim() === "") throw new Error("must not be empty");
  return given;
};

const usd = (given: string): string => {
  if (parseUsd(given) === undefined) throw new Error(`"${given}" is no amount of USD; write a decimal such as 0.05`);
  return given;
};

const oneOf =
  <const Names extends ReadonlyArray<string>>(...names: Names) =>
  (given: string): Names[number] => {
    const found = names.find((name) => name === given);
    if (found === undefined) throw new Error(`"${given}" is none of ${names.join(", ")}`);
    return found;
  };

const address = (given: string): string => {
  if (!/^https?:\/\/./.test(given) || !URL.canParse(given)) throw new Error(`"${given}" is no http(s) address`);
  return given;
};

const onOrOff = (given: string): boolean => oneOf("true", "false")(given) === "true";

export const definitions = {
  gateway: define({
    variables: ["SLUICE_GATEWAY"],
    parse: text,
    default: "livepeer-cloud",
    about: "The gateway: livepeer-cloud, livepeer-studio, go-livepeer, emulator, a base URL, or a .json file",
  }),
  gateway_url: define({
    variables: ["SLUICE_GATEWAY_URL", "LIVEPEER_GATEWAY_URL"],
    parse: text,
    about: "Another base URL for that gateway",
  }),
  timeout: define({
    variables: ["SLUICE_TIMEOUT"],
    parse: parseDuration,
    default: "300s",
    about: "How long a call may take, over all attempts and waits",
  }),
  max_cost: define({
    variables: ["SLUICE_MAX_COST"],
    parse: usd,
    about: "Refuse a call that would cost more, in USD",
  }),
  confirm_above: define({
    variables: ["SLUICE_CONFIRM_ABOVE"],
    parse: usd,
    default: "0.25",
    about: "Ask before a call that would cost more, in USD; in your own file only",
    // Whoever could raise it in a foreign folder would spend unasked.
    userOnly: true,
  }),
  output_folder: define({
    variables: ["SLUICE_OUTPUT_FOLDER"],
    parse: text,
    default: "out",
    about: "Where results go",
  }),
  preview: define({
    variables: ["SLUICE_PREVIEW"],
    parse: oneOf("auto", "kitty", "iterm2", "none"),
    default: "auto",
    about: "How images are shown in the terminal: auto, kitty, iterm2 or none",
  }),
  service: define({
    variables: ["SLUICE_SERVICE"],
    parse: address,
    about: "The admin address of a Sluice service, for `sluice stats`",
  }),
  keychain: define({
    variables: ["SLUICE_KEYCHAIN"],
    parse: oneOf("auto", "off"),
    default: "auto",
    about:
      "Where `sluice auth login` keeps keys: auto (the system's keychain, else a file) or off (a file, plain text)",
    userOnly: true,
  }),
  history: define({
    variables: ["SLUICE_HISTORY"],
    parse: onOrOff,
    default: "true",
    about: "Keep a record of calls on this machine, for `sluice stats`: true or false; prompts are never in it",
  }),
} as const satisfies Readonly<Record<string, Definition<unknown>>>;

export type SettingName = keyof typeof definitions;

export const settingNames = Object.keys(definitions) as ReadonlyArray<SettingName>;

export type ValueOf<Name extends SettingName> = ReturnType<(typeof definitions)[Name]["parse"]>;

/** Those that always have a value. */
type WithDefault = {
  [Name in SettingName]: (typeof definitions)[Name] extends { readonly default: string } ? Name : never;
}[SettingName];
export type Value<Name extends SettingName> = Name extends WithDefault ? ValueOf<Name> : ValueOf<Name> | undefined;

/** One of them, whichever. */
export const definitionOf = (name: SettingName): Definition<unknown> => definitions[name];
