/**
 * How soon the command line has answered: the time of a whole process, from its start to its end. `node -e 0`, which starts
 * Node alone, is 1. Ours is built first and runs as it is published; its compiled code is kept from an earlier run, but for
 * the row that says so. Beside it: other command lines that are npm packages, at the least that they can be asked.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench, Contender, Row } from "../Bench.ts";
import { clis, cliVersions } from "../clis.ts";
import { atMost, type Goal } from "../proxying/goals.ts";

const workspace = join(import.meta.dirname, "../../../..");
const program = join(workspace, "apps/cli/bin/sluice.cjs");

/** What each may take, as a ratio to `node -e 0`. */
export const goals = { "--version": 1.5, "--help": 2.5, "cost estimate text-to-image": 3 };

const heat = "a process";

const goalsOf = (rows: ReadonlyArray<Row>): ReadonlyArray<Goal> =>
  Object.entries(goals).map(([words, limit]) => {
    const row = rows.find(({ name }) => name === `sluice ${words}, ${heat}`);
    return atMost(`sluice ${words}, of node -e 0`, row?.ratio ?? Number.NaN, limit);
  });

export const cliStart = (): Promise<Bench> => {
  clis.install();
  execFileSync("nx", ["run", "@sluice/cli:build"], { cwd: workspace, stdio: ["ignore", "ignore", "inherit"] });
  const home = mkdtempSync(join(tmpdir(), "sluice-start-"));
  const others = [
    ...Object.entries(cliVersions).map(([name, version = ""]) => ({
      name: `${name} ${version}`,
      words: [join(clis.binaries, name), "--version"],
    })),
    { name: "npm", words: [npm, "--version"] },
  ];
  const contenders = [
    starting("node -e 0", ["-e", "0"], home),
    ...Object.keys(goals).map((words) => starting(`sluice ${words}`, [program, ...words.split(" ")], home)),
    ...["--help", "cost estimate text-to-image"].map((words) =>
      starting(`sluice ${words}, nothing kept`, [program, ...words.split(" ")], home, (own) => {
        rmSync(join(own, ".cache"), { recursive: true, force: true });
      }),
    ),
    ...others.map(({ name, words }) => starting(`${name} --version`, words, home)),
  ];
  return Promise.resolve({
    unit: "ms",
    rounds: 31,
    heats: [{ name: heat, anchor: "node -e 0", contenders, times: 1 }],
    goals: goalsOf,
    close: () => {
      rmSync(home, { recursive: true, force: true });
      return Promise.resolve({});
    },
  });
};

/** npm as this machine has it. */
const npm = realpathSync(execFileSync("which", ["npm"], { encoding: "utf8" }).trim());

/** `before`: what is done before the time is taken, and not of it. */
const starting = (
  name: string,
  words: ReadonlyArray<string>,
  home: string,
  before: (own: string) => void = () => undefined,
): Contender => {
  // A home for each, so that what one keeps is no other's.
  const own = join(home, name.replaceAll(/\W+/g, "-"));
  mkdirSync(own, { recursive: true });
  const env = { PATH: process.env["PATH"], HOME: own, NO_COLOR: "1", npm_config_update_notifier: "false" };
  const run = async (): Promise<number> => {
    before(own);
    const begun = performance.now();
    const child = spawn(process.execPath, words, { cwd: own, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.resume();
    child.stderr.resume();
    const [code] = (await once(child, "close")) as [number | null];
    const ms = performance.now() - begun;
    if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
    return ms;
  };
  let warm: Promise<number> | undefined;
  return { name, weigh: async () => (await (warm ??= run()), run()) };
};
