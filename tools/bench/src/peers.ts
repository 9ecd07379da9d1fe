/** Other clients live in a package of their own, outside the workspace, and are installed when first used. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const home = join(import.meta.dirname, "../peers");

/** Imports a peer's entry; installs the peers first if they are not there. */
export const importPeer = async (name: string): Promise<unknown> => {
  if (!existsSync(join(home, "node_modules"))) {
    process.stderr.write("installing the peers…\n");
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: home, stdio: ["ignore", "ignore", "inherit"] });
  }
  return import(pathToFileURL(createRequire(join(home, "package.json")).resolve(name)).href);
};
