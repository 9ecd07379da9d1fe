/** The results of `sluice stats`. */
import { Report } from "@sluice/telemetry";
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const source = z.string().describe("history: this machine's record; or a service's address.");

const figures = { source, report: Report.describe("As @sluice/telemetry reports it.") };
export const stats = success("stats", figures);
export const statsSummary = success("stats summary", figures);
export type Stats = DoneOf<typeof stats>;

export const statsErrors = success("stats errors", {
  source,
  calls: z.int(),
  errors: z.array(
    z.strictObject({
      code: z.string(),
      class: z.enum(["ok", "unavailable", "server-error", "rate-limited", "refused", "caller"]),
      title: z.string(),
      calls: z.int().describe("That ended with it."),
      attempts: z.int().describe("That ended with it, also where a later one succeeded."),
      pipelines: z.array(z.string()),
    }),
  ),
});
export type StatsErrors = DoneOf<typeof statsErrors>;

const call = {
  at: z.string().describe("When it ended; ISO 8601, UTC."),
  requestId: z.string(),
  gateway: z.string(),
  pipeline: z.string(),
  model: z.string().nullable(),
  outcome: z.string().describe("ok, or the code of its failure."),
  statuses: z.array(z.int().nullable()).describe("What each attempt was answered; null: no answer."),
  ms: z.number(),
  waitedMs: z.number(),
  coldStart: z.boolean(),
  costUsd: z.string().nullable().describe("Exact, 0 where nothing is charged, or unknown; null: it failed."),
};

const calls = { source, calls: z.array(z.strictObject(call)) };
export const statsSlowest = success("stats slowest", calls);
export const statsTail = success("stats tail", calls);
export type StatsCalls = DoneOf<typeof statsTail>;

export const statsExport = success("stats export", { source, exported: z.int() });
export const statsExported = z.strictObject({ type: z.literal("call"), ...call });
export type StatsExport = DoneOf<typeof statsExport>;
