/**
 * `npm run bench -- api [--json]`: what a proxy in front of a gateway costs. No proxy at all, the thinnest one in Node (the
 * floor, which is 1), our service with everything on, Portkey's gateway and nginx take turns, each in a process of its own on
 * the same core. It reads `/proc`, so it runs on Linux.
 */
import { contestants } from "../proxying/contestants.ts";
import { stepAside } from "../proxying/cores.ts";
import { goalLines } from "../proxying/goals.ts";
import { buildSluice } from "../proxying/sluice.ts";
import { fullEffort, measureProxies } from "../proxying/measureProxies.ts";
import { table } from "../table.ts";

export const api = async (flags: ReadonlyArray<string>): Promise<void> => {
  // The proxies end with this process, also when it is told to end.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  buildSluice();
  const all = contestants();
  if (!stepAside()) process.stderr.write("nothing is pinned to a core: the figures shake more\n");
  const { rows, goals } = await measureProxies(all, fullEffort);
  const json = flags.includes("--json");
  // With `--json`, stdout carries the object alone.
  (json ? process.stderr : process.stdout).write(`${table(rows)}\n\n${goalLines(goals)}`);
  if (json) process.stdout.write(`${JSON.stringify({ bench: "api", rows, goals })}\n`);
};
