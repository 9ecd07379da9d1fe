/**
 * Ends calls in time: one sleep for all calls on a clock, until the first of their deadlines. A timer of its own would
 * cost each call more than parsing and pricing it.
 *
 * When no call is left it sleeps on for a moment: a call that begins soon finds it there, and an idle client keeps the
 * process alive no longer than that.
 */
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import type * as Fiber from "effect/Fiber";
import { Member, Roster } from "./Roster.ts";

/** What has a deadline. */
export abstract class Expiring extends Member {
  /** By the clock's monotonic time, in whole microseconds: what is compared must not be rounded on the way. */
  expiresAt = Infinity;

  abstract expire(): void;
}

/** In microseconds. */
const idleSleep = 50_000;

export class Deadlines {
  readonly #clock: Clock.Clock;
  readonly #roster = new Roster<Expiring>();
  #sleeper: Fiber.Fiber<void> | undefined;
  #wakesAt = Infinity;

  constructor(clock: Clock.Clock) {
    this.#clock = clock;
  }

  /** Calls `expire` after so many milliseconds, unless it is removed before. */
  add(expiring: Expiring, ms: number): void {
    const at = this.#now() + Math.ceil(ms * 1_000);
    expiring.expiresAt = at;
    this.#roster.add(expiring);
    if (at < this.#wakesAt) this.#sleepUntil(at);
  }

  remove(expiring: Expiring): void {
    if (!this.#roster.delete(expiring) || this.#roster.size > 0) return;
    const soon = this.#now() + idleSleep;
    if (soon < this.#wakesAt) this.#sleepUntil(soon);
  }

  #now(): number {
    return Math.floor(Number(this.#clock.monotonicTimeNanosUnsafe()) / 1_000);
  }

  #sleepUntil(at: number): void {
    this.#sleeper?.interruptUnsafe();
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
    const late = [...this.#roster].filter(({ expiresAt }) => expiresAt <= now);
    for (const expiring of late) {
      // Another that expired may have taken it back, or put it off.
      if (expiring.expiresAt > now || !this.#roster.delete(expiring)) continue;
      expiring.expire();
    }
    let next = Infinity;
    for (const { expiresAt } of this.#roster) next = Math.min(next, expiresAt);
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
