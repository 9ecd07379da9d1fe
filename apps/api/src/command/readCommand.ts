/** What the command line asks for. */
import { parseArgs } from "node:util";

export type Command =
  | { readonly name: "serve" | "check"; readonly config: string | undefined }
  | { readonly name: "key"; readonly key: string | undefined; readonly test: boolean }
  | { readonly name: "help" | "version" }
  | { readonly name: "mistake"; readonly message: string };

export const help = `sluice-api: a gateway in front of Livepeer AI gateways

  sluice-api                        start the service
  sluice-api --check                check the configuration, and end
  sluice-api key new [--name web]   make a key for a caller, and print it once, with what to put into the configuration

  --config FILE    settings as .toml or .json; else SLUICE_CONFIG, else the environment alone
  --test           of \`key new\`: a key that begins with slk_test_
  --help, --version

Exit codes: 0 it ended as told, 1 it could not start, 2 the command line is wrong, 78 the configuration is wrong.
`;

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
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
    if (values.help === true) return { name: "help" };
    if (values.version === true) return { name: "version" };
    if (positionals.length === 0) return { name: values.check === true ? "check" : "serve", config: values.config };
    if (positionals.join(" ") === "key new") {
      return { name: "key", key: values.name, test: values.test === true };
    }
    return { name: "mistake", message: `"${positionals.join(" ")}" is not a command` };
  } catch (error) {
    return { name: "mistake", message: error instanceof Error ? error.message : String(error) };
  }
};
