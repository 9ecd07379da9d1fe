/**
 * Ends calls in time: one sleep for all calls on a clock, until the first of their deadlines. A timer of its own would
 * cost each call more than parsing and pricing it.
 */
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import type * as Fiber from "effect/Fiber";

interface Entry {
  /** By the clock's monotonic time, in whole microseconds: what is compared must not be rounded on the way. */
  readonly at: number;
  readonly expire: () => void;
}

export class Deadlines {
  readonly #clock: Clock.Clock;
  readonly #entries = new Set<Entry>();
  #sleeper: Fiber.Fiber<void> | undefined;
  #wakesAt = Infinity;

  constructor(clock: Clock.Clock) {
    this.#clock = clock;
  }

  /** Calls `expire` after so many milliseconds, unless the function given back is called before. */
  add(ms: number, expire: () => void): () => void {
    const entry = { at: this.#now() + Math.ceil(ms * 1_000), expire };
    this.#entries.add(entry);
    if (entry.at < this.#wakesAt) this.#sleepUntil(entry.at);
    return () => {
      this.#entries.delete(entry);
      // A sleep without a purpose would keep the process alive.
      if (this.#entries.size === 0) this.#stop();
    };
  }

  #now(): number {
    return Number(this.#clock.monotonicTimeNanosUnsafe() / 1_000n);
  }

  #stop(): void {
    this.#sleeper?.interruptUnsafe();
    this.#sleeper = undefined;
    this.#wakesAt = Infinity;
  }

  #sleepUntil(at: number): void {
    this.#stop();
    this.#wakesAt = at;
    const sleep = Effect.andThen(
      Effect.sleep(Math.max(0, at - this.#now()) / 1_000),
      Effect.sync(() => {
        this.#ring();
      }),
    );
    this.#sleeper = Effect.runForkWith(Context.make(Clock.Clock, this.#clock))(sleep);
  }

  #ring(): void {
    this.#sleeper = undefined;
    this.#wakesAt = Infinity;
    const now = this.#now();
    for (const entry of this.#entries) {
      if (entry.at > now) continue;
      this.#entries.delete(entry);
      entry.expire();
    }
    let next = Infinity;
    for (const { at } of this.#entries) next = Math.min(next, at);
    if (next < this.#wakesAt) this.#sleepUntil(next);
  }
}

const all = new WeakMap<Clock.Clock, Deadlines>();

/** The deadlines of all calls on a clock. */
export const deadlinesOn = (clock: Clock.Clock): Deadlines => {
  let own = all.get(clock);
  if (own === undefined) all.set(clock, (own = new Deadlines(clock)));
  return own;
};
