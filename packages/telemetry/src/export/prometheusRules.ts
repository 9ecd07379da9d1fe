/**
 * The alerts of an SLO file as rules for Prometheus, which reads JSON as YAML: write them to a file as they are.
 *
 * They compare the same counts as the alerts in the process, `livepeer_slo_events_total` and `livepeer_slo_bad_events_total`:
 * these two begin together. A counter that first appears with its first failure would lose that in `increase`.
 */
import { minutesOf } from "../slo/durations.ts";
import { readSlo } from "../slo/readSlo.ts";
import { type Rule, rulesOf } from "../slo/Rule.ts";
import type { Objective, SloFile } from "../slo/SloFile.ts";

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** Absent: it fires at once. */
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: ReadonlyArray<RecordingRule | AlertingRule>;
}

export interface PrometheusRules {
  readonly groups: ReadonlyArray<RuleGroup>;
}

/**
 * What Prometheus loads as a rule file: a group per objective, in the file's order. Throws `InvalidConfiguration` when the
 * objectives have a mistake.
 */
export const prometheusRules = (given: SloFile): PrometheusRules => {
  const slo = readSlo(given);
  const rules = rulesOf(slo);
  return {
    groups: slo.objectives.map((objective) => {
      const alerts = rules.filter((rule) => rule.objective === objective.name);
      return {
        name: `livepeer-slo-${objective.name}`,
        interval: "1m",
        rules: [
          ...windowsOf(alerts).flatMap((minutes) => recordings(objective.name, minutes)),
          ...alerts.map((rule) => alerting(rule, objective)),
        ],
      };
    }),
  };
};

/** Each window once, whether an alert says `60m` or `1h`; the shortest first. */
const windowsOf = (rules: ReadonlyArray<Rule>): ReadonlyArray<number> =>
  [...new Set(rules.flatMap(({ windows }) => windows.map(({ minutes }) => minutes)))].sort((a, b) => a - b);

/** The longest unit that leaves a whole number: 60 minutes are `1h`. */
const durationOf = (minutes: number): string => {
  const unit = ["d", "h"].find((one) => minutes % minutesOf(`1${one}`) === 0) ?? "m";
  return `${minutes / minutesOf(`1${unit}`)}${unit}`;
};

// Named as Prometheus asks, level:metric:operations: https://prometheus.io/docs/practices/rules
const events = (minutes: number): string => `gateway_pipeline:livepeer_slo_events:increase${durationOf(minutes)}`;
const bad = (minutes: number): string => `gateway_pipeline:livepeer_slo_bad_events:increase${durationOf(minutes)}`;
const share = (minutes: number): string =>
  `gateway_pipeline:livepeer_slo_bad_events_per_events:ratio_increase${durationOf(minutes)}`;

const recordings = (objective: string, minutes: number): ReadonlyArray<RecordingRule> => {
  const of = `{objective="${objective}"}`;
  const counted = (counter: string): string =>
    `sum by (gateway, pipeline) (increase(${counter}${of}[${durationOf(minutes)}]))`;
  const labels = { objective };
  return [
    { record: events(minutes), expr: counted("livepeer_slo_events_total"), labels },
    { record: bad(minutes), expr: counted("livepeer_slo_bad_events_total"), labels },
    // Without events this is not a number, which is above no limit.
    { record: share(minutes), expr: `${bad(minutes)}${of} / ${events(minutes)}${of}`, labels },
  ];
};

const alerting = (rule: Rule, objective: Objective): AlertingRule => {
  const of = `{objective="${rule.objective}"}`;
  const shortest = Math.min(...rule.windows.map(({ minutes }) => minutes));
  // The first operand is the alert's value: the share over the longest window.
  const conditions = [
    ...rule.windows.map(({ minutes, above }) => `${share(minutes)}${of} > ${above}`),
    `${events(shortest)}${of} >= ${rule.minimum}`,
  ];
  return {
    alert: rule.name,
    expr: conditions.join("\nand "),
    ...(rule.forMinutes === 0 ? {} : { for: durationOf(rule.forMinutes) }),
    labels: { severity: rule.severity },
    annotations: {
      summary: literally(rule.summary),
      description: descriptionOf(rule, objective),
      ...(rule.runbook === undefined ? {} : { runbook_url: literally(rule.runbook) }),
    },
  };
};

const descriptionOf = ({ windows }: Rule, { of }: Objective): string => {
  const [longest, ...shorter] = windows.map(({ minutes, above }) => ({
    last: durationOf(minutes),
    limit: percent(above),
  }));
  const more = shorter.map(({ last, limit }) => `, and above ${limit} in the last ${last} too`).join("");
  return (
    `{{ $labels.gateway }}, {{ $labels.pipeline }}: {{ $value | humanizePercentage }} of ${of} were bad ` +
    `in the last ${longest?.last ?? ""}. The limit is ${longest?.limit ?? ""}${more}.`
  );
};

const percent = (part: number): string => `${Number((part * 100).toPrecision(12))}%`;

/** Prometheus takes annotations for templates. A sentence of the SLO file is none. */
const literally = (text: string): string => text.replaceAll("{{", '{{ "{{" }}');
