/**
 * One caller asks for a cold model, and the others wait for its news: a model that loads for a minute gets some fifteen
 * requests from a client, not fifteen from each of its callers.
 *
 * Of a model that has not answered this client yet, only the first call is sent at once. The others wait until its
 * answer shows whether the model is cold, but no longer than a gateway takes to say so. When a model that was cold
 * answers, all go, a little apart. Who asks hands over when its call ends, or when its request has been taken: then the
 * next may find out sooner. Somebody asks as long as anybody waits.
 *
 * Times are milliseconds of a clock that never goes back.
 */
import type { GatewayError } from "@sluice/errors";

/** go-livepeer looks for an orchestrator for 2 s; what it holds longer than that, it has taken. In milliseconds. */
export const searchMs = 2_500;

/** Between two callers that are let go to a model that has just been loaded. In milliseconds. */
const spacingMs = 50;

/** After so long without an answer nobody knows whether the model is still loaded. In milliseconds. */
const freshMs = 600_000;

/** Who has waited so long with one that gives up has been as patient. In milliseconds. */
const patienceMs = 30_000;

export interface Waiter {
  /** The call that waits. */
  readonly call: object;
  readonly since: number;
  /** The wait is over: it may go so many milliseconds from now. */
  readonly go: (afterMs: number) => void;
  /** The one that asked was as patient, and got no answer. */
  readonly giveUp: (error: GatewayError) => void;
}

export class ColdGate {
  /** `unknown`: it has not answered lately; `cold`: it said so. */
  #state: "unknown" | "answering" | "cold" = "unknown";
  #answeredAt = 0;
  /** The call that asks while the others wait. */
  #asking: object | undefined;
  /** When its request began; `Infinity` while it waits for its next one. */
  #askedAt = 0;
  #error: GatewayError | undefined;
  readonly #waiters = new Set<Waiter>();

  /** What the model said when it was last asked and was cold. */
  get error(): GatewayError | undefined {
    return this.#state === "cold" ? this.#error : undefined;
  }

  /** For how many milliseconds a call waits at most before it asks again; 0: it goes. */
  ask(call: object, now: number): number {
    if (this.#state === "answering") {
      if (now - this.#answeredAt <= freshMs) return 0;
      this.#state = "unknown";
    }
    if (this.#asking === undefined || this.#asking === call) {
      this.#asks(call, now);
      return 0;
    }
    return this.#state === "cold" ? Infinity : Math.max(0, this.#askedAt + searchMs - now);
  }

  /** Whether it is this call that the others wait for. */
  isAsking(call: object): boolean {
    return this.#asking === call;
  }

  /** Whether there is news to wait for. */
  isClosedTo(call: object): boolean {
    return this.#asking !== undefined && this.#asking !== call;
  }

  /** For news of a gate that is closed to the call. Gives back how to stop waiting. */
  wait(waiter: Waiter): () => void {
    this.#waiters.add(waiter);
    return () => this.#waiters.delete(waiter);
  }

  /** How an attempt ended: any answer but that of a cold model lets all go. */
  ended(call: object, error: GatewayError | undefined, now: number): void {
    if (error?._tag === "ColdOrNoCapacity") {
      this.#state = "cold";
      this.#error = error;
      // One whose request has been taken may be silent for minutes; this one knows when to ask again.
      if (this.#asking === undefined || this.#asking === call || now - this.#askedAt >= searchMs) {
        this.#asks(call, Infinity);
      }
      return;
    }
    const apartMs = this.#state === "cold" ? spacingMs : 0;
    this.#state = "answering";
    this.#answeredAt = now;
    this.#asking = undefined;
    this.#error = undefined;
    if (this.#waiters.size === 0) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    waiters.forEach(({ go }, place) => {
      go(place * apartMs);
    });
  }

  /** A call asks no more: the next does. With `gaveUp`, those who were as patient give up too. */
  left(call: object, gaveUp: boolean, now: number): void {
    if (this.#asking !== call) return;
    this.#asking = undefined;
    for (const waiter of [...this.#waiters]) {
      this.#waiters.delete(waiter);
      if (gaveUp && this.error !== undefined && now - waiter.since >= patienceMs) {
        waiter.giveUp(this.error);
        continue;
      }
      // It asks from this moment on, so that its own end hands over again.
      this.#asks(waiter.call, now);
      waiter.go(0);
      return;
    }
  }

  #asks(call: object, at: number): void {
    this.#asking = call;
    this.#askedAt = at;
  }
}
