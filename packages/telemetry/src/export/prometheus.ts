/**
 * The figures in Prometheus's text format, version 0.0.4: names in full, units in the names, seconds and dollars. Counters
 * begin with the process, as its scraper expects.
 */
import { toUsd } from "@sluice/pricing";
import { operationDurationBounds } from "../operations.ts";
import { classOf } from "../outcomes.ts";
import type { Sketch } from "../measure/Sketch.ts";
import type { Book } from "../record/Book.ts";
import { attemptOf, kindOf, type Series } from "../record/Series.ts";
import type { Alert } from "../slo/Alert.ts";

/** What a server says that the text is. */
export const prometheusContentType = "text/plain; version=0.0.4; charset=utf-8";

type LabelSet = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: LabelSet;
  /** A text, where a float would round. */
  readonly value: number | string | Sketch;
}

interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly samples: ReadonlyArray<Sample>;
}

/** What a server answers a scrape with. `alerts`: those that are pending or firing. */
export const prometheusOf = (book: Book, alerts: ReadonlyArray<Alert>): string =>
  [...ofSeries(book.series), ...ofObjectives(book), inflight(book), ofAlerts(alerts)]
    .filter(({ samples }) => samples.length > 0)
    .flatMap(linesOf)
    .map((line) => `${line}\n`)
    .join("");

const ofSeries = (series: ReadonlyArray<Series>): ReadonlyArray<Metric> => {
  const each = (samplesOf: (one: Series) => ReadonlyArray<Sample>) =>
    series.flatMap((one) =>
      samplesOf(one).map(({ labels, value }) => ({ labels: { ...one.labels, ...labels }, value })),
    );
  const one = (valueOf: (one: Series) => Sample["value"]) => each((of) => [{ labels: {}, value: valueOf(of) }]);
  return [
    counter(
      "livepeer_gateway_attempts_total",
      "Requests to gateways that ended, by status and outcome.",
      each(({ attempts }) =>
        attempts.entries.map(([key, value]) => {
          const { status, outcome } = attemptOf(key);
          return { labels: { status, outcome, class: classOf(outcome) }, value };
        }),
      ),
    ),
    counter(
      "livepeer_gateway_operations_total",
      "Calls that ended, by outcome.",
      each(({ calls }) =>
        calls.entries.map(([outcome, value]) => ({ labels: { outcome, class: classOf(outcome) }, value })),
      ),
    ),
    histogram(
      "gen_ai_client_operation_duration_seconds",
      "How long calls took, with all their attempts and waits.",
      each(({ latencies }) => [...latencies].map(([key, { all }]) => ({ labels: kindOf(key), value: all }))),
    ),
    histogram(
      "livepeer_gateway_attempt_duration_seconds",
      "How long requests to gateways took.",
      one(({ attemptMs }) => attemptMs),
    ),
    histogram(
      "livepeer_gateway_time_to_first_chunk_seconds",
      "How long requests took to their first piece of text.",
      one(({ firstChunkMs }) => firstChunkMs),
    ),
    counter(
      "livepeer_gateway_retries_total",
      "Requests beyond the first of a call.",
      one(({ retries }) => retries),
    ),
    counter(
      "livepeer_gateway_cold_starts_total",
      "Calls that gave a result after they had met a cold model.",
      one(({ coldStarts }) => coldStarts),
    ),
    counter(
      "livepeer_gateway_waits_total",
      "How often calls waited, by what for.",
      each(({ waits }) => Object.entries(waits).map(([kind, value]) => ({ labels: { for: kind }, value }))),
    ),
    counter(
      "livepeer_gateway_wait_seconds_total",
      "How long calls waited with no request under way.",
      one(({ waitedUs }) => waitedUs / 1e6),
    ),
    counter(
      "livepeer_gateway_cost_usd_total",
      "What calls cost, where the price is known.",
      one(({ nanoUsd }) => toUsd(nanoUsd)),
    ),
    counter(
      "livepeer_gateway_unpriced_operations_total",
      "Calls that succeeded at a price that nobody knows.",
      one(({ unpriced }) => unpriced),
    ),
    counter(
      "livepeer_gateway_billing_units_total",
      "Units that the network meters, of calls that succeeded.",
      each(({ units }) => [...units].map(([unit, count]) => ({ labels: { unit }, value: count.toString() }))),
    ),
  ];
};

const ofObjectives = ({ indicators }: Book): ReadonlyArray<Metric> => {
  const totals = [...indicators.totals()].map(({ objective, gateway, pipeline, events, bad }) => ({
    labels: { objective, gateway, pipeline },
    events,
    bad,
  }));
  return [
    counter(
      "livepeer_slo_events_total",
      "Events that count for an objective.",
      totals.map(({ labels, events: value }) => ({ labels, value })),
    ),
    counter(
      "livepeer_slo_bad_events_total",
      "Those of them that are bad.",
      totals.map(({ labels, bad: value }) => ({ labels, value })),
    ),
  ];
};

const inflight = (book: Book): Metric => ({
  name: "livepeer_gateway_inflight",
  type: "gauge",
  help: "Calls that are under way.",
  samples: [...book.inflight].map(([pipeline, value]) => ({ labels: { pipeline }, value })),
});

const ofAlerts = (alerts: ReadonlyArray<Alert>): Metric => ({
  name: "livepeer_alert_state",
  type: "gauge",
  help: "Alerts of this process: 1 is pending, 2 is firing.",
  samples: alerts.map(({ name, severity, gateway, pipeline, state }) => ({
    labels: { alertname: name, severity, gateway, pipeline },
    value: state === "firing" ? 2 : 1,
  })),
});

const counter = (name: string, help: string, samples: ReadonlyArray<Sample>): Metric => ({
  name,
  type: "counter",
  help,
  samples,
});

/** Of an empty sketch there is nothing to tell. */
const histogram = (name: string, help: string, samples: ReadonlyArray<Sample>): Metric => ({
  name,
  type: "histogram",
  help,
  samples: samples.filter(({ value }) => typeof value === "object" && value.count > 0),
});

const linesOf = ({ name, type, help, samples }: Metric): ReadonlyArray<string> => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  ...samples.flatMap(({ labels, value }) =>
    typeof value === "object" ? histogramLines(name, labels, value) : [line(name, labels, value)],
  ),
];

const histogramLines = (name: string, labels: LabelSet, sketch: Sketch): ReadonlyArray<string> => [
  ...operationDurationBounds.map((bound) =>
    line(`${name}_bucket`, { ...labels, le: String(bound) }, sketch.atMost(bound * 1_000)),
  ),
  line(`${name}_bucket`, { ...labels, le: "+Inf" }, sketch.count),
  line(`${name}_sum`, labels, sketch.sumMs / 1_000),
  line(`${name}_count`, labels, sketch.count),
];

const line = (name: string, labels: LabelSet, value: number | string): string => {
  const told = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}{${told.join(",")}} ${value}`;
};

const escaped = (text: string): string => text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/"/g, '\\"');
