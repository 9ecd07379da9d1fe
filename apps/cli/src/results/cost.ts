/** The results of `sluice cost`. Amounts are exact decimals of USD as text; what is not known is "unknown", never 0. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const usd = z.string().describe("USD, exact, such as 0.019922944; or unknown.");
const unit = z.enum(["pixel", "millisecond", "token", "character"]);
const charges = z
  .enum(["usage", "nothing"])
  .describe("nothing: the gateway is free; the same call costs this elsewhere.");
const range = z.union([z.strictObject({ low: usd, high: usd }), z.literal("unknown")]);

const rate = z.strictObject({
  label: z.string().describe("For people, such as $0.019/MP."),
  source: z.string(),
  asOf: z.string().describe("ISO date on which the source said so."),
});

export const costEstimate = success("cost estimate", {
  gateway: z.string(),
  pipeline: z.string(),
  model: z.string().nullable(),
  units: z.union([z.int(), z.literal("unknown")]),
  unit,
  usd,
  rate: rate.nullable(),
  range: range.describe("From the lowest to the highest of what the sources say."),
  charges,
  worst: usd.optional().describe("With --retries: every run billed, at the range's upper end."),
  why: z.array(z.string()),
});
export type CostEstimate = DoneOf<typeof costEstimate>;

const sum = z.strictObject({
  usd,
  atLeast: z.boolean().describe("Something of unknown price comes on top."),
});

export const costProject = success("cost project", {
  perDay: sum,
  perMonth: sum.describe("Of the first month."),
  months: z.array(
    z.strictObject({
      month: z.string().nullable().describe("Such as 2026-12; null: a month of 30 days."),
      days: z.int(),
      ...sum.shape,
      worst: sum.describe("The same with every call at the upper end of its range."),
    }),
  ),
  entries: z.array(
    z.strictObject({
      gateway: z.string(),
      pipeline: z.string(),
      callsPerDay: z.int(),
      perCall: usd,
      perDay: usd,
      perMonth: usd,
      share: z.string().describe("Of what is known of the first month, from 0 to 1; or unknown."),
      charges,
      rate: rate.nullable(),
    }),
  ),
  charges: z.enum(["usage", "nothing", "mixed"]),
  saved: z.string().nullable().describe("The file that `sluice launch check` reads; null: none was written."),
});
export type CostProject = DoneOf<typeof costProject>;

export const costRates = success("cost rates", {
  gateway: z.string(),
  charges,
  rates: z.array(
    z.strictObject({
      pipeline: z.string(),
      model: z.string().nullable().describe("Of this model alone; null: of every one without a rate of its own."),
      unit,
      ...rate.shape,
      isPrice: z.boolean().describe("false: what another source says of the same thing."),
      currency: z.enum(["USD", "wei"]),
      ethUsd: z.strictObject({ price: z.string(), asOf: z.string() }).nullable(),
    }),
  ),
  conflicts: z.array(
    z.strictObject({ pipeline: z.string(), model: z.string().nullable(), labels: z.array(z.string()) }),
  ),
  unpriced: z.array(z.string()).describe("Pipelines that the gateway offers and the card has no rate for."),
});
export type CostRates = DoneOf<typeof costRates>;
