/** Works a report out of a book. */
import { nanoUsd, toUsd } from "@sluice/pricing";
import { type Latency, type Window, windows } from "../measure/Latency.ts";
import { Sketch } from "../measure/Sketch.ts";
import { classOf } from "../outcomes.ts";
import type { Book } from "../record/Book.ts";
import { attemptOf, type Result, type Series, type Start } from "../record/Series.ts";
import type { Alert } from "../slo/Alert.ts";
import type { AlertReport, Latencies, Percentiles, Report, Summary } from "./Report.ts";

/** `at`: Unix milliseconds. */
export const reportOf = (book: Book, alerts: ReadonlyArray<Alert>, at: number): Report => ({
  at,
  since: book.since ?? null,
  pipelines: [...Map.groupBy(book.series, ({ labels }) => labels.pipeline)].map(([pipeline, series]) => ({
    pipeline,
    ...summaryOf(series, at),
  })),
  series: book.series.map((one) => ({ ...one.labels, ...summaryOf([one], at) })),
  alerts: alerts.flatMap(alertOf),
});

const summaryOf = (series: ReadonlyArray<Series>, at: number): Summary => {
  const attempts = series.flatMap((one) => one.attempts.entries.map(([key, count]) => ({ ...attemptOf(key), count })));
  const calls = series.flatMap((one) => one.calls.entries.map(([outcome, count]) => ({ outcome, count })));
  const all = (figure: (one: Series) => number): number => series.reduce((sum, one) => sum + figure(one), 0);
  return {
    calls: endsOf(calls),
    attempts: { ...endsOf(attempts), byStatus: sumBy(attempts, ({ status }) => status) },
    retries: all(({ retries }) => retries),
    coldStarts: all(({ coldStarts }) => coldStarts),
    waits: {
      retry: all(({ waits }) => waits.retry),
      gate: all(({ waits }) => waits.gate),
      pace: all(({ waits }) => waits.pace),
      turn: all(({ waits }) => waits.turn),
    },
    waitedMs: all(({ waitedUs }) => waitedUs) / 1_000,
    cost: {
      usd: toUsd(series.reduce((sum, one) => nanoUsd(sum + one.nanoUsd), nanoUsd(0n))),
      unpriced: all(({ unpriced }) => unpriced),
      free: all(({ free }) => free),
    },
    units: unitsOf(series),
    latency: {
      all: latenciesOf(series, ({ all: sketch }) => sketch),
      ...(Object.fromEntries(
        windows.map((window) => [window, latenciesOf(series, (latency) => latency.within(window, at))]),
      ) as Record<Window, Latencies>),
    },
  };
};

interface Ended {
  readonly outcome: string;
  readonly count: number;
}

const endsOf = (ended: ReadonlyArray<Ended>): Summary["calls"] => ({
  total: ended.reduce((sum, { count }) => sum + count, 0),
  byOutcome: sumBy(ended, ({ outcome }) => outcome),
  byClass: sumBy(ended, ({ outcome }) => classOf(outcome)),
});

const sumBy = <One extends Ended, Key extends string>(list: ReadonlyArray<One>, keyOf: (one: One) => Key) => {
  const sums: Partial<Record<Key, number>> = {};
  for (const one of list) sums[keyOf(one)] = (sums[keyOf(one)] ?? 0) + one.count;
  return sums as Record<Key, number>;
};

const unitsOf = (series: ReadonlyArray<Series>): Summary["units"] => {
  const all = series.flatMap(({ units }) => [...units]);
  return [...Map.groupBy(all, ([unit]) => unit)]
    .map(([unit, counts]) => ({ unit, count: counts.reduce((sum, [, count]) => sum + count, 0n).toString() }))
    .toSorted((one, other) => (one.unit < other.unit ? -1 : 1));
};

const latenciesOf = (series: ReadonlyArray<Series>, sketchOf: (latency: Latency) => Sketch): Latencies => {
  const of = (starts: ReadonlyArray<Start>, result: Result): Percentiles => {
    const found = new Sketch();
    for (const { latencies } of series) {
      for (const start of starts) {
        const latency = latencies.get(`${start} ${result}`);
        if (latency !== undefined) found.merge(sketchOf(latency));
      }
    }
    return percentilesOf(found);
  };
  return {
    ok: of(["warm", "cold"], "ok"),
    warm: of(["warm"], "ok"),
    cold: of(["cold"], "ok"),
    failed: of(["warm", "cold"], "failed"),
  };
};

const percentilesOf = (sketch: Sketch): Percentiles => ({
  calls: sketch.count,
  p50Ms: sketch.quantile(0.5) ?? null,
  p95Ms: sketch.quantile(0.95) ?? null,
  p99Ms: sketch.quantile(0.99) ?? null,
});

/** What is over is no news. */
const alertOf = ({ state, shares, ...alert }: Alert): ReadonlyArray<AlertReport> => {
  if (state === "resolved") return [];
  const { name, severity, gateway, pipeline, since, summary, runbook } = alert;
  const known = { name, severity, state, gateway, pipeline, since, summary, shares: [...shares] };
  return [runbook === undefined ? known : { ...known, runbook }];
};
