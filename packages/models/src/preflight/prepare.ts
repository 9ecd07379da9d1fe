/** From what a caller gives to what is sent, or to everything that speaks against it: the schema first, then the rules. */
import type { MediaFacts } from "../media/MediaFacts.ts";
import { nearest } from "../nearest.ts";
import { type PipelineName, pipelineNames } from "../Pipeline.ts";
import { type InputOf, pipelines, type RequestOf } from "../pipelines/pipelines.ts";
import { fieldFindings } from "./fieldRules.ts";
import { preflight } from "./preflight.ts";
import type { Finding, Plan } from "./Rule.ts";

export type Prepared<Name extends PipelineName> =
  | {
      readonly ok: true;
      /** With `request` and `facts` it is what `quote` of @sluice/pricing prices. */
      readonly pipeline: Name;
      readonly request: RequestOf<Name>;
      readonly facts: MediaFacts | undefined;
      readonly warnings: ReadonlyArray<Finding>;
    }
  /** Each mistake with its field, its rule and a fix. */
  | { readonly ok: false; readonly findings: ReadonlyArray<Finding> };

export type Circumstances = Omit<Plan, "pipeline" | "request">;

/** The names of each pipeline's fields. */
const fields: ReadonlyMap<PipelineName, ReadonlyArray<string>> = new Map(
  Object.values(pipelines).map(({ name, input }) => {
    // A schema that ends in a transformation holds its fields in what goes in.
    const { shape } = "shape" in input ? input : input.in;
    return [name, Object.keys(shape)];
  }),
);

/** Pure; about as quick as parsing alone. `facts` are of the file that the input carries: see `readMedia`. */
export const prepare = <Name extends PipelineName>(
  pipeline: Name,
  input: InputOf<Name>,
  circumstances: Circumstances,
): Prepared<Name> => {
  if (!Object.hasOwn(pipelines, pipeline)) return { ok: false, findings: [noSuch(pipeline)] };
  const parsed = pipelines[pipeline].input.safeParse(withModel(pipeline, input, circumstances), { reportInput: true });
  if (!parsed.success) return { ok: false, findings: fieldFindings(parsed.error, fields.get(pipeline)) };
  const request = withoutRefused(pipeline, parsed.data as RequestOf<Name>, input, circumstances);
  const all = preflight({ ...circumstances, pipeline, request });
  if (all.some(isRefusal)) return { ok: false, findings: all.filter(isRefusal) };
  return { ok: true, pipeline, request, facts: circumstances.facts, warnings: all };
};

const isRefusal = ({ severity }: Finding): boolean => severity === "refuse";

/** Types know the pipelines; a text from elsewhere may name another. */
const noSuch = (given: unknown): Finding => {
  const name = String(given).slice(0, 80);
  const meant = nearest(name, pipelineNames);
  const fix = meant === undefined ? `The pipelines are ${pipelineNames.join(", ")}.` : `Did you mean ${meant}?`;
  return { rule: "pipeline-offered", severity: "refuse", path: "", message: `there is no pipeline "${name}"`, fix };
};

/** A field that the gateway refuses, and nobody asked for, is not sent to it. */
const withoutRefused = <Request extends object>(
  pipeline: PipelineName,
  request: Request,
  input: Readonly<Record<string, unknown>>,
  { profile }: Circumstances,
): Request => {
  const refused = profile.unknownFields[pipeline]?.filter((name) => !isGiven(input, name));
  if (refused === undefined) return request;
  return Object.fromEntries(Object.entries(request).filter(([name]) => !refused.includes(name))) as Request;
};

/** Livepeer's own SDK sends "" for what was not given. */
const isGiven = (input: Readonly<Record<string, unknown>>, name: string): boolean =>
  Object.hasOwn(input, name) && input[name] !== undefined && input[name] !== "";

/** A gateway's own default comes before the catalog's, for a caller who names no model. */
const withModel = (pipeline: PipelineName, input: unknown, { profile }: Circumstances): unknown => {
  const model = profile.defaultModels[pipeline];
  if (model === undefined || typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const { modelField } = pipelines[pipeline];
  return isGiven(input as Readonly<Record<string, unknown>>, modelField) ? input : { ...input, [modelField]: model };
};
