/** O2: how long calls take is exported, so that p50, p95 and p99 of each pipeline can be read. */
import * as Effect from "effect/Effect";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";
import { type Durations, durationsIn } from "./metrics/durations.ts";
import { type MetricsRead, readMetrics } from "./metrics/readMetrics.ts";

/** A cold model may take so long. */
const longestSeconds = 300;
const asked = [0.5, 0.95, 0.99];

export const percentiles: Check = {
  id: "O2",
  group: "monitoring",
  title: "p50, p95 and p99 of each pipeline",
  asks: "Track p50, p95, p99 latency per pipeline.",
  verified: `The metrics have a histogram of durations by \`pipeline\`, with buckets to ${longestSeconds} s, or a summary with the three quantiles.`,
  cannot: "Whether anybody looks at them.",
  attestedDays: usualAttestedDays,
  judge: (subject) => Effect.map(readMetrics(subject), (read) => (read === undefined ? notNamed : judged(read))),
};

const notNamed: Verdict = {
  status: "manual",
  evidence: "launch.toml names no metrics",
  why: "metrics are where the application runs, and nobody says where that is",
  fix: 'Name them in launch.toml: [monitoring], metrics = "http://127.0.0.1:9464/metrics", or a file with Prometheus\'s text',
};

const fix =
  "Export a histogram of how long calls take with a label pipeline, as gen_ai_client_operation_duration_seconds of @sluice/telemetry";

const judged = (read: MetricsRead): Verdict => {
  if ("verdict" in read) return read.verdict;
  const verdicts = durationsIn(read.metrics.samples).map((durations) => judgeOne(durations, read.from));
  return (
    (["pass", "warn", "fail"] as const).flatMap((status) => verdicts.filter((one) => one.status === status))[0] ?? {
      status: "fail",
      evidence: `${read.from} has no histogram and no summary of durations`,
      fix,
    }
  );
};

const judgeOne = ({ name, kind, pipelines, longestSeconds: longest, quantiles }: Durations, from: string): Verdict => {
  const told = `${from}: ${name}`;
  if (pipelines.length === 0) return { status: "fail", evidence: `${told} has no label pipeline`, fix };
  const of = `of ${pipelines.join(", ")}`;
  if (kind === "summary") {
    const missing = asked.filter((quantile) => !quantiles.includes(quantile));
    return missing.length === 0
      ? { status: "pass", evidence: `${told}, a summary ${of} with p50, p95 and p99` }
      : { status: "fail", evidence: `${told}, a summary ${of}, lacks ${missing.map(percentile).join(", ")}`, fix };
  }
  if (longest === 0) return { status: "fail", evidence: `${told} has no buckets to tell percentiles by`, fix };
  const evidence = `${told}, a histogram ${of} with buckets to ${longest} s`;
  return longest >= longestSeconds
    ? { status: "pass", evidence }
    : {
        status: "warn",
        evidence: `${evidence}, so that a cold start is off the scale`,
        fix: `Add buckets up to ${longestSeconds} s and more, such as 163.84 and 327.68`,
      };
};

const percentile = (quantile: number): string => `p${quantile * 100}`;
