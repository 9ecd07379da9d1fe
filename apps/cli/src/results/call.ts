/** What every call of a gateway says of itself: its cost, its attempts, its events. */
import * as z from "zod";

export const cost = z.strictObject({
  units: z
    .union([z.number(), z.string()])
    .describe("What is billed; `unknown`, or a text where a number is not exact."),
  unit: z.string().describe("Such as `pixel`."),
  usd: z.string().describe("Exact, as a decimal; or `unknown`, which is not zero."),
  charges: z.enum(["usage", "nothing"]).describe("`nothing`: the gateway is free, and `usd` is the price elsewhere."),
  rate: z.strictObject({ label: z.string(), source: z.string(), asOf: z.string() }).optional(),
});

export const attempt = z.strictObject({
  status: z.number().nullable().describe("The HTTP status; null when no answer arrived."),
  outcome: z.string().describe("`ok`, or the code of its failure."),
  ms: z.number(),
  waitedMs: z.number().describe("How long the call then waited before the next attempt."),
  mayHaveRun: z.boolean().optional().describe("It failed, and may be billed all the same."),
});

export const warning = z.strictObject({
  rule: z.string(),
  severity: z.enum(["refuse", "warn"]),
  path: z.string().describe("The field, as it is called on the wire."),
  message: z.string(),
  fix: z.string(),
});

/** Of a call that has succeeded. */
export const callFields = {
  requestId: z.string(),
  gateway: z.string(),
  model: z.string(),
  durationMs: z.number(),
  coldStart: z.boolean(),
  attempts: z.array(attempt),
  cost,
  warnings: z.array(warning),
};

const asked = {
  requestId: z.string().describe("Ties the events of a call together, and to its result."),
  at: z.number().describe("Unix time in milliseconds."),
  gateway: z.string(),
  pipeline: z.string().describe("Or `download`."),
  model: z.string().optional(),
  origin: z.string().optional(),
};

/** What happens during a call, as it happens. */
export const callEvent = z.discriminatedUnion("type", [
  z.strictObject({
    ...asked,
    type: z.literal("call-started"),
    timeoutMs: z.number(),
    cost: cost.optional(),
    warnings: z.array(warning).optional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal("attempt-started"),
    attempt: z.number(),
    traceparent: z.string().optional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal("attempt-ended"),
    attempt: z.number(),
    status: z.number().nullable(),
    outcome: z.string(),
    mayHaveRun: z.boolean().optional(),
    ms: z.number(),
    firstTokenMs: z.number().optional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal("waiting"),
    for: z.enum(["retry", "gate", "pace", "turn"]),
    attempt: z.number().describe("Attempts so far."),
    reason: z.strictObject({ code: z.string(), message: z.string() }).optional(),
    waitMs: z.number().optional().describe("Absent when nobody knows."),
  }),
  z.strictObject({ ...asked, type: z.literal("gate-opened"), waitedMs: z.number() }),
  z.strictObject({
    ...asked,
    type: z.literal("call-ended"),
    outcome: z.string(),
    ms: z.number(),
    attempts: z.number(),
    statuses: z.array(z.number().nullable()),
    coldStart: z.boolean(),
    waitedMs: z.number(),
    cost: cost.optional(),
  }),
]);
