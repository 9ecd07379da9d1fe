/**
 * A gateway call by several clients over a local server: CPU of the calling process. `undici.request` is 1. Each client has a
 * process of its own, as in a program, so that none pays for what another leaves to its collector; they take turns.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Bench, Heat } from "../Bench.ts";
import { callers } from "../calls/callers.ts";

const folder = join(import.meta.dirname, "../calls");

/** Before the first figure. A program that makes calls for hours is compiled by then. */
const warmUp = 10_000;

export const client = async (): Promise<Bench> => {
  const started: Array<Started> = [];
  const start = (script: string, ...args: ReadonlyArray<string>): Started => {
    const one = startedBy(fork(join(folder, script), [...args]));
    started.push(one);
    return one;
  };
  const origin = `http://127.0.0.1:${String(await start("gateway.ts").message())}`;

  const contender = (name: string, width: number) => {
    const warmed = async () => {
      const one = start("process.ts", name, origin, String(width));
      await one.message();
      await ask(one, warmUp);
      return one;
    };
    let warm: Promise<Started> | undefined;
    return { name, weigh: async (times: number) => ask(await (warm ??= warmed()), times) };
  };
  const heat = (name: string, width: number, times: number): Heat => ({
    name,
    anchor: "undici.request",
    contenders: Object.keys(callers).map((caller) => contender(caller, width)),
    times,
  });
  return {
    unit: "µs CPU per call",
    rounds: 31,
    heats: [heat("one at a time", 1, 200), heat("50 at once", 50, 1_000)],
    close: () => {
      for (const { child } of started) child.disconnect();
      return Promise.resolve({});
    },
  };
};

interface Started {
  readonly child: ChildProcess;
  /** The next that it sends. */
  readonly message: () => Promise<unknown>;
}

const startedBy = (child: ChildProcess): Started => {
  const ended = once(child, "exit").then(() => {
    throw new Error("a process of the benchmark has ended");
  });
  ended.catch(() => undefined);
  const message = async () => {
    const [sent] = (await Promise.race([once(child, "message"), ended])) as [unknown];
    return sent;
  };
  return { child, message };
};

/** The figure for so many calls. */
const ask = ({ child, message }: Started, times: number): Promise<number> => {
  child.send(times);
  return message() as Promise<number>;
};
