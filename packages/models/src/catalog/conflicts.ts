/** Where the catalog's sources disagree, kept visible: what a toolkit picks is a choice, and a user should see it as one. */
import { type PipelineName, pipelineNames } from "../Pipeline.ts";
import { catalog, type CatalogEntry, type Statement } from "./Catalog.ts";

export interface Conflict {
  readonly pipeline: PipelineName;
  /**
   * `warmth`: sources differ about one model. `warm-model`: they name different models as the warm one. `vram`: they
   * differ about the memory. `preset`: a gateway fills in a model that nobody says is warm. `spelling`: one model, two ids.
   */
  readonly about: "warmth" | "warm-model" | "vram" | "preset" | "spelling";
  readonly models: ReadonlyArray<string>;
  /** For a person. */
  readonly sentence: string;
  readonly statements: ReadonlyArray<Statement<string | number> & { readonly model: string }>;
}

/** Every disagreement between the sources of a catalog, in the order of the pipelines. */
export const conflicts = (entries: ReadonlyArray<CatalogEntry> = catalog): ReadonlyArray<Conflict> =>
  pipelineNames.flatMap((pipeline) => {
    const models = entries.filter((entry) => entry.pipeline === pipeline);
    return [
      ...models.flatMap(withinOne),
      ...models.flatMap((entry) => spellings(entry, models)),
      ...warmModels(pipeline, models),
      ...models.flatMap(presets),
    ];
  });

const of = <Says extends string | number>(model: string, statements: ReadonlyArray<Statement<Says>>) =>
  statements.map((statement) => ({ model, ...statement }));

const distinct = <T>(values: ReadonlyArray<T>): ReadonlyArray<T> => [...new Set(values)];

const withinOne = ({ pipeline, model, ...entry }: CatalogEntry): ReadonlyArray<Conflict> => {
  const warmth = entry.warmth.filter(({ says }) => says !== "unknown");
  const states = distinct(warmth.map(({ says }) => says));
  const sizes = distinct(entry.minVramGb.map(({ says }) => says));
  const base = { pipeline, models: [model] };
  const found: Array<Conflict> = [];
  if (states.length > 1) {
    const sentence = `${model} is ${states.join(" to some sources and ")} to others.`;
    found.push({ ...base, about: "warmth", sentence, statements: of(model, warmth) });
  }
  if (sizes.length > 1) {
    const sentence = `${model} needs ${sizes.join(" or ")} GB of GPU memory: the sources differ.`;
    found.push({ ...base, about: "vram", sentence, statements: of(model, entry.minVramGb) });
  }
  return found;
};

const spellings = (entry: CatalogEntry, models: ReadonlyArray<CatalogEntry>): ReadonlyArray<Conflict> => {
  const { pipeline, model, spellingOf: usual } = entry;
  if (usual === undefined) return [];
  const others = models.filter((one) => one.model === usual);
  const statements = [entry, ...others].flatMap((one) => of(one.model, one.warmth));
  const sentence = `${model} and ${usual} are one model; a gateway finds it by the exact spelling alone.`;
  return [{ pipeline, about: "spelling", models: [model, usual], sentence, statements }];
};

/** Sources whose warm models have none in common. */
const warmModels = (pipeline: PipelineName, models: ReadonlyArray<CatalogEntry>): ReadonlyArray<Conflict> => {
  const claims = models.flatMap(({ model, warmth }) =>
    of(
      model,
      warmth.filter(({ says }) => says === "warm"),
    ),
  );
  const bySource = distinct(claims.map(({ source }) => source)).map((source) =>
    claims.filter((claim) => claim.source === source),
  );
  const apart = bySource.some((some) =>
    bySource.some((others) => !some.some(({ model }) => others.some((other) => other.model === model))),
  );
  if (!apart) return [];
  const names = distinct(claims.map(({ model }) => model));
  const sentence = `The sources name different warm models for ${pipeline}: ${names.join(", ")}.`;
  return [{ pipeline, about: "warm-model", models: names, sentence, statements: claims }];
};

/** What a gateway fills in, where no source says that it is warm. */
const presets = ({ pipeline, model, warmth, presetOf }: CatalogEntry): ReadonlyArray<Conflict> => {
  if (presetOf.length === 0 || pipeline === "live-video-to-video" || warmth.some(({ says }) => says === "warm")) {
    return [];
  }
  const gateways = presetOf.map(({ says }) => says).join(" and ");
  const sentence = `${gateways} fills in ${model} for ${pipeline}, which no source calls warm.`;
  return [
    {
      pipeline,
      about: "preset",
      models: [model],
      sentence,
      statements: [...of(model, presetOf), ...of(model, warmth)],
    },
  ];
};
