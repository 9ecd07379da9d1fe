/** What changed between two looks at the network. Pure. */
import type { Evidence, PipelineName, Sign } from "@sluice/models";

export interface Watched {
  readonly pipeline: PipelineName;
  readonly model: string;
  readonly state: Sign;
  readonly orchestrators: number | undefined;
}

export type States = ReadonlyMap<string, Watched>;

export interface Wanted {
  /** Empty: all. */
  readonly models: ReadonlyArray<string>;
  readonly pipeline: PipelineName | undefined;
}

/** What orchestrators say counts; whom a gateway would ask next is told by the pools, for those alone that nobody lists. */
export const statesOf = (evidence: ReadonlyArray<Evidence>, { models, pipeline }: Wanted): States => {
  const states = new Map<string, Watched>();
  for (const { pipeline: of, model, from, says, orchestrators } of evidence) {
    const isMeant = (models.length === 0 || models.includes(model)) && (pipeline === undefined || of === pipeline);
    const key = `${of} ${model}`;
    if (!isMeant || (from !== "network" && states.has(key))) continue;
    states.set(key, { pipeline: of, model, state: says, orchestrators });
  }
  return states;
};

export interface Change extends Watched {
  /** `undefined`: nobody knew of it. */
  readonly from: Sign | undefined;
}

/** A model that nobody lists any more is absent. */
export const changesBetween = (before: States, after: States): ReadonlyArray<Change> => [
  ...[...after].flatMap(([key, now]) => {
    const from = before.get(key)?.state;
    return from === now.state ? [] : [{ ...now, from }];
  }),
  ...[...before].flatMap(([key, gone]) =>
    after.has(key) || gone.state === "absent"
      ? []
      : [{ ...gone, state: "absent" as const, orchestrators: undefined, from: gone.state }],
  ),
];

export const count = (states: States, state: Sign): number =>
  [...states.values()].filter((one) => one.state === state).length;
