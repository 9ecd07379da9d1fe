/** Lets so many through at once; the others wait, and are served in the order in which they came. */
import * as Effect from "effect/Effect";
import * as Semaphore from "effect/Semaphore";

export class Turns {
  readonly #places: number;
  readonly #semaphore: Semaphore.Semaphore;
  /** Those that are through, and those that wait. */
  #all = 0;

  constructor(places: number) {
    this.#places = places;
    this.#semaphore = Semaphore.makeUnsafe(places);
  }

  /** How many would have to end before one that came now; 0 when it would not wait. */
  get ahead(): number {
    return Math.max(0, this.#all - this.#places + 1);
  }

  /** Holds a place for as long as the effect runs. */
  take<A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> {
    return Effect.uninterruptibleMask((restore) => {
      this.#all += 1;
      return Effect.ensuring(
        restore(this.#semaphore.withPermits(1)(effect)),
        Effect.sync(() => {
          this.#all -= 1;
        }),
      );
    });
  }
}
