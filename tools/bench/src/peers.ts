/** Other clients, which the benchmarks set beside ours. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Kit } from "../../repo/src/Kit.ts";

const home = join(import.meta.dirname, "../peers");

export const peers = new Kit(home);

const { dependencies } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** The version of a peer, as it is pinned. */
export const peerVersion = (name: string): string => dependencies[name] ?? "";

/** Imports a peer's entry; installs the peers first if they are not there. */
export const importPeer = async (name: string): Promise<unknown> => import(pathToFileURL(peers.entryOf(name)).href);
