/** What the command line asks for. */
import { parseArgs } from "node:util";

export type Command =
  | { readonly name: "serve" | "check" | "testAlerts"; readonly config: string | undefined }
  | { readonly name: "key"; readonly key: string | undefined; readonly test: boolean; readonly json: boolean }
  | { readonly name: "help" | "version" }
  | { readonly name: "mistake"; readonly message: string };

export const help = `sluice-api: a gateway in front of Livepeer AI gateways

  sluice-api                        start the service
  sluice-api --check                check the configuration, and end
  sluice-api key new [--name web]   make a key for a caller, and print it once, with what to put into the configuration
  sluice-api alerts test            send each webhook a test alert, and say what it answered

  --config FILE    settings as .toml or .json; else SLUICE_CONFIG, else the environment alone
  --test           of \`key new\`: a key that begins with slk_test_
  --json           of \`key new\`: one line, {"key":…,"name":…,"id":…,"hash":…,"created":…}, and nothing else
  --help, --version

Exit codes: 0 it ended as told, 1 it could not start or a webhook took no test, 2 the command line is wrong, 78 the configuration is wrong.
`;

const optionsOf: Readonly<Record<string, ReadonlyArray<string>>> = {
  "": ["check", "config"],
  "key new": ["name", "test", "json"],
  "alerts test": ["config"],
};

export const readCommand = (args: ReadonlyArray<string>): Command => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        check: { type: "boolean" },
        config: { type: "string" },
        name: { type: "string" },
        test: { type: "boolean" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
    if (values.help === true) return { name: "help" };
    if (values.version === true) return { name: "version" };
    const written = positionals.join(" ");
    const taken = optionsOf[written];
    const other = Object.keys(values).find((option) => taken?.includes(option) === false);
    if (other !== undefined)
      return { name: "mistake", message: `--${other} is no option of ${written || "the service"}` };
    if (written === "") return { name: values.check === true ? "check" : "serve", config: values.config };
    if (written === "alerts test") return { name: "testAlerts", config: values.config };
    if (written === "key new") {
      return { name: "key", key: values.name, test: values.test === true, json: values.json === true };
    }
    return { name: "mistake", message: `"${written}" is not a command` };
  } catch (error) {
    return { name: "mistake", message: error instanceof Error ? error.message : String(error) };
  }
};
