/** What a client knows of how warm its models are: its own calls, and what its user has found out; and who comes first by it. */
import type { GatewayError } from "@sluice/errors";
import { type Evidence, observed, type Outcome, type PipelineName, type WarmthState, warmthOf } from "@sluice/models";

/** As much as decides: the newest of each kind, of each model on each gateway. */
const most = 10_000;

/** What has run lately comes first, and what was found cold or absent comes last. */
const ranks: Readonly<Record<WarmthState, number>> = { warm: 0, claimed: 1, unknown: 1, cold: 2, absent: 3 };

export class WarmthBook {
  readonly #newest = new Map<string, Evidence>();

  /** Takes what was found out; older than what is known already, it counts no more. */
  learn(evidence: ReadonlyArray<Evidence>): void {
    for (const one of evidence) {
      const key = [one.from, one.gateway ?? "", one.pipeline, one.model].join(" ");
      const known = this.#newest.get(key);
      if (known !== undefined && known.at > one.at) continue;
      this.#newest.delete(key);
      this.#newest.set(key, one);
      const [oldest] = this.#newest.keys();
      if (this.#newest.size > most && oldest !== undefined) this.#newest.delete(oldest);
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
    const all = [...this.#newest.values()];
    const ranked = choices.map((choice) => ({ choice, rank: ranks[warmthOf(all, choice, now).state] }));
    return ranked.toSorted((a, b) => a.rank - b.rank).map(({ choice }) => choice);
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
