/**
 * Reads go-livepeer's `GET /getAISessionPoolsInfo`: for every model that was asked for since the gateway started, the
 * orchestrators that it would send the next request to, warm ones first. It looks for new ones every ten minutes.
 */
import type { FieldError } from "@sluice/errors";
import * as z from "zod";
import { type PipelineName, pipelineNames } from "../Pipeline.ts";
import { pipelineOf } from "./capabilities.ts";
import type { Evidence, Sign } from "./Evidence.ts";
import type { ReadingOf } from "./Network.ts";
import { parserInto } from "./pieces.ts";

const pool = z.object({ size: z.int().min(0) });

const pools = z.object({
  warm: pool,
  cold: pool,
  last_refresh: z.string().optional(),
  suspended: z.object({ list: z.record(z.string(), z.int()).nullish(), current_count: z.int().optional() }).optional(),
});

const answer = z.record(z.string(), z.unknown());

/**
 * The evidence in an answer, parsed from JSON. It never throws: a pool of another shape is left out and named in
 * `problems`, and so is a key that is no capability and model. Each finding is as old as the gateway's own search for
 * orchestrators, `last_refresh`.
 */
export const readSessionPools = (
  json: unknown,
  reading: ReadingOf,
): { readonly evidence: ReadonlyArray<Evidence>; readonly problems: ReadonlyArray<FieldError> } => {
  const evidence: Array<Evidence> = [];
  const problems: Array<FieldError> = [];
  const parse = parserInto(problems);
  for (const [key, value] of Object.entries(parse(answer, json, "") ?? {})) {
    const subject = subjectOf(key);
    const found = subject && parse(pools, value, key);
    if (subject !== undefined && found !== undefined) evidence.push({ ...subject, ...evidenceOf(found, reading) });
    if (subject === undefined && !isNumbered(key)) problems.push({ path: key, message: unknownKey });
  }
  return { evidence, problems };
};

/**
 * `27_stabilityai/sd-turbo`: the capability's number as go-livepeer writes it (ai_session.go at 176aa415), or the
 * pipeline's name. Ids have underscores of their own, so that the first one parts the two.
 */
const subjectOf = (key: string): { readonly pipeline: PipelineName; readonly model: string } | undefined => {
  const place = key.indexOf("_");
  const [capability, model] = [key.slice(0, place), key.slice(place + 1)];
  const pipeline = pipelineOf(capability) ?? pipelineNames.find((name) => name === capability);
  return place < 0 || pipeline === undefined ? undefined : { pipeline, model };
};

/** A capability that is no pipeline of ours, such as BYOC: `37_mine`. */
const isNumbered = (key: string): boolean => /^-?\d+_/.test(key);

const unknownKey = 'is no capability and model, such as "27_stabilityai/sd-turbo"';

const evidenceOf = (
  { warm, cold, last_refresh: refreshed = "", suspended }: z.output<typeof pools>,
  reading: ReadingOf,
): Omit<Evidence, "pipeline" | "model"> => {
  // Orchestrators that failed are kept out until the count of refreshes passes theirs; they have the model all the same.
  const { list, current_count: refreshes = 0 } = suspended ?? {};
  const waiting = Object.values(list ?? {}).filter((until) => until >= refreshes).length;
  const [says, orchestrators]: readonly [Sign, number] =
    warm.size > 0
      ? ["warm", warm.size]
      : cold.size > 0
        ? ["cold", cold.size]
        : waiting > 0
          ? ["failing", waiting]
          : ["absent", 0];
  const at = Date.parse(refreshed);
  // Go's zero time is long before 1970.
  return { ...reading, from: "pool", says, orchestrators, at: at > 0 && at <= reading.at ? at : reading.at };
};
