/** The models that can be asked for: the catalog's, the gateways' own defaults, and those that calls have named; each with its warmth. */
import {
  catalog,
  type Evidence,
  type GatewayProfile,
  type PipelineName,
  pipelineNames,
  warmthOf,
} from "@sluice/models";
import * as z from "zod";

export const KnownModel = z.object({
  gateway: z.string(),
  pipeline: z.enum(pipelineNames),
  model: z.string(),
  default: z.boolean().describe("Whether it is asked for when a request names none."),
  warmth: z.object({
    state: z.enum(["warm", "claimed", "cold", "absent", "unknown"]),
    ageMs: z.number().optional().describe("Of what decided."),
    confidence: z.number().describe("0 to 1."),
    because: z.array(z.string()),
  }),
});
export type KnownModel = z.infer<typeof KnownModel>;

/** `now` in Unix milliseconds. */
export const knownModels = (
  profiles: ReadonlyArray<GatewayProfile>,
  evidence: ReadonlyArray<Evidence>,
  now: number,
): ReadonlyArray<KnownModel> =>
  profiles.flatMap((profile) =>
    profile.pipelines.flatMap((pipeline) => {
      const usual = defaultOf(profile, pipeline);
      return namesOf(profile, pipeline, evidence).map((model): KnownModel => {
        const gateway = profile.name;
        const { because, ...warmth } = warmthOf(evidence, { gateway, pipeline, model }, now);
        return { gateway, pipeline, model, default: model === usual, warmth: { ...warmth, because: [...because] } };
      });
    }),
  );

const defaultOf = ({ defaultModels }: GatewayProfile, pipeline: PipelineName): string | undefined =>
  defaultModels[pipeline] ?? catalog.find((entry) => entry.pipeline === pipeline && entry.default)?.model;

const namesOf = (
  profile: GatewayProfile,
  pipeline: PipelineName,
  evidence: ReadonlyArray<Evidence>,
): ReadonlyArray<string> => {
  const usual = defaultOf(profile, pipeline);
  // What only failed may be a name that nobody has.
  const answered = evidence.filter(
    (one) => one.pipeline === pipeline && one.gateway === profile.name && one.says === "warm",
  );
  return [
    ...new Set([
      ...(usual === undefined ? [] : [usual]),
      ...catalog.filter((entry) => entry.pipeline === pipeline).map(({ model }) => model),
      ...answered.map(({ model }) => model),
    ]),
  ];
};

/** The models that some gateway offers, each once, with the pipelines that it can be asked for. */
export const offered = (
  profiles: ReadonlyArray<GatewayProfile>,
): ReadonlyArray<{ readonly id: string; readonly pipelines: ReadonlyArray<PipelineName> }> => {
  const pipelinesOf = new Map<string, Array<PipelineName>>();
  for (const { pipeline, model } of knownModels(profiles, [], 0)) {
    const known = pipelinesOf.get(model) ?? [];
    if (!known.includes(pipeline)) pipelinesOf.set(model, [...known, pipeline]);
  }
  return [...pipelinesOf].map(([id, pipelines]) => ({ id, pipelines }));
};
