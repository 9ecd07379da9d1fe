/**
 * What a program with @sluice/core shows at /metrics: each metric's type, and the labels of its series. Rules, dashboard and
 * runbooks may ask for nothing else. `promql.ts` looks up the names in queries here.
 */
import { prometheusRules, type SloFile } from "@sluice/telemetry";

export interface Exposed {
  readonly type: "counter" | "gauge" | "histogram";
  readonly labels: ReadonlyArray<string>;
}

const call = ["gateway", "pipeline", "model"];
const objective = ["objective", "gateway", "pipeline"];

export const exposed: Readonly<Record<string, Exposed>> = {
  gen_ai_client_operation_duration_seconds: { type: "histogram", labels: [...call, "start", "result"] },
  livepeer_alert_state: { type: "gauge", labels: ["alertname", "severity", "gateway", "pipeline"] },
  livepeer_gateway_attempt_duration_seconds: { type: "histogram", labels: call },
  livepeer_gateway_attempts_total: { type: "counter", labels: [...call, "status", "outcome", "class"] },
  livepeer_gateway_billing_units_total: { type: "counter", labels: [...call, "unit"] },
  livepeer_gateway_cold_starts_total: { type: "counter", labels: call },
  livepeer_gateway_cost_usd_total: { type: "counter", labels: call },
  livepeer_gateway_inflight: { type: "gauge", labels: ["pipeline"] },
  livepeer_gateway_operations_total: { type: "counter", labels: [...call, "outcome", "class"] },
  livepeer_gateway_retries_total: { type: "counter", labels: call },
  livepeer_gateway_time_to_first_chunk_seconds: { type: "histogram", labels: call },
  livepeer_gateway_unpriced_operations_total: { type: "counter", labels: call },
  livepeer_gateway_wait_seconds_total: { type: "counter", labels: call },
  livepeer_gateway_waits_total: { type: "counter", labels: [...call, "for"] },
  livepeer_slo_bad_events_total: { type: "counter", labels: objective },
  livepeer_slo_events_total: { type: "counter", labels: objective },
};

/** Name to labels of every series that a query may read: those of each histogram, and what the rules record. */
export const seriesOf = (slo: SloFile): ReadonlyMap<string, ReadonlyArray<string>> => {
  const shown = Object.entries(exposed).flatMap(([name, { type, labels }]): ReadonlyArray<Series> =>
    type === "histogram"
      ? [
          [`${name}_bucket`, [...labels, "le"]],
          [`${name}_sum`, labels],
          [`${name}_count`, labels],
        ]
      : [[name, labels]],
  );
  const recorded = prometheusRules(slo).groups.flatMap(({ rules }) =>
    rules.flatMap((rule): ReadonlyArray<Series> => ("record" in rule ? [[rule.record, objective]] : [])),
  );
  return new Map([...shown, ...recorded]);
};

type Series = readonly [name: string, labels: ReadonlyArray<string>];
