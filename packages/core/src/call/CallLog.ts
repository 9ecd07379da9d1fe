/** Keeps the attempts of one call and tells the observers of each step. */
import type { Attempt, GatewayError, Subject } from "@sluice/errors";
import type { CallEvent, OnEvent, WaitFor } from "@sluice/telemetry";
import type * as Clock from "effect/Clock";

type Without<Event, Key extends keyof CallEvent> = Event extends CallEvent ? Omit<Event, Key> : never;

export class CallLog {
  readonly requestId: string;
  readonly startedAt: number;
  readonly #clock: Clock.Clock;
  readonly #started: bigint;
  readonly #observers: ReadonlyArray<OnEvent>;
  readonly #attempts: Array<Attempt> = [];
  #subject: Subject;
  #attemptStarted: bigint | undefined;
  #firstTokenMs: number | undefined;
  #sent = false;
  #mayHaveRun = false;
  #attemptEnded: bigint;
  #waitedForCold = false;

  constructor(requestId: string, clock: Clock.Clock, observers: ReadonlyArray<OnEvent>, subject: Subject) {
    this.requestId = requestId;
    this.#clock = clock;
    this.#observers = observers;
    this.#subject = subject;
    this.startedAt = this.now;
    this.#started = this.#attemptEnded = clock.monotonicTimeNanosUnsafe();
  }

  /** Unix time in milliseconds. */
  get now(): number {
    return this.#clock.currentTimeMillisUnsafe();
  }

  /** Milliseconds of a clock that never goes back, for what is compared between calls. */
  get steadyNow(): number {
    return msIn(this.#clock.monotonicTimeNanosUnsafe());
  }

  get attempts(): ReadonlyArray<Attempt> {
    return this.#attempts;
  }

  /** Who was asked last. */
  get subject(): Subject {
    return this.#subject;
  }

  /** Since the call's start, in milliseconds. */
  get elapsedMs(): number {
    return this.#since(this.#started);
  }

  /** Since the start of the attempt that is under way, in milliseconds. */
  get attemptMs(): number {
    return this.#attemptStarted === undefined ? 0 : this.#since(this.#attemptStarted);
  }

  /** Whether it has waited for a model that another call had found cold. */
  get waitedForCold(): boolean {
    return this.#waitedForCold;
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

  /** The first piece of a token stream has come. */
  readonly firstToken = (): void => {
    this.#firstTokenMs ??= this.attemptMs;
  };

  attemptStarted(subject: Subject, traceparent?: string): void {
    const now = this.#clock.monotonicTimeNanosUnsafe();
    const last = this.#attempts.pop();
    // Told once another attempt begins: a wait that the deadline cuts short was none.
    if (last !== undefined) this.#attempts.push({ ...last, waitedMs: Math.round(msIn(now - this.#attemptEnded)) });
    this.#subject = subject;
    this.#firstTokenMs = undefined;
    this.#attemptStarted = now;
    if (this.#observers.length === 0) return;
    const traced = traceparent === undefined ? {} : { traceparent };
    this.tell({ type: "attempt-started", attempt: this.#attempts.length + 1, ...subject, ...traced });
  }

  attemptEnded(status: number | null, outcome: string, mayHaveRun = false): void {
    if (this.#attemptStarted === undefined) return;
    this.#mayHaveRun ||= mayHaveRun;
    this.#sent = false;
    this.#attemptEnded = this.#clock.monotonicTimeNanosUnsafe();
    const ms = msIn(this.#attemptEnded - this.#attemptStarted);
    this.#attemptStarted = undefined;
    this.#attempts.push({ status, outcome, ms, waitedMs: 0 });
    if (this.#observers.length === 0) return;
    const first = this.#firstTokenMs === undefined ? {} : { firstTokenMs: this.#firstTokenMs };
    const attempt = this.#attempts.length;
    this.tell({ type: "attempt-ended", attempt, ...this.#subject, status, outcome, ms, ...first });
  }

  waiting(why: WaitFor, reason?: GatewayError, waitMs?: number): void {
    this.#waitedForCold ||= why === "gate" && reason !== undefined;
    if (this.#observers.length === 0) return;
    const known = { ...(reason === undefined ? {} : { reason }), ...(waitMs === undefined ? {} : { waitMs }) };
    this.tell({ type: "waiting", for: why, attempt: this.#attempts.length, ...known });
  }

  gateOpened(subject: Subject, waitedMs: number): void {
    this.tell({ type: "gate-opened", ...subject, waitedMs });
  }

  callEnded(outcome: string): void {
    if (this.#observers.length === 0) return;
    const attempts = this.#attempts.length;
    this.tell({ type: "call-ended", ...this.#subject, outcome, ms: this.elapsedMs, attempts });
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
    return msIn(this.#clock.monotonicTimeNanosUnsafe() - nanos);
  }
}

const msIn = (nanos: bigint): number => Number(nanos / 1_000n) / 1_000;
