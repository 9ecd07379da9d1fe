/** `.env.example`: the variables that Sluice knows, to copy to `.env`, which git ignores. It holds names, and no key. */
import { definitionOf, settingNames } from "../settings/definitions.ts";

export const envExample = (): string =>
  [
    "# Copy to .env and fill in; git ignores .env. An empty variable counts as not set.",
    "# Sluice reads no .env by itself, because one in a foreign folder could send your key elsewhere. To load it:",
    "#   set -a; . ./.env; set +a",
    "",
    "# The key, for gateways that ask for one. On your own machine, `sluice auth login` is safer.",
    "LIVEPEER_API_KEY=",
    ...settingNames.flatMap((name) => {
      const { variables, about } = definitionOf(name);
      return ["", `# ${about}`, `# ${variables[0] ?? ""}=`];
    }),
    "",
  ].join("\n");
