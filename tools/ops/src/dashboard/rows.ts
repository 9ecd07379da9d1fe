/** What the dashboard shows, row by row: what its reader asks first stands first. */
import type { SloFile } from "@sluice/telemetry";
import { alertNamed, alertsOf, budgetOf, percent, shareSeriesOf } from "../Alert.ts";
import type { Panel } from "./Panel.ts";

export interface Row {
  readonly title: string;
  readonly panels: ReadonlyArray<Panel>;
}

const call = 'gateway=~"$gateway",pipeline=~"$pipeline",model=~"$model"';
/** The counters of the objectives know no model. */
const counted = 'gateway=~"$gateway",pipeline=~"$pipeline"';
const withoutModel =
  "The model that is chosen above does not matter here: objectives are counted by gateway and pipeline.";

const durations = "gen_ai_client_operation_duration_seconds_bucket";
const increase = (metric: string, own = ""): string => `increase(${metric}{${call}${own}}[$__range])`;
const rate = (metric: string, own = ""): string => `rate(${metric}{${call}${own}}[$__rate_interval])`;
const quantile = (q: number, of: string): string => `histogram_quantile(${q}, sum by (le) (${of}))`;

/** The share of an objective's bad events over the time that the dashboard shows. */
const shareOf = (objective: string): string => {
  const over = (counter: string): string => `sum(increase(${counter}{objective="${objective}",${counted}}[$__range]))`;
  return `${over("livepeer_slo_bad_events_total")} / ${over("livepeer_slo_events_total")}`;
};

export const rowsOf = (slo: SloFile): ReadonlyArray<Row> => [
  { title: "Now", panels: now(slo) },
  { title: "Requests", panels: requests },
  { title: "Latency", panels: latency },
  { title: "The launch checklist's two alerts", panels: checklist(slo) },
  { title: "Error budget", panels: budget(slo) },
  { title: "Retries and waits", panels: waits },
  { title: "Cost and units", panels: cost },
];

const now = (slo: SloFile): ReadonlyArray<Panel> => [
  {
    title: "Calls",
    description: "Calls that ended in the time shown, however they ended. A call may take several attempts.",
    kind: "stat",
    unit: "short",
    decimals: 0,
    width: 4,
    queries: [{ expr: `sum(${increase("livepeer_gateway_operations_total")})`, legend: "calls" }],
  },
  {
    title: "Success",
    description: `Calls with a result, of those that a gateway could have given one: what callers did wrong is left out. ${withoutModel}`,
    kind: "stat",
    unit: "percentunit",
    decimals: 2,
    width: 4,
    colorBelow: "red",
    limits: [{ at: 1 - allowedIn(slo), color: "green" }],
    queries: [{ expr: `1 - (${shareOf("availability")})`, legend: "success" }],
  },
  {
    title: "p95 latency",
    description: "19 of 20 calls with a result took no longer, cold starts and retries included.",
    kind: "stat",
    unit: "s",
    decimals: 2,
    width: 4,
    queries: [{ expr: quantile(0.95, increase(durations, ',result="ok"')), legend: "p95" }],
  },
  {
    title: "Cold share",
    description: `Calls that found the model cold. ${withoutModel}`,
    kind: "stat",
    unit: "percentunit",
    decimals: 1,
    width: 4,
    limits: limitsOf(slo, "cold-starts"),
    queries: [{ expr: shareOf("cold-starts"), legend: "cold" }],
  },
  {
    title: "Spend",
    description: "By the rates that the quotes named. Calls without a known price are not in it; see the last row.",
    kind: "stat",
    unit: "currencyUSD",
    decimals: 4,
    width: 4,
    queries: [{ expr: `sum(${increase("livepeer_gateway_cost_usd_total")})`, legend: "spend" }],
  },
  {
    title: "Alerts that fire",
    description: "Each alert counts once for a gateway and pipeline, however many replicas say it.",
    kind: "stat",
    unit: "short",
    decimals: 0,
    width: 4,
    limits: [{ at: 1, color: "red" }],
    queries: [
      {
        expr: `count(max by (alertname, gateway, pipeline) (livepeer_alert_state{${counted}}) == 2) or vector(0)`,
        legend: "alerts",
      },
    ],
  },
];

