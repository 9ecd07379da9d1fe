/** Drills as they were seen: scenarios with the times of a program's requests. */
import type { DrillReport, ScenarioId, ScenarioResult } from "../../../src/drill/DrillReport.ts";

export const coldScenarios = [
  "cold-503",
  "cold-hold",
  "closed-socket",
  "null-result",
  "masked-500",
  "proxy-page",
  "retry-later",
] as const;

export const scenario = (id: ScenarioId, given: Partial<ScenarioResult> = {}): ScenarioResult => ({
  id,
  title: id,
  verdict: "right",
  seen: "4 requests, 1.0 s, 2.1 s and 4.3 s apart, exit code 0",
  wrong: null,
  change: null,
  requests: requestsAt(0, 1_000, 3_100, 7_400),
  exit: { code: 0, signal: null, seconds: 8 },
  ...given,
});

export const requestsAt = (...times: ReadonlyArray<number>): ScenarioResult["requests"] =>
  times.map((ms) => ({ ms, path: "/text-to-image", status: 503, end: "answered" }));

/** Two days before the time of tests. */
export const drillOf = (scenarios: ReadonlyArray<ScenarioResult>, at = "2026-11-20T12:00:00Z"): DrillReport => ({
  version: 1,
  at,
  command: ["python3", "app.py", "a red fox"],
  code: "",
  seconds: 60,
  score: { right: scenarios.length, judged: scenarios.length },
  scenarios: [...scenarios],
});

export const evidenceOf = (scenarios: ReadonlyArray<ScenarioResult>, at?: string) => ({
  mistakes: [],
  drill: drillOf(scenarios, at),
});

export const seenAt = Date.parse("2026-11-20T12:00:00Z");
export const expiresAt = seenAt + 30 * 86_400_000;

export const service = {
  gateways: [],
  timeoutMs: 300_000,
  limitsKeys: false,
  webhooks: 0,
  metrics: "",
  alerts: [],
};
