/** The alerts of an SLO file, each with its rule in Prometheus: what all that is generated here is made from. */
import { prometheusRules, type SloFile } from "@sluice/telemetry";

type Group = ReturnType<typeof prometheusRules>["groups"][number];
type AlertingRule = Extract<Group["rules"][number], { readonly alert: string }>;

export type Objective = SloFile["objectives"][number];

export interface Alert {
  readonly name: string;
  readonly objective: Objective;
  readonly settings: Objective["alerts"][number];
  /** The longest first. */
  readonly windows: ReadonlyArray<string>;
  /** The share that is too much, in each of its windows. */
  readonly limit: number;
  readonly rule: AlertingRule;
}

/** Every alert of the file, in its order. */
export const alertsOf = (slo: SloFile): ReadonlyArray<Alert> => {
  const rules = prometheusRules(slo)
    .groups.flatMap((group) => group.rules)
    .filter((rule) => "alert" in rule);
  return slo.objectives.flatMap((objective) =>
    objective.alerts.map((settings): Alert => {
      const rule = rules.find(({ alert }) => alert === settings.name);
      if (rule === undefined) throw new Error(`no rule for ${settings.name}`);
      const kind =
        "above" in settings
          ? { windows: [settings.within], limit: shareOf(settings.above) }
          : { windows: [settings.long, settings.short], limit: settings.burns * budgetOf(objective) };
      return { name: settings.name, objective, settings, rule, ...kind, limit: rounded(kind.limit) };
    }),
  );
};

export const alertNamed = (slo: SloFile, name: string): Alert => {
  const alert = alertsOf(slo).find((one) => one.name === name);
  if (alert === undefined) throw new Error(`no alert ${name}`);
  return alert;
};

/** The share that may be bad. */
export const budgetOf = ({ target = "100%" }: Objective): number => rounded(1 - shareOf(target));

/** The series that an alert's value is: its share over the longest window. */
export const shareSeriesOf = ({ rule }: Alert): string => rule.expr.split(" > ")[0] ?? "";

export const percent = (share: number): string => `${rounded(share * 100)}%`;

const shareOf = (text: string): number => Number(`${text.slice(0, -1)}e-2`);

/** 14.4 times 1% is 14.4%, and not 14.400000000000002%. */
const rounded = (value: number): number => Number(value.toPrecision(12));
