/** Alerts of systems whose rules are not Prometheus's: seen that they are there, and not read. */
import * as Effect from "effect/Effect";
import type { Folder } from "../../../subject/Folder.ts";
import { isNotProduction } from "../../../subject/notProduction.ts";
import type { Place } from "../../Check.ts";

const systems = [
  ["Datadog", /"datadog_monitor"|kind:\s*DatadogMonitor/],
  ["CloudWatch", /"aws_cloudwatch_metric_alarm"|AWS::CloudWatch::Alarm/],
  ["Google Cloud Monitoring", /"google_monitoring_alert_policy"/],
  ["Azure Monitor", /"azurerm_monitor_metric_alert"/],
  ["New Relic", /"newrelic_nrql_alert_condition"/],
  [
    "Grafana",
    /"grafana_rule_group"|kind:\s*GrafanaAlertRuleGroup|^\s*grafana_alert:|^\s*-?\s*condition:[^\n]*\n(?:[^\n]*\n){0,6}?\s*data:/m,
  ],
] as const;

export interface OtherSystem {
  readonly name: string;
  readonly place: Place;
}

export const otherSystems = (folder: Folder): Effect.Effect<ReadonlyArray<OtherSystem>> =>
  Effect.gen(function* () {
    const files = (yield* folder.files).filter((file) => /\.(ya?ml|tf)$/i.test(file) && !isNotProduction(file));
    const found = yield* Effect.forEach(files, (file) =>
      Effect.map(folder.text(file), (text = "") => seenIn(file, text)),
    );
    return found.flat();
  });

const seenIn = (file: string, text: string): ReadonlyArray<OtherSystem> =>
  systems.filter(([, sign]) => sign.test(text)).map(([name]) => ({ name, place: { file, message: name } }));
