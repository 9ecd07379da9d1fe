/** A report for a terminal, at most 80 columns wide: what is wrong first, then each gateway, pipeline and model. */
import { formatUsd, nanoUsd, parseUsd } from "@sluice/pricing";
import type { Window } from "../measure/Latency.ts";
import { formatCount, formatMs, formatShare, formatTime } from "./format.ts";
import type { AlertReport, Percentiles, Report, SeriesReport } from "./Report.ts";

const tableWidth = 80;

/** `window`: whose percentiles; `all`, since the start, unless told otherwise. The counts are since the start. */
export const tableOf = (report: Report, window: Window | "all" = "all"): string => {
  const { at, since, alerts, series } = report;
  if (since === null) return "No calls yet.";
  const title = `Calls to Livepeer gateways, ${formatTime(since)} to ${formatTime(at)} UTC`;
  const busiest = series.toSorted((a, b) => b.calls.total - a.calls.total || b.attempts.total - a.attempts.total);
  const blocks = [alerts.flatMap(alertLines), ...busiest.map((one) => seriesLines(one, window))];
  return [[title], ...blocks]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
};

const alertLines = ({ state, name, gateway, pipeline, since, shares }: AlertReport): ReadonlyArray<string> => [
  ...wrapped(`${state.toUpperCase()} ${name} since ${formatTime(since)}`, "  "),
  ...wrapped(`  ${pipeline} on ${gateway}`, "  "),
  ...shares.map(
    ({ window, bad, events, above }) =>
      `  ${formatShare(bad, events)} over ${window}: ${formatCount(bad)} of ${formatCount(events)}; the limit is ${formatShare(above, 1)}`,
  ),
];

const seriesLines = (series: SeriesReport, window: Window | "all"): ReadonlyArray<string> => {
  const { gateway, pipeline, model, calls, attempts } = series;
  const { warm, cold, failed } = series.latency[window];
  const title = `${pipeline} on ${gateway}`;
  const head = title.length + 2 + model.length > tableWidth ? [title, model] : [`${title}  ${model}`.trimEnd()];
  const rows = (
    [
      ["warm", warm],
      ["cold", cold],
      ["failed", failed],
    ] as const
  ).filter(([, figures]) => figures.calls > 0);
  const during = window === "all" ? "" : `last ${window}`;
  return [
    ...head.flatMap((line) => wrapped(line, "  ")),
    ...(rows.length === 0 ? [] : [row(during, "calls", "p50", "p95", "p99")]),
    ...rows.map(([name, figures]) => percentileRow(name, figures)),
    ...wrapped(callsLine(series), "    "),
    ...(attempts.total === 0 ? [] : wrapped(attemptsLine(series), "    ")),
    ...(calls.total === (calls.byOutcome["ok"] ?? 0) ? [] : wrapped(failuresLine(series), "    ")),
    ...wrapped(waitsLine(series), "    "),
  ];
};

const row = (name: string, ...cells: ReadonlyArray<string>): string =>
  `  ${name.padEnd(8)}${cells.map((cell) => cell.padStart(12)).join("")}`;

const percentileRow = (name: string, { calls, p50Ms, p95Ms, p99Ms }: Percentiles): string =>
  row(name, formatCount(calls), ...[p50Ms, p95Ms, p99Ms].map((ms) => (ms === null ? "" : formatMs(ms))));

const callsLine = ({ calls, cost, units }: SeriesReport): string => {
  const ok = calls.byOutcome["ok"] ?? 0;
  const of = calls.total === 0 ? "" : `, ${formatShare(ok, calls.total)} ok`;
  const amount = units.map(({ unit, count }) => `${formatCount(count)} ${unit}${count === "1" ? "" : "s"}`).join(", ");
  // What nobody knows the price of is not shown as if it cost nothing.
  const price = ok > cost.unpriced ? `${formatUsd(parseUsd(cost.usd) ?? nanoUsd(0n))} for ` : "";
  const spent = amount === "" ? "" : `; ${price}${amount}`;
  const unpriced = cost.unpriced === 0 ? "" : `; ${formatCount(cost.unpriced)} of unknown price`;
  const free = cost.free === 0 ? "" : `; ${formatCount(cost.free)} free of charge`;
  return `  ${counted(calls.total, "call")}${of}${spent}${unpriced}${free}`;
};

const attemptsLine = ({ attempts, retries, coldStarts }: SeriesReport): string =>
  `  ${counted(attempts.total, "attempt")}: ${listed(attempts.byStatus, (status) => (status === "none" ? "no answer" : status))}` +
  (retries === 0 ? "" : `; ${formatCount(retries)} ${retries === 1 ? "retry" : "retries"}`) +
  (coldStarts === 0 ? "" : `; ${counted(coldStarts, "cold start")}`);

const failuresLine = ({ calls }: SeriesReport): string => {
  const { ok: _, ...failures } = calls.byOutcome;
  return `  failed with ${listed(failures, (code) => code)}`;
};

const waitsLine = ({ waits, waitedMs }: SeriesReport): string => {
  const kinds = { retry: "retries", gate: "a cold model", pace: "the rate limit", turn: "a place" } as const;
  const waited = Object.entries(waits).filter(([, count]) => count > 0);
  if (waited.length === 0) return "";
  const why = waited.map(([kind, count]) => `${kinds[kind as keyof typeof kinds]} ×${formatCount(count)}`).join(", ");
  return `  waited ${formatMs(waitedMs)}: for ${why}`;
};

const counted = (count: number, what: string): string => `${formatCount(count)} ${what}${count === 1 ? "" : "s"}`;

/** The most frequent first. */
const listed = (counts: Readonly<Record<string, number>>, nameOf: (key: string) => string): string =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([key, count]) => `${nameOf(key)} ×${formatCount(count)}`)
    .join(", ");

/** In lines of the table's width, broken at spaces; what has none is cut. Nothing, of an empty text. */
const wrapped = (text: string, indent: string): ReadonlyArray<string> => {
  if (text === "") return [];
  if (text.length <= tableWidth) return [text];
  const space = text.lastIndexOf(" ", tableWidth);
  const end = space > indent.length ? space : tableWidth;
  return [text.slice(0, end), ...wrapped(`${indent}${text.slice(end).trimStart()}`, indent)];
};
