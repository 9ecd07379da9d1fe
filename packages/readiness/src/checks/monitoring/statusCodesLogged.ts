/** O1: of every request to the gateway, its status is kept somewhere. */
import type { CallEnded } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";
import { productionCalls } from "../models/productionCalls.ts";
import { statusesInLog } from "./statusesInLog.ts";
import { type MetricsRead, readMetrics } from "./metrics/readMetrics.ts";
import { isOfTheProcess } from "./metrics/isOfTheProcess.ts";

export const statusCodesLogged: Check = {
  id: "O1",
  group: "monitoring",
  title: "status codes of all requests are logged",
  asks: "Log HTTP status codes for all gateway requests.",
  verified:
    "The log that launch.toml names has lines of JSON with a status, or the metrics have a counter by status with something counted. Sluice's history on this machine has the calls of its own commands alone, and decides nothing.",
  cannot: "Whether every request passes there: what does not is seen nowhere.",
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    Effect.gen(function* () {
      const { log } = subject.settings.monitoring;
      const ofLog = log === undefined ? undefined : yield* statusesInLog(subject.folder, log);
      if (ofLog?.status === "pass") return ofLog;
      const metrics = yield* readMetrics(subject);
      const ofMetrics = metrics === undefined ? undefined : countedIn(metrics);
      if (ofMetrics?.status === "pass") return ofMetrics;
      return ofLog ?? ofMetrics ?? notNamed(yield* productionCalls(subject));
    }),
};

const statusLabels = ["status", "code", "status_code", "http_status", "http_response_status_code"];
const aStatus = /^([1-5]\d\d|[1-5]xx)$/i;

const countedIn = (read: MetricsRead): Verdict => {
  if ("verdict" in read) return read.verdict;
  const counted = read.metrics.samples.filter(
    ({ name, labels, value }) =>
      value > 0 &&
      !isOfTheProcess(name) &&
      /_(total|count)$/.test(name) &&
      statusLabels.some((one) => aStatus.test(labels.get(one) ?? "")),
  );
  const [first] = counted;
  if (first === undefined)
    return {
      status: "fail",
      evidence: `${read.from} has no counter with a status that counted anything`,
      fix: `Count the requests to the gateway by status, as livepeer_gateway_attempts_total{status="…"} of @sluice/core does`,
    };
  const same = counted.filter(({ name }) => name === first.name);
  const statuses = new Set(same.flatMap(({ labels }) => statusLabels.flatMap((one) => labels.get(one) ?? [])));
  const told = [...statuses].filter((status) => aStatus.test(status)).toSorted();
  return { status: "pass", evidence: `${read.from}: ${first.name} by status (${told.join(", ")})` };
};

const notNamed = (calls: ReadonlyArray<CallEnded>): Verdict => {
  const requests = calls.reduce((sum, { statuses }) => sum + statuses.length, 0);
  const own = requests === 0 ? "" : `; Sluice's history has the statuses of ${requests} requests of its own commands`;
  return {
    status: "manual",
    evidence: `launch.toml names no log and no metrics${own}`,
    why: "what the application logs is kept where it runs",
    fix: 'Name one in launch.toml: [monitoring], log = "calls.ndjson" or metrics = "http://127.0.0.1:9464/metrics"',
  };
};
