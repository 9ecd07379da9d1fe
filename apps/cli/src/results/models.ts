/** The results of `sluice models`. */
import { pipelineNames } from "@sluice/models/facts";
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const pipeline = z.enum(pipelineNames);
const usd = z.string().describe("Exact, as a decimal.");

const warmth = z.strictObject({
  state: z
    .enum(["warm", "claimed", "cold", "absent", "unknown"])
    .describe("`claimed`: a document says warm, and nobody looked."),
  ageMs: z.number().nullable().describe("Of what decided; null when nothing did."),
  confidence: z.number().min(0).max(1),
  because: z.array(z.string()).describe("For a person, what decided first."),
});

const statement = <Says extends z.ZodType>(says: Says) =>
  z.strictObject({ says, source: z.string(), asOf: z.string().describe("ISO date.") });

const documented = statement(z.enum(["warm", "on-demand"])).nullable();

const price = z.strictObject({ label: z.string(), source: z.string(), asOf: z.string() }).nullable();

const capacity = z.strictObject({ total: z.int(), inUse: z.int() }).nullable();

const row = z.strictObject({
  pipeline,
  model: z.string(),
  mark: z.enum(["warm", "claimed", "cold", "absent", "unknown"]).describe("What the table shows: at this gateway."),
  offered: z.boolean().describe("Whether the gateway has the pipeline."),
  warmth,
  documented,
  orchestrators: z.int().nullable().describe("How many it is a finding of; null: nobody was asked."),
  capacity,
  price,
});

export const modelsList = success("models list", {
  gateway: z.string(),
  network: z.string().nullable().describe("Who was asked; null: documents alone."),
  models: z.array(row),
  problems: z.array(z.string()).describe("What the network said and could not be read."),
});
export type ModelsList = DoneOf<typeof modelsList>;

const known = row.extend({
  default: z.boolean().describe("Sent when a caller names no model."),
  spellingOf: z.string().nullable(),
  note: z.string().nullable(),
  licence: statement(z.string()).nullable(),
  statements: z.array(statement(z.enum(["warm", "on-demand", "unknown"]))),
  minVramGb: z.array(statement(z.number())),
  presetOf: z.array(statement(z.string())).describe("The gateways that fill it in when a request names no model."),
  gateways: z.array(z.string()).describe("Those that have the pipeline."),
  conflicts: z.array(z.string()).describe("Where sources disagree."),
  try: z.string().nullable().describe("A command that uses it."),
});

export const modelsShow = success("models show", { model: z.string(), pipelines: z.array(known) });
export type ModelsShow = DoneOf<typeof modelsShow>;

const probed = z.strictObject({
  type: z.literal("probed"),
  at: z.number().describe("When it ended, in Unix milliseconds."),
  status: z.int().nullable().describe("null: no answer."),
  says: z.enum(["warm", "cold", "absent", "failing"]),
  coldStart: z.boolean().describe("It took so long that the model was cold before."),
  ms: z.number(),
  spentUsd: usd,
});
export type Probed = z.input<typeof probed>;
export const modelsProbeEvent = probed;

const probing = { pipeline, model: z.string(), gateway: z.string() };

const found = success("models probe", {
  ...probing,
  state: z.literal("warm"),
  probes: z.int(),
  spentUsd: usd.describe("At most: what failed may not be billed."),
  charges: z.enum(["usage", "nothing"]),
  coldStartMs: z.number().nullable().describe("From the first probe to the first answer, when it was cold; else null."),
});
export type ModelsProbe = DoneOf<typeof found>;

const planned = success("models probe", {
  ...probing,
  dryRun: z.literal(true),
  request: z.record(z.string(), z.unknown()),
  eachUsd: usd.describe("Of one probe, or `unknown`."),
  charges: z.enum(["usage", "nothing"]),
  maxCostUsd: usd,
});
export type ModelsProbePlan = DoneOf<typeof planned>;

export const modelsProbe = z.union([found, planned]);

const state = z.enum(["warm", "cold", "absent", "failing"]);

const changed = z.strictObject({
  type: z.literal("changed"),
  at: z.number(),
  pipeline,
  model: z.string(),
  from: state.nullable().describe("null: it was not known before."),
  to: state,
  orchestrators: z.int().nullable(),
});
export type Changed = z.input<typeof changed>;

const looked = z.strictObject({
  type: z.literal("looked"),
  at: z.number(),
  warm: z.int(),
  cold: z.int(),
  absent: z.int(),
});
export type Looked = z.input<typeof looked>;

const missed = z.strictObject({ type: z.literal("missed"), at: z.number(), message: z.string() });
export type Missed = z.input<typeof missed>;

export const modelsWatchEvent = z.discriminatedUnion("type", [changed, looked, missed]);

export const modelsWatch = success("models watch", {
  network: z.string(),
  looks: z.int(),
  changes: z.int(),
  states: z.array(z.strictObject({ pipeline, model: z.string(), state })).describe("As of the last look."),
});
export type ModelsWatch = DoneOf<typeof modelsWatch>;
