/** `npm run bench -- conformance [--json] [--write]`: holds the drills, prints what was seen, and ends with 1 when ours is not all right. */
import { scenarios } from "@sluice/readiness/drill";
import { writeFileSync } from "node:fs";
import { clients, sluice } from "./clients.ts";
import { peers } from "../peers.ts";
import { pageOf, pagePath, shown } from "./page.ts";
import { type Cell, runAll } from "./run.ts";

export const conformance = async (flags: ReadonlyArray<string>): Promise<void> => {
  peers.install();
  const cells = await runAll();
  const json = flags.includes("--json");
  // With `--json`, stdout carries the object alone.
  (json ? process.stderr : process.stdout).write(scenarios.map((scenario) => linesOf(scenario, cells)).join("\n"));
  if (json) process.stdout.write(`${JSON.stringify({ bench: "conformance", cells })}\n`);
  if (flags.includes("--write")) writeFileSync(pagePath, await pageOf(cells));
  if (cells.some(({ client, verdict }) => client === sluice.name && verdict !== "right")) process.exitCode = 1;
};

const linesOf = (
  { id, title }: Pick<(typeof scenarios)[number], "id" | "title">,
  cells: ReadonlyArray<Cell>,
): string => {
  const width = Math.max(...clients.map(({ name }) => name.length));
  const lines = cells
    .filter(({ scenario }) => scenario === id)
    .map(({ client, verdict, seen }) => `  ${client.padEnd(width)}  ${shown[verdict].padEnd(9)}  ${seen}\n`);
  return `${title}\n${lines.join("")}`;
};
