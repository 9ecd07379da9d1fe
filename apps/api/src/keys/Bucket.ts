/**
 * An allowance a minute that fills up steadily: it begins full, and holds a minute's worth at most. In any span it grants no
 * more than a minute's worth and what flowed in meanwhile. All in whole numbers, so that nothing is lost or won by rounding.
 */

const minuteMs = 60_000;

export class Bucket {
  /** Units a minute, and the most it holds. */
  readonly perMinute: number;
  readonly #now: () => number;
  /** What is there, in units times `minuteMs`: a millisecond brings `perMinute` of them. */
  #level: number;
  #asOf: number;

  /** `perMinute`: a whole number up to 1e11. `now`: milliseconds of a clock that never goes back. */
  constructor(perMinute: number, now: () => number) {
    this.perMinute = perMinute;
    this.#now = now;
    this.#level = perMinute * minuteMs;
    this.#asOf = Math.floor(now());
  }

  /** How many whole units are there. */
  get available(): number {
    this.#fill();
    return Math.floor(this.#level / minuteMs);
  }

  /** Milliseconds until so many units are there, `undefined` when they never are: 0 means now. Takes nothing. */
  waitMs(units: number): number | undefined {
    if (units > this.perMinute) return undefined;
    this.#fill();
    return Math.max(0, Math.ceil((units * minuteMs - this.#level) / this.perMinute));
  }

  /** Takes them where they are there, all or nothing. */
  take(units: number): boolean {
    if (this.waitMs(units) !== 0) return false;
    this.#level -= units * minuteMs;
    return true;
  }

  #fill(): void {
    const now = Math.floor(this.#now());
    const passed = Math.min(Math.max(0, now - this.#asOf), minuteMs);
    this.#level = Math.min(this.#level + passed * this.perMinute, this.perMinute * minuteMs);
    this.#asOf = Math.max(now, this.#asOf);
  }
}
