/**
 * How the objectives of an SLO file are met: for each of them, by gateway and pipeline, the events that count and the bad
 * ones, since the start and by minute. Whoever records has seen to it that there are few gateways and pipelines.
 */
import type { CallEvent } from "../CallEvent.ts";
import { classOf } from "../outcomes.ts";
import { verdictOf } from "./counted.ts";
import { type IndicatorsData, minutesOfData, minutesToData } from "./IndicatorsData.ts";
import { type Counts, Minutes } from "./Minutes.ts";
import type { SloFile } from "./SloFile.ts";

export interface Group {
  readonly gateway: string;
  readonly pipeline: string;
}

export interface Total extends Group, Counts {
  readonly objective: string;
}

interface Tally {
  events: number;
  bad: number;
  readonly minutes: Minutes;
}

/** A group's tallies, by the place of their objective. */
type Tallies = Map<number, Tally>;

export class Indicators {
  readonly #objectives: ReadonlyArray<string>;
  readonly #verdicts: ReadonlyArray<ReturnType<typeof verdictOf>>;
  readonly #gateways = new Map<string, Map<string, Tallies>>();

  constructor({ objectives }: SloFile) {
    this.#objectives = objectives.map(({ name }) => name);
    this.#verdicts = objectives.map(verdictOf);
  }

  record(event: CallEvent, gateway: string, pipeline: string): void {
    if (event.type !== "attempt-ended" && event.type !== "call-ended") return;
    const name = classOf(event.outcome);
    const minute = Math.floor(event.at / 60_000);
    const tallies = this.#gateways.get(gateway)?.get(pipeline);
    for (let place = 0; place < this.#verdicts.length; place++) {
      const verdict = this.#verdicts[place]?.(event, name);
      if (verdict === undefined) continue;
      const tally = tallies?.get(place) ?? this.#tallyOf(place, gateway, pipeline);
      const isBad = verdict === "bad";
      tally.events += 1;
      if (isBad) tally.bad += 1;
      tally.minutes.add(minute, isBad);
    }
  }

  /** Adds what another process has counted. Objectives that have other names are left out. */
  merge(data: IndicatorsData): void {
    for (const { objective, gateway, pipeline, events, bad, minutes } of data) {
      const place = this.#objectives.indexOf(objective);
      if (place === -1) continue;
      const tally = this.#tallyOf(place, gateway, pipeline);
      tally.events += events;
      tally.bad += bad;
      tally.minutes.merge(minutesOfData(minutes));
    }
  }

  toData(): IndicatorsData {
    return [...this.#all()].map(({ objective, gateway, pipeline, tally: { events, bad, minutes } }) => {
      return { objective, gateway, pipeline, events, bad, minutes: minutesToData(minutes.from(0)) };
    });
  }

  /** Since the start, of each objective and each group that has events for it. */
  *totals(): Generator<Total> {
    for (const { objective, gateway, pipeline, tally } of this.#all()) {
      yield { objective, gateway, pipeline, events: tally.events, bad: tally.bad };
    }
  }

  /** Of so many minutes before `end`, which is not among them. Minutes are numbered from 1970. */
  sums(objective: string, gateway: string, pipeline: string, end: number, minutes: number): Counts {
    const place = this.#objectives.indexOf(objective);
    return this.#gateways.get(gateway)?.get(pipeline)?.get(place)?.minutes.sums(end, minutes) ?? none;
  }

  /** The first minute with events, of `from` and those after it. */
  next(from = 0): number | undefined {
    let first: number | undefined;
    for (const { tally } of this.#all()) {
      const next = tally.minutes.from(from).next().value?.minute;
      if (next !== undefined && (first === undefined || next < first)) first = next;
    }
    return first;
  }

  /** Every gateway and pipeline that has events for some objective, in their order. */
  groups(): ReadonlyArray<Group> {
    return sorted(this.#gateways).flatMap(([gateway, pipelines]) =>
      sorted(pipelines).map(([pipeline]) => ({ gateway, pipeline })),
    );
  }

  *#all(): Generator<Group & { readonly objective: string; readonly tally: Tally }> {
    for (const [place, objective] of this.#objectives.entries()) {
      for (const [gateway, pipelines] of sorted(this.#gateways)) {
        for (const [pipeline, tallies] of sorted(pipelines)) {
          const tally = tallies.get(place);
          if (tally !== undefined) yield { objective, gateway, pipeline, tally };
        }
      }
    }
  }

  #tallyOf(place: number, gateway: string, pipeline: string): Tally {
    return this.#gateways.get(gateway)?.get(pipeline)?.get(place) ?? this.#begin(place, gateway, pipeline);
  }

  #begin(place: number, gateway: string, pipeline: string): Tally {
    const pipelines = this.#gateways.get(gateway) ?? new Map<string, Tallies>();
    const tallies = pipelines.get(pipeline) ?? new Map<number, Tally>();
    const tally: Tally = { events: 0, bad: 0, minutes: new Minutes() };
    this.#gateways.set(gateway, pipelines.set(pipeline, tallies.set(place, tally)));
    return tally;
  }
}

const none: Counts = { events: 0, bad: 0 };

const sorted = <Value>(map: ReadonlyMap<string, Value>): ReadonlyArray<[string, Value]> =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));
