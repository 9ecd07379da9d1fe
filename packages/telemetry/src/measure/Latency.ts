/**
 * How long something took, over rolling windows and since the start: a sketch for each of the last minutes, one for each
 * half hour of the last day, and one for all. A window ends with the minute that is under way, or the half hour.
 */
import { Sketch, type SketchData } from "./Sketch.ts";

export const windows = ["5m", "1h", "24h"] as const;
export type Window = (typeof windows)[number];

const minuteMs = 60_000;
const halfHourMs = 30 * minuteMs;

export interface LatencyData {
  readonly all: SketchData;
  /** By the number of the minute, and of the half hour, since 1970. */
  readonly minutes: ReadonlyArray<readonly [number, SketchData]>;
  readonly halfHours: ReadonlyArray<readonly [number, SketchData]>;
}

export class Latency {
  readonly all = new Sketch();
  readonly #minutes = new Slots(minuteMs, 60);
  readonly #halfHours = new Slots(halfHourMs, 48);

  /** `at`: when it ended, in Unix milliseconds. */
  record(at: number, ms: number): void {
    this.all.record(ms);
    this.#minutes.at(at)?.record(ms);
    this.#halfHours.at(at)?.record(ms);
  }

  /** What the window up to `at` holds. */
  within(window: Window, at: number): Sketch {
    if (window === "24h") return this.#halfHours.since(at, 48);
    return this.#minutes.since(at, window === "1h" ? 60 : 5);
  }

  merge({ all, minutes, halfHours }: LatencyData): void {
    this.all.merge(Sketch.of(all));
    this.#minutes.merge(minutes);
    this.#halfHours.merge(halfHours);
  }

  toData(): LatencyData {
    return { all: this.all.toData(), minutes: this.#minutes.toData(), halfHours: this.#halfHours.toData() };
  }
}

/** Sketches of the last spans of time, each as long as the others. */
class Slots {
  readonly #spanMs: number;
  readonly #kept: number;
  readonly #sketches = new Map<number, Sketch>();
  #newest = Number.NEGATIVE_INFINITY;

  constructor(spanMs: number, kept: number) {
    this.#spanMs = spanMs;
    this.#kept = kept;
  }

  /** `undefined` for what is older than all that is kept; but more than a day older, a clock was set right: it begins anew. */
  at(time: number): Sketch | undefined {
    const slot = Math.floor(time / this.#spanMs);
    if ((this.#newest - slot) * this.#spanMs > 48 * halfHourMs) {
      this.#sketches.clear();
      this.#newest = slot;
    }
    return this.#slot(slot);
  }

  since(time: number, spans: number): Sketch {
    const last = Math.floor(time / this.#spanMs);
    const found = new Sketch();
    for (const [slot, sketch] of this.#sketches) if (slot >= last - spans && slot <= last) found.merge(sketch);
    return found;
  }

  merge(data: LatencyData["minutes"]): void {
    for (const [slot, sketch] of data) this.#slot(slot)?.merge(Sketch.of(sketch));
  }

  toData(): LatencyData["minutes"] {
    return [...this.#sketches].toSorted(([a], [b]) => a - b).map(([slot, sketch]) => [slot, sketch.toData()]);
  }

  #slot(slot: number): Sketch | undefined {
    const known = this.#sketches.get(slot);
    if (known !== undefined) return known;
    if (slot < this.#newest - this.#kept) return undefined;
    const made = new Sketch();
    this.#sketches.set(slot, made);
    if (slot > this.#newest) this.#forgetBefore((this.#newest = slot) - this.#kept);
    return made;
  }

  #forgetBefore(oldest: number): void {
    for (const slot of this.#sketches.keys()) if (slot < oldest) this.#sketches.delete(slot);
  }
}
