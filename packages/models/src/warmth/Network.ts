/**
 * Reads go-livepeer's `GET /getNetworkCapabilities`: what every orchestrator that a gateway has found says of itself. Go
 * writes it with `encoding/json` from protobuf structs, so that zero values are absent: no `warm` means cold.
 */
import type { FieldError } from "@sluice/errors";
import * as z from "zod";
import { catalog } from "../catalog/Catalog.ts";
import { fieldErrors } from "../fieldErrors.ts";
import type { PipelineName } from "../Pipeline.ts";
import { pipelineOf } from "./capabilities.ts";
import type { Evidence } from "./Evidence.ts";

/** When and where something was read. */
export interface ReadingOf {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly source: string;
  readonly gateway?: string;
}

/** What one orchestrator asks: `wei` for `per` units of the pipeline. A price from dollars is a fraction of large numbers. */
export interface NetworkPrice {
  readonly pipeline: PipelineName;
  /** Absent: for every model. */
  readonly model?: string;
  /** Its address on the chain, or its URL. */
  readonly orchestrator: string;
  readonly wei: number;
  readonly per: number;
}

export interface Network {
  /** Of every model that an orchestrator lists, and of those of the catalog that none does. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly prices: ReadonlyArray<NetworkPrice>;
  /** What could not be read, by its path; the rest was. */
  readonly problems: ReadonlyArray<FieldError>;
}

const count = z.int().min(0).optional();

const model = z.object({ warm: z.boolean().optional(), capacity: count, capacityInUse: count });

const constraints = z.object({
  PerCapability: z.record(z.string(), z.object({ models: z.record(z.string(), model).nullish() })).nullish(),
});

const orchestrator = z.object({
  address: z.string().optional(),
  orch_uri: z.string().optional(),
  capabilities: z.object({ constraints: constraints.nullish() }).nullish(),
});

/** Up to Go's int64; beyond 2^53, JSON.parse keeps 16 digits of it. */
const int64 = z
  .number()
  .max(2 ** 63)
  .refine(Number.isInteger, "must be a whole number");

const price = z.object({
  pricePerUnit: int64.min(0).optional(),
  pixelsPerUnit: int64.min(1),
  capability: count,
  constraint: z.string().default(""),
});

/** An orchestrator's price for the models that it names no other for. */
const everyModel: ReadonlySet<string> = new Set(["", "default"]);

const priced = z.object({ capabilities_prices: z.array(z.unknown()).nullish() });

const answer = z.object({ orchestrators: z.array(z.unknown()).nullish() });

interface Tally {
  readonly pipeline: PipelineName;
  readonly model: string;
  readonly listed: Array<z.output<typeof model>>;
}

/**
 * The evidence and the prices in an answer, parsed from JSON. It never throws: what an orchestrator wrote that has another
 * shape is left out and named in `problems`, and the others count.
 */
export const readNetworkCapabilities = (json: unknown, reading: ReadingOf): Network => {
  const problems: Array<FieldError> = [];
  const parse = <Shape extends z.ZodType>(shape: Shape, value: unknown, path: string): z.output<Shape> | undefined => {
    const result = shape.safeParse(value);
    if (result.success) return result.data;
    for (const { path: inner, message } of fieldErrors(result.error)) {
      problems.push({ path: [path, inner].filter((part) => part !== "").join("."), message });
    }
    return undefined;
  };

  const tallies = new Map<string, Tally>();
  const prices: Array<NetworkPrice> = [];
  let read = 0;
  for (const [index, entry] of (parse(answer, json, "")?.orchestrators ?? []).entries()) {
    const path = `orchestrators.${index}`;
    const found = parse(orchestrator, entry, path);
    if (found === undefined) continue;
    read += 1;
    for (const [capability, { models }] of Object.entries(found.capabilities?.constraints?.PerCapability ?? {})) {
      const pipeline = pipelineOf(capability);
      if (pipeline === undefined) continue;
      for (const [id, listed] of Object.entries(models ?? {})) {
        const key = `${pipeline} ${id}`;
        const tally = tallies.get(key) ?? { pipeline, model: id, listed: [] };
        tallies.set(key, tally);
        tally.listed.push(listed);
      }
    }
    const offers = parse(priced, entry, path)?.capabilities_prices ?? [];
    for (const [place, offer] of offers.entries()) {
      const asked = parse(price, offer, `${path}.capabilities_prices.${place}`);
      const pipeline = pipelineOf(asked?.capability ?? 0);
      if (asked === undefined || pipeline === undefined) continue;
      prices.push({
        pipeline,
        ...(everyModel.has(asked.constraint) ? {} : { model: asked.constraint }),
        orchestrator: found.address ?? found.orch_uri ?? `number ${index}`,
        wei: asked.pricePerUnit ?? 0,
        per: asked.pixelsPerUnit,
      });
    }
  }

  const seen = [...tallies.values()].map((tally) => evidenceOf(tally, reading));
  // A gateway that has found nobody yet knows of no model, which says nothing of any.
  const missing = read === 0 ? [] : catalog.filter((entry) => !tallies.has(`${entry.pipeline} ${entry.model}`));
  const absent = missing.map((entry) =>
    evidenceOf({ pipeline: entry.pipeline, model: entry.model, listed: [] }, reading),
  );
  return { evidence: [...seen, ...absent], prices, problems };
};

const evidenceOf = ({ pipeline, model, listed }: Tally, reading: ReadingOf): Evidence => {
  const warm = listed.filter((one) => one.warm === true);
  const those = warm.length > 0 ? warm : listed;
  const total = sum(those.map(({ capacity = 0 }) => capacity));
  return {
    pipeline,
    model,
    ...reading,
    from: "network",
    says: warm.length > 0 ? "warm" : listed.length > 0 ? "cold" : "absent",
    orchestrators: those.length,
    ...(total === 0 ? {} : { capacity: { total, inUse: sum(those.map(({ capacityInUse = 0 }) => capacityInUse)) } }),
  };
};

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, one) => total + one, 0);
