/** `npm run bench -- <name> [--json]`. */
import type { Bench } from "./Bench.ts";
import { client } from "./benches/client.ts";
import { quote } from "./benches/quote.ts";
import { measure } from "./measure.ts";
import { table } from "./table.ts";

const benches: Readonly<Record<string, () => Promise<Bench>>> = { client, quote };

const [name = "", ...flags] = process.argv.slice(2);
const open = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (open === undefined || flags.some((flag) => flag !== "--json")) {
  process.stderr.write(`usage: npm run bench -- <${Object.keys(benches).join("|")}> [--json]\n`);
  process.exit(2);
}
const bench = await open();
const rows = await measure(bench);
const figures = await bench.close();
const json = flags.includes("--json");
// With `--json`, stdout carries the object alone.
const lines = Object.entries(figures).map(([figure, value]) => `${figure}: ${value.toFixed(1)}\n`);
(json ? process.stderr : process.stdout).write(`${table(rows)}\n${lines.join("")}`);
if (json) process.stdout.write(`${JSON.stringify({ bench: name, rows, figures })}\n`);
