/** `npm run bench -- conformance [--json] [--write]`: runs the table, prints it, and ends with 1 when our row is not all right. */
import { writeFileSync } from "node:fs";
import { clients, sluice } from "./clients.ts";
import { peers } from "../peers.ts";
import { columns } from "./columns.ts";
import { pageOf, pagePath } from "./page.ts";
import { type Cell, runAll } from "./run.ts";

export const conformance = async (flags: ReadonlyArray<string>): Promise<void> => {
  peers.install();
  const cells = await runAll();
  const json = flags.includes("--json");
  // With `--json`, stdout carries the object alone.
  (json ? process.stderr : process.stdout).write(columns.map(({ title }) => linesOf(title, cells)).join("\n"));
  if (json) process.stdout.write(`${JSON.stringify({ bench: "conformance", cells })}\n`);
  if (flags.includes("--write")) writeFileSync(pagePath, await pageOf(cells));
  if (cells.some(({ client, right }) => client === sluice.name && !right)) process.exitCode = 1;
};

const linesOf = (title: string, cells: ReadonlyArray<Cell>): string => {
  const width = Math.max(...clients.map(({ name }) => name.length));
  const lines = cells
    .filter(({ column }) => column === title)
    .map(({ client, right, seen }) => `  ${client.padEnd(width)}  ${right ? "right" : "WRONG"}  ${seen}\n`);
  return `${title}\n${lines.join("")}`;
};
