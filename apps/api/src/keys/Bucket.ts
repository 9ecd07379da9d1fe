/**
 * An allowance a minute that fills up steadily: it begins full, and holds a minute's worth at most. In any span it grants no
 * more than a minute's worth and what flowed in meanwhile, what is given back not counted. All in whole numbers, so that
 * nothing is lost or won by rounding.
 */

const minuteMs = 60_000;

/** What was taken and may come back, in units times `minuteMs`. */
interface Loan {
  left: number;
}

/** Says whether the units have been used; from the second time on it does nothing. */
export type Settle = (areUsed: boolean) => void;

export class Bucket {
  /** Units a minute, and the most it holds. */
  readonly perMinute: number;
  readonly #now: () => number;
  /** What is there, in units times `minuteMs`: a millisecond brings `perMinute` of them. */
  #level: number;
  #asOf: number;
  /** In the order in which they were taken. */
  readonly #loans = new Set<Loan>();
  /** What is left of all of them. */
  #lent = 0;

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

  /** The same of units that may turn out not to be used; `undefined` where they are not there. */
  lend(units: number): Settle | undefined {
    if (!this.take(units)) return undefined;
    const loan: Loan = { left: units * minuteMs };
    this.#loans.add(loan);
    this.#lent += loan.left;
    return (areUsed) => {
      if (!this.#loans.delete(loan)) return;
      this.#lent -= loan.left;
      if (!areUsed) this.#level += loan.left;
    };
  }

  #fill(): void {
    const now = Math.floor(this.#now());
    const passed = Math.min(Math.max(0, now - this.#asOf), minuteMs);
    const full = this.perMinute * minuteMs;
    this.#level = Math.min(this.#level + passed * this.perMinute, full);
    this.#asOf = Math.max(now, this.#asOf);
    this.#overflow(this.#lent - (full - this.#level));
  }

  /** What flows in replaces loans that would have no room any more: else their return were a second minute's worth. */
  #overflow(excess: number): void {
    let over = excess;
    for (const loan of this.#loans) {
      if (over <= 0) return;
      const lost = Math.min(loan.left, over);
      loan.left -= lost;
      this.#lent -= lost;
      over -= lost;
      if (loan.left === 0) this.#loans.delete(loan);
    }
  }
}
