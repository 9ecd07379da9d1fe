/**
 * The pieces of a text on their way from a gateway to whoever reads them. A slow reader holds the gateway back; a reader
 * that is gone stops it.
 */
import type * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import type { Flow } from "../transport/Transport.ts";

/** So many pieces wait to be read before the gateway is held back. */
const most = 256;

type Batch<A> = readonly [A, ...ReadonlyArray<A>];

export class TokenQueue<A, E> {
  #waiting: Array<A> = [];
  #end: Effect.Effect<never, E | Cause.Done> | undefined;
  #flow: Flow | undefined;
  #paused = false;
  #reader: (() => void) | undefined;

  /** A new attempt sends; nothing of an earlier one had come. */
  connect(flow: Flow): void {
    this.#flow = flow;
    this.#paused = false;
  }

  push(piece: A): void {
    this.#waiting.push(piece);
    if (!this.#paused && this.#waiting.length >= most) {
      this.#paused = true;
      this.#flow?.pause();
    }
    this.#wake();
  }

  /** After what waits, readers get this. */
  end(how: Effect.Effect<never, E | Cause.Done>): void {
    this.#end = how;
    this.#wake();
  }

  /** What waits, at least one; or the end. For one reader. */
  readonly take: Effect.Effect<Batch<A>, E | Cause.Done> = Effect.suspend(() => {
    const [first, ...others] = this.#waiting;
    if (first !== undefined) {
      this.#waiting = [];
      this.#resume();
      return Effect.succeed([first, ...others] as const);
    }
    if (this.#end !== undefined) return this.#end;
    return Effect.flatMap(this.#news, () => this.take);
  });

  readonly #news = Effect.callback((resume: (woken: Effect.Effect<void>) => void) => {
    this.#reader = () => {
      resume(Effect.void);
    };
    return Effect.sync(() => {
      this.#reader = undefined;
    });
  });

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#flow?.resume();
  }

  #wake(): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.();
  }
}
