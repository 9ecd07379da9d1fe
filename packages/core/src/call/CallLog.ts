/** Keeps the attempts of one call and tells the observers of each step. */
import type { Attempt, GatewayError } from "@sluice/errors";
import type * as Clock from "effect/Clock";
import type { CallEvent, OnEvent } from "./CallEvent.ts";

type Without<Event, Key extends keyof CallEvent> = Event extends CallEvent ? Omit<Event, Key> : never;

export class CallLog {
  readonly requestId: string;
  readonly startedAt: number;
  readonly #clock: Clock.Clock;
  readonly #started: bigint;
  readonly #observers: ReadonlyArray<OnEvent>;
  readonly #attempts: Array<Attempt> = [];
  #attemptStarted: bigint | undefined;
  #sent = false;
  #mayHaveRun = false;
  /** Belongs to the last attempt once another begins: a wait that the deadline cuts short was none. */
  #waitMs = 0;

  constructor(requestId: string, clock: Clock.Clock, observers: ReadonlyArray<OnEvent>) {
    this.requestId = requestId;
    this.#clock = clock;
    this.#observers = observers;
    this.startedAt = this.now;
    this.#started = clock.monotonicTimeNanosUnsafe();
  }

  /** Unix time in milliseconds. */
  get now(): number {
    return this.#clock.currentTimeMillisUnsafe();
  }

  get attempts(): ReadonlyArray<Attempt> {
    return this.#attempts;
  }

  /** Since the call's start, in milliseconds. */
  get elapsedMs(): number {
    return this.#since(this.#started);
  }

  /** Since the start of the attempt that is under way, in milliseconds. */
  get attemptMs(): number {
    return this.#attemptStarted === undefined ? 0 : this.#since(this.#attemptStarted);
  }

  /** Whether a request is on its way or with the gateway. */
  get inFlight(): boolean {
    return this.#sent;
  }

  /** Whether any attempt so far may have been worked on. */
  get mayHaveRun(): boolean {
    return this.#mayHaveRun || this.#sent;
  }

  /** The attempt's request has left. */
  readonly sent = (): void => {
    this.#sent = true;
  };

  attemptStarted(): void {
    const last = this.#attempts.pop();
    if (last !== undefined) this.#attempts.push({ ...last, waitedMs: this.#waitMs });
    this.#attemptStarted = this.#clock.monotonicTimeNanosUnsafe();
    this.tell({ type: "attempt-started", attempt: this.#attempts.length + 1 });
  }

  attemptEnded(status: number | null, outcome: string, mayHaveRun = false): void {
    if (this.#attemptStarted === undefined) return;
    this.#mayHaveRun ||= mayHaveRun;
    this.#sent = false;
    const ms = this.#since(this.#attemptStarted);
    this.#attemptStarted = undefined;
    this.#attempts.push({ status, outcome, ms, waitedMs: 0 });
    this.tell({ type: "attempt-ended", attempt: this.#attempts.length, status, outcome, ms });
  }

  waiting(reason: GatewayError, waitMs: number): void {
    this.#waitMs = waitMs;
    this.tell({ type: "waiting", attempt: this.#attempts.length, reason, waitMs });
  }

  tell(event: Without<CallEvent, "requestId" | "at">): void {
    if (this.#observers.length === 0) return;
    const full = { requestId: this.requestId, at: this.now, ...event } as CallEvent;
    for (const observer of this.#observers) {
      try {
        observer(full);
      } catch {
        // An observer must not decide the fate of a call that may be paid.
      }
    }
  }

  #since(nanos: bigint): number {
    return Number((this.#clock.monotonicTimeNanosUnsafe() - nanos) / 1_000n) / 1_000;
  }
}
