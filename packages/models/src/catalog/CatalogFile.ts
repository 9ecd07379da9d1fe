/**
 * The shape of catalog.json, and what must hold between its parts. The catalog itself is read without it, so that nobody
 * pays for checking a file that the tests have checked; use it for a catalog from elsewhere.
 */
import * as z from "zod";
import { pipelineNames } from "../Pipeline.ts";
import { isoDate } from "../profiles/PriceCard.ts";

/** What one source says: of warmth, of memory, of a licence. `source` is a key of `sources`. */
const statement = <Says extends z.ZodType>(says: Says) =>
  z.strictObject({ says, source: z.string().min(1) }).readonly();

const warmth = z
  .enum(["warm", "on-demand", "unknown"])
  .describe("`on-demand`: it is loaded when asked for; `unknown`: the source names the model and says no more.");

const modelId = z.string().regex(/^[\w.-]+(\/[\w.-]+)?$/, "must be a model's id, such as stabilityai/sd-turbo");

const entry = z
  .strictObject({
    pipeline: z.enum(pipelineNames),
    model: modelId.describe("In the exact spelling: gateways look for no other."),
    default: z.literal(true).optional().describe("Sent when the caller names no model; one for each pipeline."),
    spellingOf: modelId.optional().describe("The same model in another spelling, which most sources use."),
    note: z.string().min(1).optional(),
    licence: statement(z.string().min(1)).optional(),
    warmth: z.array(statement(warmth)).min(1).readonly(),
    minVramGb: z.array(statement(z.number().positive())).readonly().optional().describe("GPU memory, in GB."),
    presetOf: z
      .array(statement(z.string().min(1)))
      .readonly()
      .optional()
      .describe("Gateways that fill it in."),
  })
  .readonly();

export const Catalog = z
  .strictObject({
    version: isoDate.describe("The day of its last change."),
    sources: z.record(z.string(), z.strictObject({ url: z.url(), asOf: isoDate }).readonly()).readonly(),
    entries: z.array(entry).readonly(),
  })
  .readonly()
  .superRefine(({ sources, entries }, context) => {
    const complain = (path: ReadonlyArray<string | number>, message: string): void =>
      context.addIssue({ code: "custom", path: [...path], message });
    const known = new Set(Object.keys(sources));
    const ids = new Set<string>();
    for (const [index, { pipeline, model, spellingOf, ...said }] of entries.entries()) {
      const id = `${pipeline} ${model}`;
      if (ids.has(id)) complain(["entries", index, "model"], `is listed twice for ${pipeline}`);
      ids.add(id);
      if (spellingOf !== undefined && !entries.some((one) => one.pipeline === pipeline && one.model === spellingOf)) {
        complain(["entries", index, "spellingOf"], `names no model of ${pipeline}`);
      }
      for (const [field, { source }] of sourcesIn(said)) {
        if (!known.has(source)) complain(["entries", index, field], `names an unknown source: ${source}`);
      }
    }
    for (const pipeline of pipelineNames) {
      const defaults = entries.filter((one) => one.pipeline === pipeline && one.default === true).length;
      if (defaults !== 1) complain(["entries"], `must have one default for ${pipeline}, not ${defaults}`);
    }
  });

/** The file as it is written. */
export type CatalogFile = z.output<typeof Catalog>;

type Said = Pick<z.output<typeof entry>, "licence" | "warmth" | "minVramGb" | "presetOf">;

const sourcesIn = ({ licence, warmth, minVramGb = [], presetOf = [] }: Said) =>
  Object.entries({ licence: licence === undefined ? [] : [licence], warmth, minVramGb, presetOf }).flatMap(
    ([field, statements]) => statements.map((one) => [field, one] as const),
  );
