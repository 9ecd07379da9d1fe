/** How a client stands with one model of a gateway: whether it waits for it, and whether it still tries. */
import { Breaker } from "./Breaker.ts";
import { ColdGate } from "./ColdGate.ts";

export interface Standing {
  readonly gate: ColdGate;
  readonly breaker: Breaker;
}

/** Callers may name any model: beyond this, the one that was not used for longest is forgotten. */
const most = 1_000;

export class Standings {
  readonly #all = new Map<string, Standing>();

  of(pipeline: string, model: string): Standing {
    const key = `${pipeline} ${model}`;
    const known = this.#all.get(key);
    if (known !== undefined && this.#all.size < most) return known;
    const standing = known ?? { gate: new ColdGate(), breaker: new Breaker() };
    // Among many, what is used moves to the end.
    this.#all.delete(key);
    this.#all.set(key, standing);
    const [oldest] = this.#all.keys();
    if (this.#all.size > most && oldest !== undefined) this.#all.delete(oldest);
    return standing;
  }
}
