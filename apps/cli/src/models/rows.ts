/** The models of the catalog and of the network, each with its warmth, at one gateway. Pure. */
import {
  catalog,
  type CatalogEntry,
  documentedWarmth,
  type Evidence,
  findModel,
  type GatewayProfile,
  type PipelineName,
  type Statement,
  warmthOf,
  type Warmth,
} from "@sluice/models";
import { indicativeCard, type Rate, ratesOf } from "@sluice/pricing";

export type Mark = "warm" | "claimed" | "cold" | "absent" | "unknown";

export interface Row {
  readonly pipeline: PipelineName;
  readonly model: string;
  /** What is shown: a model that is documented as loaded on demand, and of which no more is known, counts as cold. */
  readonly mark: Mark;
  readonly warmth: Warmth;
  readonly documented: Statement<"warm" | "on-demand"> | undefined;
  /** The newest that is known from the network. */
  readonly seen: Evidence | undefined;
  /** Whether the gateway has the pipeline. */
  readonly offered: boolean;
  readonly rate: Rate | undefined;
}

export interface View {
  readonly profile: Pick<GatewayProfile, "name" | "pipelines" | "prices">;
  readonly evidence: ReadonlyArray<Evidence>;
  readonly pipeline: PipelineName | undefined;
  readonly now: number;
}

export const rowsOf = ({ profile, evidence, pipeline, now }: View): ReadonlyArray<Row> => {
  const isMeant = (one: { readonly pipeline: PipelineName }): boolean =>
    pipeline === undefined || one.pipeline === pipeline;
  const others = evidence.filter(({ pipeline: of, model }) => findModel(of, model) === undefined);
  const unlisted = new Map(others.map((one) => [`${one.pipeline} ${one.model}`, one]));
  return [...catalog, ...unlisted.values()]
    .filter(isMeant)
    .map((subject) => rowOf(subject, { profile, evidence, now }));
};

const rowOf = (
  { pipeline, model }: Pick<CatalogEntry, "pipeline" | "model">,
  { profile, evidence, now }: Omit<View, "pipeline">,
): Row => {
  const own = evidence.filter((one) => one.pipeline === pipeline && one.model === model);
  const warmth = warmthOf(own, { pipeline, model }, now);
  const entry = findModel(pipeline, model);
  const documented = entry && documentedWarmth(entry);
  const offered = profile.pipelines.includes(pipeline);
  return {
    ...{ pipeline, model, warmth, documented, offered },
    mark: markOf(warmth, documented, offered),
    seen: own.toSorted((a, b) => b.at - a.at)[0],
    rate: ratesOf(profile.prices ?? indicativeCard).find(pipeline, model)[0],
  };
};

const markOf = ({ state }: Warmth, documented: Row["documented"], offered: boolean): Mark => {
  if (!offered) return "absent";
  return state === "unknown" && documented !== undefined ? "cold" : state;
};
