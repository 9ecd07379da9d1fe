/** How warm models are, by the calls that this service has made: the newest finding of each model at each gateway. */
import type { ColdSignal } from "@sluice/errors";
import { type Evidence, observed, type Outcome, type PipelineName, pipelineNames } from "@sluice/models";
import type { AttemptEnded, CallEvent } from "@sluice/telemetry";

/** Callers make model names up. */
const most = 1_000;

const signals: Readonly<Record<string, ColdSignal>> = {
  "SLUICE-503-COLD": "unavailable",
  "SLUICE-503-CLOSED": "closed",
  "SLUICE-503-EMPTY": "empty",
  "SLUICE-503-MASKED": "masked",
  "SLUICE-503-NO-ORCHESTRATOR": "no-orchestrator",
  "SLUICE-503-PROXY": "proxy",
};

const isPipeline = (name: string): name is PipelineName => (pipelineNames as ReadonlyArray<string>).includes(name);

const outcomeOf = ({ outcome }: AttemptEnded): Outcome => {
  if (outcome === "ok") return "answered";
  if (outcome === "SLUICE-404-PIPELINE" || outcome === "SLUICE-410-RETIRED") return "not-offered";
  return signals[outcome] ?? "other";
};

export class WarmthLog {
  readonly #found = new Map<string, Evidence>();

  /** For a client's `onEvent`. It needs no `this`. */
  readonly onEvent = (event: CallEvent): void => {
    if (event.type !== "attempt-ended" || event.model === undefined || !isPipeline(event.pipeline)) return;
    const { gateway, pipeline, model, at, ms, requestId } = event;
    const call = { gateway, pipeline, model, at, ms, from: "call", source: requestId } as const;
    const found = observed({ ...call, outcome: outcomeOf(event) });
    if (found === undefined) return;
    const name = `${gateway} ${pipeline} ${model}`;
    // What was found last comes last, so that what is dropped is the oldest.
    this.#found.delete(name);
    this.#found.set(name, found);
    const [oldest] = this.#found.keys();
    if (this.#found.size > most && oldest !== undefined) this.#found.delete(oldest);
  };

  get evidence(): ReadonlyArray<Evidence> {
    return [...this.#found.values()];
  }
}
