/** Other clients live in a package of their own, outside the workspace, and are installed when first used. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const home = join(import.meta.dirname, "../peers");

/** The version of a peer, as it is pinned. */
export const peerVersion = (name: string): string => pinned()[name] ?? "";

/** Installs the peers if one of them is not there. */
export const installPeers = (): void => {
  if (Object.keys(pinned()).every((name) => existsSync(join(home, "node_modules", name)))) return;
  process.stderr.write("installing the peers…\n");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: home, stdio: ["ignore", "ignore", "inherit"] });
};

/** Imports a peer's entry; installs the peers first if they are not there. */
export const importPeer = async (name: string): Promise<unknown> => {
  installPeers();
  return import(pathToFileURL(createRequire(join(home, "package.json")).resolve(name)).href);
};

const pinned = (): Readonly<Record<string, string>> => {
  const { dependencies } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return dependencies;
};
