/**
 * Keeps a client within a gateway's rate limit: at most so many requests begin in any window. Callers are served in the
 * order in which they came; one that gives up is not counted, and those behind it move up.
 */
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import { Turns } from "./Turns.ts";

type Limit = Pick<NonNullable<GatewayProfile["rateLimit"]>, "requests" | "perSeconds">;

export class Pacer {
  readonly #requests: number;
  readonly #windowMs: number;
  /** When the latest requests began, in order: as many as a window holds. */
  readonly #begun: Array<number> = [];
  readonly #door = new Turns(1);

  constructor({ requests, perSeconds }: Limit) {
    this.#requests = requests;
    this.#windowMs = perSeconds * 1_000;
  }

  /** How long a request that comes now waits, in milliseconds. `now`: by a clock that never goes back. */
  waitMs(now: number): number {
    return this.#waitMs(now, this.#door.ahead);
  }

  /** Ends when a request may begin, and counts it. */
  begin(now: () => number): Effect.Effect<void> {
    const enter: Effect.Effect<void> = Effect.suspend(() => {
      const waitMs = this.#waitMs(now(), 0);
      if (waitMs > 0) return Effect.andThen(Effect.sleep(waitMs), enter);
      if (this.#begun.push(now()) > this.#requests) this.#begun.shift();
      return Effect.void;
    });
    return this.#door.take(enter);
  }

  /** Behind so many that have come before: each takes the place of the oldest, a window later. */
  #waitMs(now: number, ahead: number): number {
    const place = this.#begun.length + ahead - this.#requests;
    if (place < 0) return 0;
    const first = this.#begun[place % this.#requests] ?? now;
    return Math.max(0, first + this.#windowMs * (1 + Math.floor(place / this.#requests)) - now);
  }
}
