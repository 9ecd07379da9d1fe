/** How a client stands with one model of a gateway: what has its say before a call is sent there. */
import { Breaker } from "./Breaker.ts";
import { ColdGate } from "./ColdGate.ts";
import type { Pacer } from "./Pacer.ts";
import type { Turns } from "./Turns.ts";

/** What holds for all models of the gateway. */
export interface Conduct {
  /** Keeps to the gateway's rate limit. */
  readonly pacer: Pacer | undefined;
  /** As many as may be sent to the gateway at once. */
  readonly turns: Turns | undefined;
  /** Whether the gateway is sent a `traceparent`. */
  readonly traced: boolean;
}

export interface Standing extends Conduct {
  /** Whether it waits for the model. */
  readonly gate: ColdGate;
  /** Whether it still tries. */
  readonly breaker: Breaker;
}

interface Known {
  readonly pipeline: string;
  readonly model: string;
  readonly standing: Standing;
}

/** Callers may name any model: beyond this, the one that was not used for longest is forgotten. */
const most = 1_000;

export class Standings {
  readonly #conduct: Conduct;
  readonly #all = new Map<string, Known>();
  /** The one that was used last: most callers use one. */
  #last: Known | undefined;

  constructor(conduct: Conduct) {
    this.#conduct = conduct;
  }

  of(pipeline: string, model: string): Standing {
    if (this.#last?.model === model && this.#last.pipeline === pipeline) return this.#last.standing;
    const key = `${pipeline} ${model}`;
    const known = this.#all.get(key);
    const used = known ?? { pipeline, model, standing: this.#fresh() };
    this.#last = used;
    if (known === undefined || this.#all.size >= most) this.#moveToEnd(key, used);
    return used.standing;
  }

  #fresh(): Standing {
    return { gate: new ColdGate(), breaker: new Breaker(), ...this.#conduct };
  }

  #moveToEnd(key: string, used: Known): void {
    this.#all.delete(key);
    this.#all.set(key, used);
    const [oldest] = this.#all.keys();
    if (this.#all.size > most && oldest !== undefined) this.#all.delete(oldest);
  }
}
