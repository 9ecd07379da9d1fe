/** All that a program's events add up to: a series for each gateway, pipeline and model, and the counts of the objectives. */
import type { Asked, CallEvent } from "../CallEvent.ts";
import type { Indicators } from "../slo/Indicators.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { type Labeller, type Labels, pipelineLabel } from "./Labels.ts";
import { Series } from "./Series.ts";

export class Book {
  readonly indicators: Indicators;
  /** Calls that are under way, by pipeline: a call may end at another gateway than the one it began at. */
  readonly inflight = new Map<string, number>();
  readonly #labeller: Labeller;
  readonly #series = new Map<string, Series>();
  #since: number | undefined;

  constructor(labeller: Labeller, indicators: Indicators) {
    this.#labeller = labeller;
    this.indicators = indicators;
  }

  /** In the order of their labels. */
  get series(): ReadonlyArray<Series> {
    return [...this.#series].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, series]) => series);
  }

  /** When the first event was, in Unix milliseconds; `undefined` before it. */
  get since(): number | undefined {
    return this.#since;
  }

  record(event: CallEvent): void {
    if (this.#since === undefined || event.at < this.#since) this.#since = event.at;
    const labels = this.#labeller.labelsOf(event);
    switch (event.type) {
      case "call-started":
        this.#inflight(labels.pipeline, 1);
        return;
      case "waiting":
        this.#of(labels).waits[event.for] += 1;
        return;
      case "attempt-ended":
        this.#of(labels).attemptEnded(event);
        this.indicators.record(event, labels.gateway, labels.pipeline);
        return;
      case "call-ended":
        this.#inflight(labels.pipeline, -1);
        this.#of(labels).callEnded(event);
        this.indicators.record(event, labels.gateway, labels.pipeline);
        return;
      case "attempt-started":
      case "gate-opened":
        return;
    }
  }

  /** Adds what another process has counted. */
  merge({ since, series, inflight, indicators }: Snapshot): void {
    if (since !== null) this.#since = Math.min(since, this.#since ?? since);
    for (const one of series) this.#of(this.#labeller.labelsOf(one)).merge(one);
    for (const [pipeline, count] of Object.entries(inflight)) this.#inflight(pipelineLabel(pipeline), count);
    this.indicators.merge(indicators.map((one) => ({ ...one, ...this.#groupOf(one) })));
  }

  toSnapshot(at: number): Snapshot {
    return {
      version: 1,
      at,
      since: this.#since ?? null,
      series: this.series.map((one) => one.toData()),
      inflight: Object.fromEntries(this.inflight),
      indicators: this.indicators.toData(),
    };
  }

  #groupOf(asked: Asked): Pick<Labels, "gateway" | "pipeline"> {
    const { gateway, pipeline } = this.#labeller.labelsOf(asked);
    return { gateway, pipeline };
  }

  #of(labels: Labels): Series {
    const key = `${labels.gateway}\n${labels.pipeline}\n${labels.model}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const made = new Series(labels);
    this.#series.set(key, made);
    return made;
  }

  #inflight(pipeline: string, by: number): void {
    this.inflight.set(pipeline, (this.inflight.get(pipeline) ?? 0) + by);
  }
}
