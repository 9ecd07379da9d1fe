/** Runs the CLI as a process, as a user's shell does, with pipes for its streams. What `--json` prints must keep its schema. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { inject } from "vitest";
import { home } from "./home.ts";
import { checkPrinted } from "./printed.ts";

/** The program, as it is shipped. */
export const main = join(inject("built"), "bin/sluice.cjs");
/** For the programs of this repository that run from their sources. */
export const nodeFlags = ["--conditions=@sluice/source"];

export interface Running {
  readonly env?: NodeJS.ProcessEnv;
  /** Where it runs; the repository's root unless told otherwise. */
  readonly cwd?: string;
  /** What is typed, or piped in; nothing unless told otherwise. */
  readonly stdin?: string;
}

/** Nothing of the tester's own settings reaches the CLI. */
export const environment = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: home,
  // Compiled code is kept between the tests.
  XDG_CACHE_HOME: inject("built"),
  ...env,
});

export const start = (
  args: ReadonlyArray<string>,
  env: NodeJS.ProcessEnv = {},
  running: Running = {},
): ChildProcess => {
  const { cwd, stdin } = running;
  const child = spawn(process.execPath, [main, ...args], {
    env: environment(env),
    cwd,
    stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.end(stdin);
  return child;
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const ended = async (child: ChildProcess): Promise<Ended> => {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the process has no pipes");
  const [out, err, [code]] = await Promise.all([
    text(stdout),
    text(stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { code, stdout: out, stderr: err };
};

export const sluice = async (
  args: ReadonlyArray<string>,
  env: NodeJS.ProcessEnv = {},
  running: Running = {},
): Promise<Ended> => {
  const all = await ended(start(args, env, running));
  if (args.includes("--json")) checkPrinted(all.stdout);
  return all;
};

/** The last line of what `--json` prints. */
export const resultOf = ({ stdout }: Ended): Readonly<Record<string, unknown>> =>
  JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Readonly<Record<string, unknown>>;

/** The lines before it. */
export const eventsOf = ({ stdout }: Ended): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  stdout
    .trimEnd()
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
