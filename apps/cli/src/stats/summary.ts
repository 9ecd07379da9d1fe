/** `sluice stats`: each pipeline at each gateway, and the alerts. */
import type { Report } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import type { SummaryInput } from "../commands/stats.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import { type Column, table } from "../output/table.ts";
import { visible } from "../output/visible.ts";
import type { Stats } from "../results/stats.ts";
import { milliseconds, okShare, spent, time } from "./cells.ts";
import { tellNothing } from "./nothing.ts";
import { openSource, reportOf } from "./Source.ts";

export const run = (input: SummaryInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const source = yield* openSource(input);
    const report = yield* reportOf(yield* source.counted, input.models);
    const calls = report.series.reduce((sum, { calls: { total } }) => sum + total, 0);
    if (report.series.length === 0) tellNothing(source.name, output);
    else output.product(screenOf(report, input.models, output));
    for (const line of alertLines(report, output)) output.product(`${line}\n`);
    const result: Stats = { message: `${calls} calls, ${report.alerts.length} alerts`, source: source.name, report };
    output.done(result);
  });

/** Always there; others come where they were answered. */
const usual: ReadonlyArray<string> = ["200", "422", "429", "500", "503"];

/** A column for each answer needs as much. */
const wide = 120;

type Series = Report["series"][number];
type Cell = Column & { readonly of: (one: Series) => string };

const left = (title: string, of: Cell["of"]): Cell => ({ title, of });
const right = (title: string, of: Cell["of"]): Cell => ({ title, of, align: "right" });

const cellsOf = (series: ReadonlyArray<Series>, byModel: boolean, room: number | undefined): ReadonlyArray<Cell> => {
  const seen = new Set(series.flatMap(({ attempts }) => Object.keys(attempts.byStatus)));
  const named = (status: string): string => (status === "none" ? "NO ANSWER" : status);
  const answers = [...new Set([...usual, ...seen])]
    .toSorted()
    .map((status) => right(named(status), ({ attempts }) => String(attempts.byStatus[status] ?? 0)));
  const latency = (title: string, of: "p50Ms" | "p95Ms" | "p99Ms") =>
    right(title, (one) => milliseconds(one.latency.all.ok[of]));
  const first = [
    left("PIPELINE", ({ pipeline }) => visible(pipeline)),
    left("GATEWAY", ({ gateway }) => visible(gateway)),
    ...(byModel ? [left("MODEL", ({ model }) => visible(model))] : []),
    right("CALLS", ({ calls }) => String(calls.total)),
    right("OK%", okShare),
    latency("p50", "p50Ms"),
    latency("p95", "p95Ms"),
  ];
  if (room !== undefined && room < wide) {
    const together = ({ attempts }: Series): string =>
      Object.entries(attempts.byStatus)
        .map(([status, count]) => `${status}×${count}`)
        .join(" ");
    return [...first, left("ANSWERS", together), right("COST", spent)];
  }
  return [
    ...first,
    latency("p99", "p99Ms"),
    ...answers,
    right("RETRIES", ({ retries }) => String(retries)),
    right("COST", spent),
  ];
};

const screenOf = ({ series, since, at }: Report, byModel: boolean, output: OutputShape): string => {
  const cells = cellsOf(series, byModel, output.columns);
  const busiest = series.toSorted((one, other) => other.calls.total - one.calls.total);
  const rows = busiest.map((one) => cells.map(({ of }) => of(one)));
  const head = since === null ? "" : output.style.dim(`${time(since)} to ${time(at)} UTC`);
  return `${head}\n${table(cells, rows, output)}`;
};

/** What fires first; that nothing does is said as well. */
const alertLines = ({ alerts, series }: Report, { style }: OutputShape): ReadonlyArray<string> => {
  if (alerts.length === 0) return series.length === 0 ? [] : [`${style.dim("alerts")}  ${style.good("none")}`];
  return alerts
    .toSorted((one, other) => (one.state < other.state ? -1 : 1))
    .map(({ state, name, pipeline, gateway, since, shares }) => {
      const [share] = shares;
      const why = share === undefined ? "" : `: ${share.bad} of ${share.events} in ${share.window}`;
      const label = state === "firing" ? style.bad("FIRING") : style.warn("pending");
      return `${style.dim("alerts")}  ${label} ${visible(name)} since ${time(since)}  ${visible(pipeline)} on ${visible(gateway)}${why}`;
    });
};
