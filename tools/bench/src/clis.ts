/** Other command lines, which the benchmark of the start sets beside ours. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Kit } from "../../repo/src/Kit.ts";

const home = join(import.meta.dirname, "../clis");

export const clis = new Kit(home);

const { dependencies } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** By the program that they install, the version that is pinned. */
export const cliVersions = { heroku: dependencies["heroku"], ionic: dependencies["@ionic/cli"] };