const requests: ReadonlyArray<Panel> = [
  {
    title: "Calls by pipeline",
    description: "Calls that ended, a second.",
    kind: "stack",
    unit: "reqps",
    width: 8,
    queries: [{ expr: `sum by (pipeline) (${rate("livepeer_gateway_operations_total")})`, legend: "{{pipeline}}" }],
  },
  {
    title: "Attempts that failed, by class",
    description:
      "unavailable: no warm orchestrator, or no gateway. server-error: the work failed. rate-limited: 429. refused: the request or the key was turned down. caller: the caller's own doing.",
    kind: "stack",
    unit: "reqps",
    width: 8,
    queries: [
      { expr: `sum by (class) (${rate("livepeer_gateway_attempts_total", ',class!="ok"')})`, legend: "{{class}}" },
    ],
  },
  {
    title: "Attempts by HTTP status",
    description: "What gateways answered. Studio says 500 where others say 503; no status: no answer came.",
    kind: "stack",
    unit: "reqps",
    width: 8,
    queries: [{ expr: `sum by (status) (${rate("livepeer_gateway_attempts_total")})`, legend: "{{status}}" }],
  },
];

const percentiles = (of: string): Panel["queries"] =>
  [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, of), legend: `p${q * 100}` }));

const latency: ReadonlyArray<Panel> = [
  {
    title: "Calls to warm models",
    description: "From the call to its result, of calls that had one.",
    kind: "lines",
    unit: "s",
    width: 8,
    queries: percentiles(rate(durations, ',result="ok",start="warm"')),
  },
  {
    title: "Calls that met a cold model",
    description: "The wait for the model is in it: from 30 s to several minutes are usual.",
    kind: "lines",
    unit: "s",
    width: 8,
    queries: percentiles(rate(durations, ',result="ok",start="cold"')),
  },
  {
    title: "One attempt, and the first token",
    description: "p95 of a single request, by gateway; and of the first piece of text of a chat.",
    kind: "lines",
    unit: "s",
    width: 8,
    queries: [
      {
        expr: `histogram_quantile(0.95, sum by (le, gateway) (${rate("livepeer_gateway_attempt_duration_seconds_bucket")}))`,
        legend: "attempt, {{gateway}}",
      },
      {
        expr: `histogram_quantile(0.95, sum by (le, gateway) (${rate("livepeer_gateway_time_to_first_chunk_seconds_bucket")}))`,
        legend: "first token, {{gateway}}",
      },
    ],
  },
];

const aboveTheLine = (slo: SloFile, alert: string): string => {
  const { settings, windows } = alertNamed(slo, alert);
  return `The share of attempts in the last ${windows[0] ?? ""}; ${alert} fires when it stays above the line for ${settings.for ?? "a minute"}. ${withoutModel}`;
};

const checklist = (slo: SloFile): ReadonlyArray<Panel> => [
  {
    title: "No warm orchestrator, or no gateway",
    description: aboveTheLine(slo, "LivepeerUnavailable"),
    kind: "lines",
    unit: "percentunit",
    width: 12,
    limits: limitsOf(slo, "unavailable"),
    queries: [{ expr: recordedShare(slo, "LivepeerUnavailable"), legend: "{{gateway}}, {{pipeline}}" }],
  },
  {
    title: "Failed inferences and useless answers",
    description: aboveTheLine(slo, "LivepeerServerErrors"),
    kind: "lines",
    unit: "percentunit",
    width: 12,
    limits: limitsOf(slo, "server-errors"),
    queries: [{ expr: recordedShare(slo, "LivepeerServerErrors"), legend: "{{gateway}}, {{pipeline}}" }],
  },
];

