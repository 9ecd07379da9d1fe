/** Everything that a review of a launch says, as data; every format is made from it. */
import * as z from "zod";
import { groups, statuses } from "../checks/Check.ts";
import { Attestation } from "../attestations/Attestation.ts";

/** Statuses that keep a team from launching: this one and what is worse than it. */
export const thresholds = ["fail", "manual", "warn"] as const;
export type Threshold = (typeof thresholds)[number];

const time = z.iso.datetime();
const place = z.strictObject({
  file: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
  message: z.string().optional(),
});

export const CheckResult = z.strictObject({
  id: z.string(),
  group: z.enum(groups),
  title: z.string(),
  status: z.enum(statuses),
  evidence: z.string(),
  details: z.array(z.string()),
  places: z.array(place),
  fix: z.string().nullable().describe("A command, or what to change."),
  why: z.string().nullable().describe("Of `manual`: why software cannot tell."),
  seenAt: time.nullable().describe("When what was seen took place; null: now."),
  expiresAt: time.nullable().describe("From when on it counts no more; null: it holds as long as nothing changes."),
  attestation: Attestation.nullable(),
  known: z.boolean().describe("Whether the baseline has it, so that it does not count."),
  blocks: z.boolean().describe("Whether it keeps the launch back."),
});
export type CheckResult = z.infer<typeof CheckResult>;

export const LaunchReport = z.strictObject({
  version: z.literal(1),
  at: time,
  subject: z.string().describe("What was looked at: a folder's name, or a service."),
  gateway: z.string().nullable(),
  ready: z.boolean(),
  failOn: z.enum(thresholds),
  counts: z.record(z.enum(statuses), z.int()),
  checks: z.array(CheckResult),
  notes: z.array(z.string()).describe("What else is to be known, such as an evidence file that could not be read."),
});
export type LaunchReport = z.infer<typeof LaunchReport>;
