/**
 * Keeps callers of a cold model from asking all at once: a model that loads for a minute gets some fifteen requests from
 * a client, not fifteen from each of its callers.
 *
 * Each caller keeps its own policy and its own deadline. But whoever would ask a model that another has just found cold,
 * or is asking, is told what the other was told, as if it had asked; so one request at a time finds out, and whose it is
 * changes: nobody depends on another's patience, and no caller's request speaks for all. Who has found it out once
 * lets those who have not ask in its place: what it is told may be its own. When the model answers, all who wait go, a
 * little apart.
 *
 * Of a model that has not answered this client lately, the first call goes alone too, but the others wait no longer than
 * a gateway takes to say that it has nobody.
 *
 * Times are milliseconds of a clock that never goes back.
 */
import type { ColdOrNoCapacity, GatewayError, GatewayErrorTag } from "@sluice/errors";

/** go-livepeer looks for an orchestrator for 2 s; what it holds longer than that, it has taken. */
const searchMs = 2_500;

/** Between two callers that are let go to a model that has just been loaded. */
const spacingMs = 50;

/** After so long without an answer nobody knows whether the model is still loaded. */
const freshMs = 600_000;

/** The least between two requests to a cold model, whoever makes them: more each time, as in the policy for cold models. */
const leastMs = 475;
const factor = 1.35;
const mostMs = 8_000;

/** What says nothing of the model: the gateway was not reached, or did not look. */
const silent: ReadonlySet<GatewayErrorTag> = new Set<GatewayErrorTag>([
  "ConnectionFailed",
  "DeadlineExceeded",
  "OutcomeUnknown",
  "RateLimited",
]);

/** `go`: the call asks, and finds out for all; `wait`: for the answer to another, so long at most; else what that was told. */
export type Admission = "go" | { readonly waitMs: number } | { readonly error: ColdOrNoCapacity };

/** Told how many milliseconds from now the call may go; and, if it wants to know that too, that the model is cold. */
export interface Waiter {
  readonly call: object;
  readonly go: (afterMs: number) => void;
  readonly isCold?: (error: ColdOrNoCapacity) => void;
}

export class ColdGate {
  /** What the model said, while it is cold. */
  #error: ColdOrNoCapacity | undefined;
  /** When it answered last. */
  #answeredAt = -Infinity;
  /** The call whose request is to find out, and since when. */
  #asking: object | undefined;
  #askedAt = 0;
  /** It was let ask in another's place, and has not asked yet: it may turn to another gateway first. */
  #isExpected = false;
  /** How often it was found cold since it answered, when last, by whom, and until when nobody else asks. */
  #found = 0;
  #foundAt = -Infinity;
  #foundBy: object | undefined;
  #quietUntil = 0;
  /** Who has found it cold since it answered; and who had when it answered another: what those are told is their own. */
  readonly #finders = new Set<object>();
  readonly #odd = new WeakSet<object>();
  /** Who was let ask in another's place since it answered: once is enough. */
  readonly #stoodIn = new Set<object>();
  readonly #waiters = new Set<Waiter>();

  get isCold(): boolean {
    return this.#error !== undefined;
  }

  /** Whether it has answered lately, and not been found cold since. */
  isOpen(now: number): boolean {
    return this.#error === undefined && now - this.#answeredAt <= freshMs;
  }

  ask(call: object, now: number): Admission {
    if (this.isOpen(now)) return "go";
    // What is held so long has been taken: others will be, too.
    const heldMs = this.#asking === undefined || this.#asking === call ? 0 : this.#askedAt + searchMs - now;
    if (this.#error !== undefined) {
      // Who found it out asks again when its own policy says.
      const isQuiet = this.#foundBy !== call && now < this.#quietUntil;
      if (heldMs > 0 || isQuiet) return { error: this.#error };
      if (this.#isExpected && this.#asking !== call) this.#asking = undefined;
      if (this.#finders.has(call) && this.#asking === undefined && this.#letAnother(now)) return { waitMs: searchMs };
    } else if (heldMs > 0) return { waitMs: heldMs };
    if (this.#asking === undefined || this.#asking === call) this.#asks(call, now);
    return "go";
  }

  /** For news. Gives back how to stop waiting. */
  wait(waiter: Waiter): () => void {
    this.#waiters.add(waiter);
    return () => this.#waiters.delete(waiter);
  }

  /** An answer has come: a result, or the first token of one. */
  answered(call: object, now: number): void {
    this.ended(call, undefined, now, now);
  }

  /** How an attempt ended that began at `since`. Gives back whether another had found out the same meanwhile. */
  ended(call: object, error: GatewayError | undefined, now: number, since: number): boolean {
    if (this.#asking === call) this.#asking = undefined;
    if (error?._tag === "ColdOrNoCapacity") {
      // It has answered another since this was asked.
      if (this.#odd.has(call) || since < this.#answeredAt) return false;
      if (this.#error !== undefined && this.#foundAt > since) return true;
      this.#finders.add(call);
      this.#keepQuiet(call, now);
      this.#found += 1;
      this.#foundAt = now;
      this.#error = error;
      this.#tellCold();
      return false;
    }
    const wasCold = this.isCold;
    if (wasCold && error !== undefined && silent.has(error._tag)) {
      // What the gateway does to one, it would do to all who wait.
      this.#keepQuiet(call, now);
      this.#tellCold();
      return false;
    }
    this.#answeredAt = now;
    this.#error = undefined;
    this.#found = 0;
    this.#foundBy = undefined;
    for (const finder of this.#finders) if (finder !== call) this.#odd.add(finder);
    this.#finders.clear();
    this.#stoodIn.clear();
    if (this.#waiters.size === 0) return false;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    waiters.forEach(({ go }, place) => {
      go(wasCold ? place * spacingMs : 0);
    });
    return false;
  }

  /** A call is over, and finds out nothing more. */
  left(call: object): void {
    if (this.#asking === call) {
      this.#asking = undefined;
      // Who waits for its answer will get none: the next asks.
      const next = [...this.#waiters].find(({ isCold }) => isCold !== undefined);
      if (next !== undefined) this.#waiters.delete(next);
      next?.go(0);
    }
    this.#finders.delete(call);
    this.#stoodIn.delete(call);
    // Nobody is patient on the others' behalf any more.
    if (this.#foundBy !== call) return;
    this.#foundBy = undefined;
    this.#quietUntil = 0;
  }

  #asks(call: object, now: number): void {
    this.#asking = call;
    this.#askedAt = now;
    this.#isExpected = false;
  }

  /** Lets one ask that has not found it out, if such a one waits. */
  #letAnother(now: number): boolean {
    const next = [...this.#waiters].find(
      ({ call }) => !this.#finders.has(call) && !this.#stoodIn.has(call) && !this.#odd.has(call),
    );
    if (next === undefined) return false;
    this.#waiters.delete(next);
    this.#asks(next.call, now);
    this.#isExpected = true;
    this.#stoodIn.add(next.call);
    this.#foundBy = next.call;
    next.go(0);
    return true;
  }

  /** Who waits for an answer to another hears that it is none. */
  #tellCold(): void {
    const error = this.#error;
    if (error === undefined) return;
    for (const { isCold } of [...this.#waiters]) isCold?.(error);
  }

  /** The others wait for a while; this call asks again when its own policy says. */
  #keepQuiet(call: object, now: number): void {
    this.#quietUntil = now + Math.min(leastMs * factor ** this.#found, mostMs);
    this.#foundBy = call;
  }
}
