/** A story about traffic, minute by minute, and which alerts fire when: what promtool's unit tests are written from. */
import type { SloFile } from "@sluice/telemetry";
import { alertNamed, alertsOf } from "./Alert.ts";

/** So many minutes, each with so many events, of which so many are bad. */
export interface Stretch {
  readonly minutes: number;
  readonly events: number;
  readonly bad: number;
  /** The process starts anew: its counters begin again at zero. */
  readonly restarted?: boolean;
}

/** What one process counts for one objective, from minute 0. */
export interface Counted {
  readonly objective: string;
  readonly stretches: ReadonlyArray<Stretch>;
  readonly gateway?: string;
  readonly pipeline?: string;
  readonly instance?: string;
}

export interface Firing {
  readonly alert: string;
  /** The share that its description tells, such as `5.1%`. */
  readonly share: string;
  readonly gateway?: string;
  readonly pipeline?: string;
}

export interface Scenario {
  readonly name: string;
  readonly counted: ReadonlyArray<Counted>;
  /** At a whole minute, all that fires of the objectives that are counted; nothing else does. */
  readonly then: ReadonlyArray<{ readonly minute: number; readonly firing: ReadonlyArray<Firing> }>;
}

const gatewayByDefault = "livepeer-studio";
const pipelineByDefault = "text-to-image";

/** A test of `promtool test rules`: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules */
export const promtoolTest = (slo: SloFile, { name, counted, then }: Scenario) => {
  const objectives = new Set(counted.map(({ objective }) => objective));
  const alerts = alertsOf(slo).filter(({ objective }) => objectives.has(objective.name));
  return {
    name,
    interval: "1m",
    input_series: counted.flatMap((one) => [
      { series: seriesOf("livepeer_slo_events_total", one), values: samples(one.stretches, "events") },
      { series: seriesOf("livepeer_slo_bad_events_total", one), values: samples(one.stretches, "bad") },
    ]),
    alert_rule_test: then.flatMap(({ minute, firing }) =>
      alerts.map((alert) => ({
        eval_time: `${minute}m`,
        alertname: alert.name,
        exp_alerts: firing.filter((one) => one.alert === alert.name).map((one) => expected(slo, one)),
      })),
    ),
  };
};

const seriesOf = (counter: string, { objective, gateway, pipeline, instance = "a" }: Counted): string =>
  `${counter}{objective="${objective}",gateway="${gateway ?? gatewayByDefault}",pipeline="${pipeline ?? pipelineByDefault}",instance="${instance}"}`;

/** The counter as it stands at each minute: `0+5x10` is 0, 5, … 50. */
const samples = (stretches: ReadonlyArray<Stretch>, of: "events" | "bad"): string => {
  let total = 0;
  const runs = stretches.map((stretch, at) => {
    const each = stretch[of];
    const begins = at === 0 || stretch.restarted === true;
    const from = begins ? 0 : total + each;
    const steps = begins ? stretch.minutes : stretch.minutes - 1;
    total = from + each * steps;
    return `${from}+${each}x${steps}`;
  });
  return runs.join(" ");
};

const expected = (
  slo: SloFile,
  { alert: name, share, gateway = gatewayByDefault, pipeline = pipelineByDefault }: Firing,
) => {
  const { rule, objective } = alertNamed(slo, name);
  const filled = (text: string): string =>
    text
      .replace("{{ $labels.gateway }}", gateway)
      .replace("{{ $labels.pipeline }}", pipeline)
      .replace("{{ $value | humanizePercentage }}", share);
  return {
    exp_labels: { ...rule.labels, objective: objective.name, gateway, pipeline },
    exp_annotations: Object.fromEntries(Object.entries(rule.annotations).map(([key, text]) => [key, filled(text)])),
  };
};