const budget = (slo: SloFile): ReadonlyArray<Panel> => {
  const allowed = allowedIn(slo);
  const over = (counter: string): string =>
    `sum by (gateway, pipeline) (increase(${counter}{objective="availability",${counted}}[30d]))`;
  const burns = slo.objectives.flatMap(({ alerts }) => alerts).filter((alert) => "burns" in alert);
  return [
    {
      title: "Error budget left",
      description: `Of the ${percent(allowed)} of calls that may fail in 30 days. Prometheus must keep as much: --storage.tsdb.retention.time=31d. ${withoutModel}`,
      kind: "lines",
      unit: "percentunit",
      width: 12,
      limits: [{ at: 0, color: "red" }],
      queries: [
        {
          expr: `1 - ${over("livepeer_slo_bad_events_total")} / ${over("livepeer_slo_events_total")} / ${allowed}`,
          legend: "{{gateway}}, {{pipeline}}",
        },
      ],
    },
    {
      title: "How fast it burns",
      description: `1: it lasts for exactly 30 days. The lines are the limits of the alerts, each for its own window. ${withoutModel}`,
      kind: "lines",
      unit: "short",
      width: 12,
      limits: burns
        .map(({ burns: at, severity }) => ({ at, color: severity === "page" ? "red" : "orange" }))
        .sort((a, b) => a.at - b.at),
      queries: burns.map(({ name, long }) => ({
        expr: `${recordedShare(slo, name)} / ${allowed}`,
        legend: `${long}, {{gateway}}, {{pipeline}}`,
      })),
    },
  ];
};

const waits: ReadonlyArray<Panel> = [
  {
    title: "Retries and cold starts",
    description: "Attempts after a call's first, and calls that found the model cold; each a second.",
    kind: "lines",
    unit: "reqps",
    width: 6,
    queries: [
      { expr: `sum(${rate("livepeer_gateway_retries_total")})`, legend: "retries" },
      { expr: `sum(${rate("livepeer_gateway_cold_starts_total")})`, legend: "cold starts" },
    ],
  },
  {
    title: "Waits, by what for",
    description:
      "retry: the next attempt. gate: another call that asks for the same cold model. pace: the gateway's rate limit. turn: a place among the calls at once.",
    kind: "stack",
    unit: "reqps",
    width: 6,
    queries: [{ expr: `sum by (for) (${rate("livepeer_gateway_waits_total")})`, legend: "{{for}}" }],
  },
  {
    title: "Time spent waiting",
    description: "Seconds that calls waited, for each second: how many calls wait at a time.",
    kind: "lines",
    unit: "short",
    width: 6,
    queries: [{ expr: `sum by (pipeline) (${rate("livepeer_gateway_wait_seconds_total")})`, legend: "{{pipeline}}" }],
  },
  {
    title: "Calls under way",
    description: "At this moment, by pipeline. The gateway and the model that are chosen above do not matter here.",
    kind: "stack",
    unit: "short",
    width: 6,
    queries: [{ expr: 'sum by (pipeline) (livepeer_gateway_inflight{pipeline=~"$pipeline"})', legend: "{{pipeline}}" }],
  },
];

const cost: ReadonlyArray<Panel> = [
  {
    title: "Spend an hour, by pipeline",
    description: "At the rate of this moment.",
    kind: "stack",
    unit: "currencyUSD",
    width: 8,
    queries: [
      { expr: `3600 * sum by (pipeline) (${rate("livepeer_gateway_cost_usd_total")})`, legend: "{{pipeline}}" },
    ],
  },
  {
    title: "Calls without a known price",
    description: "They are in no sum of this dashboard: unknown is not zero. A price card gives them a price.",
    kind: "lines",
    unit: "reqps",
    width: 8,
    queries: [
      {
        expr: `sum by (gateway, pipeline) (${rate("livepeer_gateway_unpriced_operations_total")})`,
        legend: "{{gateway}}, {{pipeline}}",
      },
    ],
  },
  {
    title: "Units that are billed",
    description: "Pixels, milliseconds, tokens, characters: what the network meters, a second.",
    kind: "lines",
    unit: "short",
    width: 8,
    queries: [
      {
        expr: `sum by (pipeline, unit) (${rate("livepeer_gateway_billing_units_total")})`,
        legend: "{{unit}}, {{pipeline}}",
      },
    ],
  },
];

/** An alert's own series, of what is chosen above. */
function recordedShare(slo: SloFile, alert: string): string {
  return shareSeriesOf(alertNamed(slo, alert)).replace("}", `,${counted}}`);
}

function limitsOf(slo: SloFile, objective: string): NonNullable<Panel["limits"]> {
  return alertsOf(slo)
    .filter((alert) => alert.objective.name === objective)
    .map(({ limit }) => ({ at: limit, color: "red" }));
}

/** The share of calls that may fail. */
function allowedIn({ objectives }: SloFile): number {
  const availability = objectives.find(({ name }) => name === "availability");
  return availability === undefined ? 0 : budgetOf(availability);
}
