/** When a webhook that was not taken is sent again: as Standard Webhooks proposes, over more than three days. */

const minute = 60_000;
const hour = 60 * minute;

/** Before each try, in milliseconds. */
const waits: ReadonlyArray<number> = [
  ...[0, 5_000, 5 * minute, 30 * minute],
  ...[2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
];

/** A receiver that names a time beyond this is asked then. In milliseconds. */
const longest = 24 * hour;

/** So much of a wait is added by chance, so that replicas do not come back together. */
const spread = 0.1;

interface FailedTry {
  /** Unix milliseconds. */
  readonly now: number;
  /** From 0 to below 1. */
  readonly random: number;
  /** What the receiver asked for; 0 without. */
  readonly retryAfterMs: number;
  /** Whether it did not wait for its time. */
  readonly isEarly: boolean;
}

/** The tries of one message. */
export class Tries {
  /** Without those that came early. */
  #count = 0;
  #due = 0;

  /**
   * How long to wait after one that failed, in milliseconds; `undefined`: there is none any more. One that came early is one
   * more, or else a message that is never taken would be given up soon beside others that are.
   */
  waitAfter({ now, random, retryAfterMs, isEarly }: FailedTry): number | undefined {
    const asked = now + Math.min(retryAfterMs, longest);
    if (isEarly) {
      this.#due = Math.max(this.#due, asked);
    } else {
      this.#count += 1;
      const wait = waits[this.#count];
      if (wait === undefined) return undefined;
      this.#due = Math.max(now + wait * (1 + spread * random), asked);
    }
    return Math.max(0, this.#due - now);
  }

  get count(): number {
    return this.#count;
  }
}
