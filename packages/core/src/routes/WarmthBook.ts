/** What a client knows of how warm its models are: its own calls, and what its user has found out; and who comes first by it. */
import type { GatewayError } from "@sluice/errors";
import { type Evidence, observed, type Outcome, type PipelineName, type WarmthState, warmthOf } from "@sluice/models";

/** As much as decides: the newest of each kind, of each model on each gateway. */
const most = 10_000;

/** What has run lately comes first, and what was found cold or absent comes last. */
const ranks: Readonly<Record<WarmthState, number>> = { warm: 0, claimed: 1, unknown: 1, cold: 2, absent: 3 };

const modelOf = ({ pipeline, model }: { readonly pipeline: PipelineName; readonly model: string }): string =>
  `${pipeline} ${model}`;

/** Whose finding it is, and by which means. */
const originOf = ({ from, gateway = "" }: Evidence): string => `${from} ${gateway}`;

export class WarmthBook {
  /** By model, and there by origin: a call looks at its own models' alone. */
  readonly #byModel = new Map<string, Map<string, Evidence>>();
  /** All of it, the oldest first. */
  readonly #all = new Set<Evidence>();

  /** Takes what was found out; older than what is known already, it counts no more. */
  learn(evidence: ReadonlyArray<Evidence>): void {
    for (const one of evidence) {
      const known = this.#byModel.get(modelOf(one))?.get(originOf(one));
      if (known !== undefined && known.at > one.at) continue;
      if (known !== undefined) this.#forget(known);
      this.#keep(one);
      const [oldest] = this.#all;
      if (this.#all.size > most && oldest !== undefined) this.#forget(oldest);
    }
  }

  /** What the end of an attempt says. */
  record(call: {
    readonly gateway: string;
    readonly pipeline: PipelineName;
    readonly model: string;
    readonly error: GatewayError | undefined;
    readonly at: number;
    readonly ms: number;
  }): void {
    const { error, ...rest } = call;
    const found = observed({ ...rest, from: "call", outcome: outcomeOf(error), source: call.gateway });
    if (found !== undefined) this.learn([found]);
  }

  /** In order of preference, but what is warm before what is not. `now`: Unix milliseconds. */
  inOrder<Choice extends { readonly gateway: string; readonly pipeline: PipelineName; readonly model: string }>(
    choices: ReadonlyArray<Choice>,
    now: number,
  ): ReadonlyArray<Choice> {
    const ranked = choices.map((choice) => {
      const known = [...(this.#byModel.get(modelOf(choice))?.values() ?? [])];
      return { choice, rank: ranks[warmthOf(known, choice, now).state] };
    });
    return ranked.toSorted((a, b) => a.rank - b.rank).map(({ choice }) => choice);
  }

  #keep(one: Evidence): void {
    const model = modelOf(one);
    const known = this.#byModel.get(model) ?? new Map<string, Evidence>();
    this.#byModel.set(model, known.set(originOf(one), one));
    this.#all.add(one);
  }

  #forget(one: Evidence): void {
    const model = modelOf(one);
    const known = this.#byModel.get(model);
    this.#all.delete(one);
    known?.delete(originOf(one));
    if (known?.size === 0) this.#byModel.delete(model);
  }
}

const outcomeOf = (error: GatewayError | undefined): Outcome => {
  if (error === undefined) return "answered";
  switch (error._tag) {
    case "ColdOrNoCapacity":
      return error.signal;
    case "PipelineNotOffered":
    case "PipelineRetired":
      return "not-offered";
    default:
      return "other";
  }
};
