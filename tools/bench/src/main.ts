/** `npm run bench -- <name> [--json]`, and `npm run bench -- conformance [--json] [--write]`. */
import type { Bench } from "./Bench.ts";
import { api } from "./benches/api.ts";
import { bytes } from "./benches/bytes.ts";
import { client } from "./benches/client.ts";
import { cliStart } from "./benches/cliStart.ts";
import { download } from "./benches/download.ts";
import { isolation } from "./benches/isolation.ts";
import { quote } from "./benches/quote.ts";
import { sketch } from "./benches/sketch.ts";
import { telemetry } from "./benches/telemetry.ts";
import { upload } from "./benches/upload.ts";
import { conformance } from "./conformance/main.ts";
import { measure } from "./measure.ts";
import { goalLines } from "./proxying/goals.ts";
import { table } from "./table.ts";

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  "cli-start": cliStart,
  client,
  download,
  isolation,
  quote,
  sketch,
  telemetry,
  upload,
};

const [name = "", ...flags] = process.argv.slice(2);
const open = Object.hasOwn(benches, name) ? benches[name] : undefined;
const takes = (...known: ReadonlyArray<string>): boolean => flags.every((flag) => known.includes(flag));

const measured = async (opened: Bench): Promise<void> => {
  const rows = await measure(opened);
  const figures = await opened.close();
  const json = flags.includes("--json");
  const goals = opened.goals?.(rows);
  if (goals?.some(({ met }) => met !== true) === true) process.exitCode = 1;
  // With `--json`, stdout carries the object alone.
  const lines = Object.entries(figures).map(([figure, value]) => `${figure}: ${value.toFixed(1)}\n`);
  (json ? process.stderr : process.stdout).write(`${goalLines(goals ?? [])}${table(rows)}\n${lines.join("")}`);
  if (json) process.stdout.write(`${JSON.stringify({ bench: name, goals, rows, figures })}\n`);
};

if (open !== undefined && takes("--json")) await measured(await open());
else if (name === "bytes" && takes("--json")) await bytes(flags);
else if (name === "api" && takes("--json")) await api(flags);
else if (name === "conformance" && takes("--json", "--write")) await conformance(flags);
else {
  process.stderr.write(`usage: npm run bench -- <${[...Object.keys(benches), "bytes", "api"].join("|")}> [--json]\n`);
  process.stderr.write("       npm run bench -- conformance [--json] [--write]\n");
  process.exitCode = 2;
}
