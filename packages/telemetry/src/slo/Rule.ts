/** An alert of an SLO file as what is compared: shares over windows, all of which must be above their limits. */
import { minutesOf, shareOf } from "./durations.ts";
import type { AlertSettings, Objective, SloFile } from "./SloFile.ts";

export interface Rule {
  readonly name: string;
  /** The objective's name. */
  readonly objective: string;
  readonly severity: "page" | "ticket";
  readonly summary: string;
  /** Absent in a user's own file: the alert has no page. */
  readonly runbook?: string;
  /** The longest first. The share of bad events must be above the limit in each. */
  readonly windows: ReadonlyArray<{ readonly minutes: number; readonly text: string; readonly above: number }>;
  /** Events in the shortest window, at least. */
  readonly minimum: number;
  /** How many minutes it holds before it fires; 0: at once. */
  readonly forMinutes: number;
}

/** Every alert of the file, in its order. */
export const rulesOf = ({ objectives }: SloFile): ReadonlyArray<Rule> =>
  objectives.flatMap((objective) => objective.alerts.map((alert) => ruleOf(objective, alert)));

const ruleOf = (objective: Objective, alert: AlertSettings): Rule => ({
  name: alert.name,
  objective: objective.name,
  severity: alert.severity,
  summary: alert.summary,
  ...(alert.runbook === undefined ? {} : { runbook: alert.runbook }),
  windows: windowsOf(objective, alert),
  minimum: alert.minimum,
  forMinutes: alert.for === undefined ? 0 : minutesOf(alert.for),
});

const windowsOf = ({ target = "100%" }: Objective, alert: AlertSettings): Rule["windows"] => {
  if ("above" in alert) return [windowOf(alert.within, shareOf(alert.above))];
  const above = times(alert.burns, 1 - shareOf(target));
  return [windowOf(alert.long, above), windowOf(alert.short, above)];
};

const windowOf = (text: string, above: number) => ({ text, minutes: minutesOf(text), above });

/** 14.4 times 1 % is 0.144, and not 0.14400000000000002: it is written into Prometheus's rules too. */
const times = (a: number, b: number): number => Number((a * b).toPrecision(12));
