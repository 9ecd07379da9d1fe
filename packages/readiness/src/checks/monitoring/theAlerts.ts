/** O3 and O4: the checklist's two alerts. They must not overlap: a 503 is a 5xx, and would always raise the second one first. */
import { alertCheck } from "./alertCheck.ts";

const ready = "take ops/prometheus/rules.yaml of Sluice";

export const unavailableAlert = alertCheck({
  id: "O3",
  title: "an alert on 503 above 5 %",
  asks: "Alert on sustained 503 rate above 5% (indicates warm model unavailability).",
  alert: { kind: "503", limit: 0.05, said: "503" },
  ours: "LivepeerUnavailable",
  fix: `Add a rule: sum(rate(<requests>{status="503"}[5m])) / sum(rate(<requests>[5m])) > 0.05, for: 10m; or ${ready}`,
});

export const serverErrorAlert = alertCheck({
  id: "O4",
  title: "an alert on 5xx above 1 %",
  asks: "Alert on sustained 5xx rate above 1% (indicates inference failures).",
  alert: { kind: "5xx", limit: 0.01, said: "5xx" },
  ours: "LivepeerServerErrors",
  fix: `Add a rule: sum(rate(<requests>{status=~"5..",status!="503"}[5m])) / sum(rate(<requests>[5m])) > 0.01, for: 10m; or ${ready}`,
});
