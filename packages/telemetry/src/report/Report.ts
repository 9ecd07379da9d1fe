/**
 * The figures, worked out: for each pipeline, and for each gateway, pipeline and model, what was answered, how long it took
 * over rolling windows, and what it cost. Durations are milliseconds, amounts exact decimals; JSON as it is.
 */
import { unitNames } from "@sluice/models";
import * as z from "zod";
import { outcomeClasses } from "../outcomes.ts";

const Count = z.int().min(0);
const Counts = z.record(z.string(), Count);

const Percentiles = z.strictObject({
  calls: Count,
  /** `null`: of no calls. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});

/** Of calls that gave a result: all, those that met a warm model, those that met a cold one; and of those that failed. */
const Latencies = z.strictObject({ ok: Percentiles, warm: Percentiles, cold: Percentiles, failed: Percentiles });

const Ends = z.strictObject({
  total: Count,
  /** `ok`, or the code of a failure. */
  byOutcome: Counts,
  byClass: z.partialRecord(z.enum(outcomeClasses), Count),
});

const summary = {
  calls: Ends,
  /** `byStatus`: `none` where no answer came. */
  attempts: Ends.extend({ byStatus: Counts }),
  retries: Count,
  coldStarts: Count.describe("Calls that gave a result after they had met a cold model: an outage is no cold start."),
  /** How often calls waited, and for what. */
  waits: z.strictObject({ retry: Count, gate: Count, pace: Count, turn: Count }),
  waitedMs: z.number().min(0),
  cost: z.strictObject({
    /** Of calls with a known price, to the last digit. */
    usd: z.string(),
    /** Calls whose price nobody knows, which are not in `usd`. */
    unpriced: Count,
    /** Calls to gateways that charge nothing. */
    free: Count,
  }),
  units: z.array(z.strictObject({ unit: z.enum(unitNames), count: z.string() })),
  /** `all`: since the start. A window ends with the minute that is under way, or for `24h` with the half hour. */
  latency: z.strictObject({ all: Latencies, "5m": Latencies, "1h": Latencies, "24h": Latencies }),
};

const AlertReport = z.strictObject({
  name: z.string(),
  severity: z.enum(["page", "ticket"]),
  state: z.enum(["pending", "firing"]),
  gateway: z.string(),
  pipeline: z.string(),
  /** When it became pending, in Unix milliseconds. */
  since: z.number(),
  summary: z.string(),
  shares: z.array(
    z.strictObject({ window: z.string(), share: z.number(), above: z.number(), events: Count, bad: Count }),
  ),
  runbook: z.string().optional(),
});

export const Report = z.strictObject({
  /** What it is as of, and when the first event was, in Unix milliseconds. */
  at: z.number(),
  since: z.number().nullable(),
  pipelines: z.array(z.strictObject({ pipeline: z.string(), ...summary })),
  series: z.array(z.strictObject({ gateway: z.string(), pipeline: z.string(), model: z.string(), ...summary })),
  alerts: z.array(AlertReport),
});

export type Report = z.output<typeof Report>;
export type Percentiles = z.output<typeof Percentiles>;
export type Latencies = z.output<typeof Latencies>;
export type SeriesReport = Report["series"][number];
export type AlertReport = z.output<typeof AlertReport>;
/** What is said of a pipeline and of a series alike. */
export type Summary = Omit<Report["pipelines"][number], "pipeline">;
