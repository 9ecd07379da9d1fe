/**
 * The models that Livepeer's documents and code name, for every pipeline, and what each source says of them: how warm they
 * are kept, the memory they need, which gateway fills them in. A document is a claim, not a measurement: each statement
 * has its source and its date, and sources that disagree stand side by side (see `conflicts`).
 */
import { order } from "../order.ts";
import type { PipelineName } from "../Pipeline.ts";
import data from "./catalog.json" with { type: "json" };
import type { CatalogFile } from "./CatalogFile.ts";

/** The tests parse the file with its schema; here it is only given its type. */
const { version, sources, entries } = data as CatalogFile;

/** `on-demand`: it is loaded when asked for. `unknown`: the source names the model and says no more. */
export type DocumentedWarmth = CatalogFile["entries"][number]["warmth"][number]["says"];

export interface Statement<Says> {
  readonly says: Says;
  /** A URL; of code and of documents that move, at the commit that was read. */
  readonly source: string;
  /** ISO date: when the source was last changed or checked by its authors. */
  readonly asOf: string;
}

export interface CatalogEntry {
  readonly pipeline: PipelineName;
  /** In the exact spelling: gateways look for no other. For live-video-to-video: the name of a pipeline. */
  readonly model: string;
  /** Sent when the caller names no model. */
  readonly default: boolean;
  /** This is another spelling of that model, which most sources use. */
  readonly spellingOf?: string | undefined;
  readonly note?: string | undefined;
  /** Absent: no source that was read says anything. */
  readonly licence?: Statement<string> | undefined;
  readonly warmth: ReadonlyArray<Statement<DocumentedWarmth>>;
  /** GPU memory in GB, as documented for the pipeline with this model; empty: no source says. */
  readonly minVramGb: ReadonlyArray<Statement<number>>;
  /** The gateways that fill it in when a request has no model, by their profile's name. */
  readonly presetOf: ReadonlyArray<Statement<string>>;
}

const resolve = <Says>({ says, source }: { readonly says: Says; readonly source: string }): Statement<Says> => ({
  says,
  source: sources[source]?.url ?? source,
  asOf: sources[source]?.asOf ?? version,
});

/** The day of the catalog's last change, as an ISO date. */
export const catalogVersion: string = version;

/** Every model, by pipeline; within one the default comes first. */
export const catalog: ReadonlyArray<CatalogEntry> = entries.map(
  ({ default: isDefault, licence, warmth, minVramGb, presetOf, ...entry }) => ({
    ...entry,
    default: isDefault ?? false,
    licence: licence && resolve(licence),
    warmth: warmth.map(resolve),
    minVramGb: minVramGb?.map(resolve) ?? [],
    presetOf: presetOf?.map(resolve) ?? [],
  }),
);

/** The models that are known for a pipeline, its default first. */
export const modelsOf = (pipeline: PipelineName): ReadonlyArray<CatalogEntry> =>
  catalog.filter((entry) => entry.pipeline === pipeline);

/** What is known of a model, by its exact spelling; `undefined` when the catalog does not have it. */
export const findModel = (pipeline: PipelineName, model: string): CatalogEntry | undefined =>
  catalog.find((entry) => entry.pipeline === pipeline && entry.model === model);

/** The model to use when the caller names none: the one that is documented as warm, of the checklist where it has one. */
export const defaultModel = (pipeline: PipelineName): string => {
  const entry = modelsOf(pipeline).find((candidate) => candidate.default);
  if (entry === undefined) throw new Error(`The catalog lists no default model for ${pipeline}.`);
  return entry.model;
};

/** The newest statement about warmth that says something; of several from one day, the best. */
export const documentedWarmth = ({ warmth }: CatalogEntry): Statement<"warm" | "on-demand"> | undefined =>
  warmth
    .filter((one): one is Statement<"warm" | "on-demand"> => one.says !== "unknown")
    .toSorted((a, b) => order(b.asOf, a.asOf) || order(b.says, a.says))[0];
