/**
 * Reads go-livepeer's `GET /getNetworkCapabilities`: what every orchestrator that a gateway has found says of itself. Go
 * writes it with `encoding/json` from protobuf structs, so that zero values are absent: no `warm` means cold.
 */
import type { FieldError } from "@sluice/errors";
import * as z from "zod";
import { catalog } from "../catalog/Catalog.ts";
import type { PipelineName } from "../Pipeline.ts";
import { pipelineOf } from "./capabilities.ts";
import type { Evidence } from "./Evidence.ts";
import { type NetworkPrice, networkPrices } from "./networkPrices.ts";
import { type ParsePiece, parserInto } from "./pieces.ts";

/** When and where something was read. */
export interface ReadingOf {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly source: string;
  readonly gateway?: string;
}

export interface Network {
  /** Of every model that an orchestrator lists, and, if each could be read, of those of the catalog that none does. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly prices: ReadonlyArray<NetworkPrice>;
  /** What could not be read, by its path; the rest was. */
  readonly problems: ReadonlyArray<FieldError>;
}

const count = z.int().min(0).optional();

const model = z.object({ warm: z.boolean().optional(), capacity: count, capacityInUse: count });

const capability = z.object({ models: z.record(z.string(), z.unknown()).nullish() });

const constraints = z.object({ PerCapability: z.record(z.string(), z.unknown()).nullish() });

/** Go writes an address that an orchestrator does not have as an empty one. */
const address = z
  .string()
  .optional()
  .transform((text) => (text === "" ? undefined : text));

const orchestrator = z.object({
  address,
  orch_uri: address,
  capabilities: z.object({ constraints: constraints.nullish() }).nullish(),
});

/** Go writes both, and `null` for no orchestrators. */
const answer = z
  .object({ orchestrators: z.array(z.unknown()).nullish(), capabilities_names: z.unknown().optional() })
  .refine((fields) => fields.orchestrators !== undefined || fields.capabilities_names !== undefined, {
    message: "is no answer of /getNetworkCapabilities",
  });

interface Tally {
  readonly pipeline: PipelineName;
  readonly model: string;
  readonly listed: Array<z.output<typeof model>>;
}

/**
 * The evidence and the prices in an answer, parsed from JSON. It never throws: what an orchestrator wrote that has another
 * shape is left out and named in `problems`, and what stands beside it counts.
 */
export const readNetworkCapabilities = (json: unknown, reading: ReadingOf): Network => {
  const problems: Array<FieldError> = [];
  const parse = parserInto(problems);
  const tallies = new Map<string, Tally>();
  const orchestrators = parse(answer, json, "")?.orchestrators ?? [];
  const read = orchestrators.flatMap((entry, index) => {
    const path = `orchestrators.${index}`;
    const found = parse(orchestrator, entry, path);
    if (found === undefined) return [];
    tally(tallies, found, path, parse);
    return [{ entry, path, orchestrator: found.orch_uri ?? `${found.address ?? "number"} ${index}` }];
  });
  // A gateway that has found nobody yet knows of no model, and what could not be read may be any.
  const isWhole = read.length > 0 && problems.length === 0;
  const prices = read.flatMap(({ entry, ...seller }) => networkPrices(entry, { ...seller, parse }));
  const seen = [...tallies.values()].map((one) => evidenceOf(one, reading));
  const missing = isWhole ? catalog.filter((entry) => !tallies.has(`${entry.pipeline} ${entry.model}`)) : [];
  const absent = missing.map(({ pipeline, model }) => evidenceOf({ pipeline, model, listed: [] }, reading));
  return { evidence: [...seen, ...absent], prices, problems };
};

/** Adds each model that an orchestrator lists; one that cannot be read costs no other. */
const tally = (
  tallies: Map<string, Tally>,
  { capabilities }: z.output<typeof orchestrator>,
  path: string,
  parse: ParsePiece,
): void => {
  for (const [number, listing] of Object.entries(capabilities?.constraints?.PerCapability ?? {})) {
    const pipeline = pipelineOf(number);
    if (pipeline === undefined) continue;
    const place = `${path}.capabilities.constraints.PerCapability.${number}`;
    for (const [id, entry] of Object.entries(parse(capability, listing, place)?.models ?? {})) {
      const listed = parse(model, entry, `${place}.models.${id}`);
      if (listed === undefined) continue;
      const key = `${pipeline} ${id}`;
      const known = tallies.get(key) ?? { pipeline, model: id, listed: [] };
      tallies.set(key, known);
      known.listed.push(listed);
    }
  }
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
