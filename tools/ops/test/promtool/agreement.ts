/** One stream told twice: to `Telemetry`, and to promtool, which is to expect of Prometheus what `Telemetry` said. */
import { type Alert, prometheusRules, type SloFile, Telemetry } from "@sluice/telemetry";
import { alertsOf } from "../../src/Alert.ts";
import type { Minute } from "./streams.ts";

export interface Source {
  readonly gateway: string;
  readonly pipeline: string;
  readonly minutes: ReadonlyArray<Minute>;
}

/** How an event of an objective ends when it is good, and when it is bad. */
export interface Told {
  readonly objective: string;
  readonly of: "attempts" | "calls";
  readonly bad: string;
}

/** When an alert of a source fires: from the first boundary of a minute to the last, which is not included. */
export interface Firing {
  readonly alert: string;
  readonly gateway: string;
  readonly pipeline: string;
  readonly from: number;
  readonly until: number;
}

const minuteMs = 60_000;
const start = Date.UTC(2026, 10, 23, 12);

/** `every`: how many minutes pass between two looks at the alerts. It must not matter. */
export const firingsOf = (
  slo: SloFile,
  told: Told,
  sources: ReadonlyArray<Source>,
  every = 1,
): ReadonlyArray<Firing> => {
  const changes: Array<Alert> = [];
  const telemetry = new Telemetry({ slo, onAlert: (alert) => changes.push(alert) });
  const length = Math.max(...sources.map(({ minutes }) => minutes.length));
  for (let minute = 0; minute < length; minute++) {
    for (const { gateway, pipeline, minutes } of sources) {
      const { events, bad } = minutes[minute] ?? { events: 0, bad: 0 };
      for (let event = 0; event < events; event++) {
        // The first and the last of a minute are at its very ends.
        const at = start + minute * minuteMs + Math.floor((event * (minuteMs - 1)) / Math.max(1, events - 1));
        telemetry.onEvent(ended(told, at, event < bad ? told.bad : "ok", gateway, pipeline));
      }
    }
    if ((minute + 1) % every === 0) telemetry.evaluate(start + (minute + 1) * minuteMs);
  }
  telemetry.evaluate(start + length * minuteMs);
  return intervalsOf(changes, length);
};

const ended = ({ of }: Told, at: number, outcome: string, gateway: string, pipeline: string) => {
  const event = { requestId: "req_1", at, gateway, pipeline, outcome, ms: 1_000 };
  const status = outcome === "ok" ? 200 : 503;
  return of === "attempts"
    ? { ...event, type: "attempt-ended" as const, attempt: 1, status }
    : { ...event, type: "call-ended" as const, attempts: 1, statuses: [status], coldStart: false, waitedMs: 0 };
};

const intervalsOf = (changes: ReadonlyArray<Alert>, length: number): ReadonlyArray<Firing> => {
  const boundaryOf = ({ at }: Alert): number => (at - start) / minuteMs;
  return changes.flatMap((change, place): ReadonlyArray<Firing> => {
    if (change.state !== "firing") return [];
    const { name, gateway, pipeline } = change;
    const over = changes
      .slice(place + 1)
      .find(
        (one) => one.state === "resolved" && one.name === name && one.gateway === gateway && one.pipeline === pipeline,
      );
    const until = over === undefined ? length + 1 : boundaryOf(over);
    return [{ alert: name, gateway, pipeline, from: boundaryOf(change), until }];
  });
};

/** The rules without their annotations: what an alert says is not what is compared here. */
export const bareRules = (slo: SloFile) => ({
  groups: prometheusRules(slo).groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ("alert" in rule ? { ...rule, annotations: {} } : rule)),
  })),
});

/** At each of the minutes, each alert fires for the sources that `firings` has, and for no other. */
export const promtoolTestOf = (
  slo: SloFile,
  { objective }: Told,
  sources: ReadonlyArray<Source>,
  firings: ReadonlyArray<Firing>,
  minutes: ReadonlyArray<number>,
) => ({
  interval: "1m",
  input_series: sources.flatMap(({ gateway, pipeline, minutes: counts }) => {
    const labels = `{objective="${objective}",gateway="${gateway}",pipeline="${pipeline}"}`;
    return [
      { series: `livepeer_slo_events_total${labels}`, values: samples(counts.map(({ events }) => events)) },
      { series: `livepeer_slo_bad_events_total${labels}`, values: samples(counts.map(({ bad }) => bad)) },
    ];
  }),
  alert_rule_test: minutes.flatMap((minute) =>
    alertsOf(slo).map(({ name, rule }) => ({
      eval_time: `${minute}m`,
      alertname: name,
      exp_alerts: firings
        .filter(({ alert, from, until }) => alert === name && from <= minute && minute < until)
        .map(({ gateway, pipeline }) => ({ exp_labels: { ...rule.labels, objective, gateway, pipeline } })),
    })),
  ),
});

/** At each minute, the sum of all before it: the increase of a window is then the sum of its whole minutes. */
const samples = (counts: ReadonlyArray<number>): string => {
  let total = 0;
  return [0, ...counts.map((count) => (total += count))].join(" ");
};
