/**
 * Which core does what: the server that is measured has one to itself, and everything else stays off it. Without `taskset`,
 * or with a single core, nothing is pinned, and the figures shake more.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

const measured = "1";

const others = Array.from({ length: availableParallelism() }, (_, core) => String(core)).filter(
  (core) => core !== measured,
);

const pins = (...args: ReadonlyArray<string>): boolean => spawnSync("taskset", args, { stdio: "ignore" }).status === 0;

let known: boolean | undefined;
const canPin = (): boolean => (known ??= others.length > 0 && pins("-c", measured, "true"));

/** Keeps this process, and what it starts from now on, off the measured core. Gives whether it could. */
export const stepAside = (): boolean => canPin() && pins("-a", "-c", "-p", others.join(","), String(process.pid));

/** A command that runs on the measured core. */
export const onMeasuredCore = (command: ReadonlyArray<string>): ReadonlyArray<string> =>
  canPin() ? ["taskset", "-c", measured, ...command] : command;
