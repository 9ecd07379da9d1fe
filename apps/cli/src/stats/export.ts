/** `sluice stats export`: a line for each call, as CSV or as JSON. With `--json`, each call is an event. */
import * as Effect from "effect/Effect";
import type { ExportInput } from "../commands/stats.ts";
import { Output } from "../output/Output.ts";
import type { StatsCalls, StatsExport } from "../results/stats.ts";
import { plain } from "./listCalls.ts";
import { tellNothing } from "./nothing.ts";
import { openSource } from "./Source.ts";

type Row = StatsCalls["calls"][number];

/** In the order of the columns. */
const columns = [
  ...["at", "requestId", "gateway", "pipeline", "model", "outcome"],
  ...["statuses", "ms", "waitedMs", "coldStart", "costUsd"],
] as ReadonlyArray<string> as ReadonlyArray<keyof Row>;

export const run = (input: ExportInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const source = yield* openSource(input);
    const rows = (yield* source.calls).map(plain);
    if (rows.length === 0) tellNothing(source.name, output);
    if (input.format === "csv") output.product(csvOf(rows));
    else output.product(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    for (const row of rows) output.event({ type: "call", ...row });
    const result: StatsExport = { message: `${rows.length} calls`, source: source.name, exported: rows.length };
    output.done(result);
  });

/** As RFC 4180 has it; the head is there also without calls. */
export const csvOf = (rows: ReadonlyArray<Row>): string =>
  [columns.join(","), ...rows.map((row) => columns.map((column) => cell(row[column])).join(","))]
    .map((line) => `${line}\r\n`)
    .join("");

const cell = (value: Row[keyof Row]): string => {
  const text = Array.isArray(value) ? value.map((one) => one ?? "none").join(" ") : String(value ?? "");
  // A spreadsheet takes what begins so for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
