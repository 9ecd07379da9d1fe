/**
 * Events, and the bad ones among them, by the minute of the wall clock: those of the newest minute and of the three days
 * before it. Minutes are numbered from 1970: `Math.floor(at / 60000)`.
 *
 * Counts are kept by the hour, and only for hours that have any; whole hours are summed at once. So a sum over three days
 * adds some two hundred numbers, what is idle is small, and three busy days take less than 100 kB.
 *
 * An event more than three days before or after the newest minute begins a new history: either the clock was wrong before,
 * and has been set right, or it is wrong now. Nobody can tell which, so what was counted by minute is forgotten.
 */
import { longestMinutes as reach } from "./durations.ts";

/** Of a minute, or of a window. */
export interface Counts {
  readonly events: number;
  readonly bad: number;
}

export interface Minute extends Counts {
  readonly minute: number;
}

/** The last that a `Date` can name. */
export const lastMinute = 8.64e15 / 60_000;

/** Of an hour: events by minute, bad ones by minute, and the sums of both. */
const bads = 60;
const allEvents = 120;
const allBad = 121;

const isMinute = (minute: number): boolean => minute >= 0 && minute <= lastMinute;

const hourOf = (minute: number): number => Math.floor(minute / 60);

export class Minutes {
  readonly #hours = new Map<number, Float64Array>();
  #newest = Number.NEGATIVE_INFINITY;

  /** An event that happens, at a minute. */
  add(minute: number, isBad: boolean): void {
    if (!isMinute(minute)) return;
    // Of one that is so far ahead, moving on forgets all that there is.
    if (minute < this.#newest - reach) this.#beginAnew();
    this.#moveOn(minute);
    this.#count(minute, 1, isBad ? 1 : 0);
  }

  /** What others have counted. It takes this history further, but begins no new one: what is too old for it is left out. */
  merge(others: Iterable<Minute>): void {
    for (const { minute, events, bad } of others) {
      if (!isMinute(minute) || minute < this.#newest - reach) continue;
      this.#moveOn(minute);
      this.#count(minute, events, bad);
    }
  }

  /** Of so many minutes before `end`, which is not among them. */
  sums(end: number, minutes: number): Counts {
    const last = Math.min(end, this.#newest + 1);
    let minute = Math.max(end - minutes, this.#newest - reach);
    let events = 0;
    let bad = 0;
    while (minute < last) {
      const start = hourOf(minute) * 60;
      const next = Math.min(start + 60, last);
      const counts = this.#hours.get(hourOf(minute));
      if (counts !== undefined && next - minute === 60) {
        events += at(counts, allEvents);
        bad += at(counts, allBad);
      } else if (counts !== undefined) {
        for (let place = minute - start; place < next - start; place++) {
          events += at(counts, place);
          bad += at(counts, bads + place);
        }
      }
      minute = next;
    }
    return { events, bad };
  }

  /** The minutes that have events, of `first` and those after it, in their order. */
  *from(first: number): Generator<Minute, undefined> {
    const hours = [...this.#hours].filter(([hour]) => hour >= hourOf(first)).sort(([a], [b]) => a - b);
    for (const [hour, counts] of hours) {
      for (let place = 0; place < 60; place++) {
        const minute = hour * 60 + place;
        const events = at(counts, place);
        if (events === 0 || minute < first || minute < this.#newest - reach) continue;
        yield { minute, events, bad: at(counts, bads + place) };
      }
    }
  }

  #count(minute: number, events: number, bad: number): void {
    const hour = hourOf(minute);
    const counts = this.#hours.get(hour) ?? this.#begin(hour);
    const place = minute - hour * 60;
    counts[place] = at(counts, place) + events;
    counts[bads + place] = at(counts, bads + place) + bad;
    counts[allEvents] = at(counts, allEvents) + events;
    counts[allBad] = at(counts, allBad) + bad;
  }

  #begin(hour: number): Float64Array {
    const counts = new Float64Array(122);
    this.#hours.set(hour, counts);
    return counts;
  }

  #beginAnew(): void {
    this.#hours.clear();
    this.#newest = Number.NEGATIVE_INFINITY;
  }

  /** To a minute that may be new. Hours of which every minute is too old are forgotten. */
  #moveOn(minute: number): void {
    if (minute <= this.#newest) return;
    const isNewHour = hourOf(minute) !== hourOf(this.#newest);
    this.#newest = minute;
    if (!isNewHour) return;
    for (const hour of this.#hours.keys()) if (hour < hourOf(minute - reach)) this.#hours.delete(hour);
  }
}

/** Every place of an hour has a number. */
const at = (counts: Float64Array, place: number): number => counts[place] ?? 0;
