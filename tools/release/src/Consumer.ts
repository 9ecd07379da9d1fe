/** An empty folder into which the packed packages were installed, as a stranger would, on one version of Node. */
import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { withoutHosts } from "../../repo/src/Kit.ts";
import type { Packed } from "./pack.ts";
import { workspaceRoot } from "./published.ts";

export interface Consumer {
  readonly folder: string;
  /** Runs a program in it and gives what it printed; rejects with what it printed when it fails. */
  readonly run: (program: string, ...words: ReadonlyArray<string>) => Promise<string>;
}

/**
 * What a stranger has beside our packages, at the versions that this repository is tested with: their peer, and the types
 * of Node. What else they import they bring along.
 */
const beside = ["effect", "@types/node"];

const versionOf = (name: string): string => {
  const manifest = readFileSync(join(workspaceRoot, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
};

const strict = ["--engine-strict", "--strict-peer-deps", "--ignore-scripts"];
const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];

/** Installs into an empty folder; `binaries` is where the `node` is that npm and the programs run on. */
export const consumerOf = async (
  packed: ReadonlyArray<Packed>,
  folder: string,
  binaries: string,
): Promise<Consumer> => {
  const PATH = [binaries, process.env["PATH"]].join(delimiter);
  // The conditions of this repository's own programs do not reach a stranger.
  const options = { cwd: folder, env: { ...process.env, PATH, NODE_OPTIONS: "" }, maxBuffer: 64 * 1024 * 1024 };
  const run: Consumer["run"] = async (program, ...words) => {
    const { stdout } = await promisify(execFile)(program, words, options).catch((error: unknown) => {
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      throw new Error(`\`${program} ${words.join(" ").slice(0, 80)}\` failed:\n${withoutHosts(stdout + stderr)}`);
    });
    return stdout;
  };
  cpSync(join(import.meta.dirname, "../consumer"), folder, { recursive: true });
  const dependencies = {
    ...Object.fromEntries(beside.map((name) => [name, versionOf(name)])),
    ...Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`])),
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
  await run("npm", "install", ...strict, ...quiet);
  return { folder, run };
};
