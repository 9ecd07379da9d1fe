/** What a promise waits for, and how it ends before its time. */
import { Aborted, type GatewayError, type Subject } from "@sluice/errors";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type * as Fiber from "effect/Fiber";
import { type Interrupted, interruptedIn } from "../call/interrupted.ts";
import { Member, type Roster } from "../call/Roster.ts";

/** What it is called, where it is listed, what it settles, and what ends it. */
export type Whose<A> = readonly [
  subject: Subject,
  roster: Roster<Underway>,
  promised: Promised<A>,
  signal: AbortSignal | undefined,
];

interface Promised<A> {
  readonly resolve: (result: A) => void;
  readonly reject: (error: unknown) => void;
}

/** On a roster from its start to its end. A signal that has been aborted before keeps it from beginning. */
export abstract class Underway<A = never> extends Member {
  readonly #subject: Subject;
  readonly #roster: Roster<Underway>;
  readonly #promised: Promised<A>;
  readonly #signal: AbortSignal | undefined;
  #onAbort: (() => void) | undefined;
  #over = false;

  constructor(...[subject, roster, promised, signal]: Whose<A>) {
    super();
    this.#subject = subject;
    this.#roster = roster;
    this.#promised = promised;
    this.#signal = signal;
  }

  start(): void {
    const signal = this.#signal;
    if (isAborted(signal)) {
      this.settled(Exit.interrupt());
      return;
    }
    this.#roster.add(this);
    this.begin();
    if (this.#over || signal === undefined) return;
    // What it has told by now may have aborted it.
    if (isAborted(signal)) {
      void this.end();
      return;
    }
    this.#onAbort = () => void this.end();
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Ends it, if it is not over. Resolves when it has cleaned up. */
  abstract end(): Promise<void>;

  protected abstract begin(): void;

  /** What is known of it, when it was ended. */
  protected abstract readonly known: Interrupted | undefined;

  protected settled(exit: Exit.Exit<A, GatewayError>): void {
    this.#over = true;
    this.#roster.delete(this);
    if (this.#onAbort !== undefined) this.#signal?.removeEventListener("abort", this.#onAbort);
    const { resolve, reject } = this.#promised;
    if (Exit.isSuccess(exit)) resolve(exit.value);
    else if (Cause.hasInterruptsOnly(exit.cause)) {
      const call = this.known ?? { ...this.#subject, inFlight: false };
      reject(new Aborted({ ...call, cause: this.#signal?.reason as unknown }));
    } else reject(Cause.squash(exit.cause));
  }
}

export class InFiber<A> extends Underway<A> {
  readonly #effect: Effect.Effect<A, GatewayError>;
  #fiber: Fiber.Fiber<A, GatewayError> | undefined;
  #isEnding = false;
  #tellGone: () => void = () => undefined;
  readonly #gone = new Promise<void>((resolve) => {
    this.#tellGone = resolve;
  });

  constructor(effect: Effect.Effect<A, GatewayError>, ...whose: Whose<A>) {
    super(...whose);
    this.#effect = effect;
  }

  end(): Promise<void> {
    this.#isEnding = true;
    this.#fiber?.interruptUnsafe();
    return this.#gone;
  }

  protected begin(): void {
    const fiber = Effect.runFork(this.#effect);
    this.#fiber = fiber;
    // What it has told by now may have ended it.
    if (this.#isEnding) fiber.interruptUnsafe();
    fiber.addObserver((exit) => {
      this.settled(exit);
      this.#tellGone();
    });
  }

  protected get known(): Interrupted | undefined {
    return this.#fiber === undefined ? undefined : interruptedIn(this.#fiber);
  }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;
