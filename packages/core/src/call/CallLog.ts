/** Keeps the attempts of one call and tells the observers of each step. */
import type { Attempt, GatewayError, Subject } from "@sluice/errors";
import { coldStartMs } from "@sluice/models";
import type { Asked, CallEvent, Cost, OnEvent, WaitFor } from "@sluice/telemetry";
import type * as Clock from "effect/Clock";
import type { Leg } from "./CallPlan.ts";

/** Of a leg, what a log tells. */
type Told = Pick<Leg<never>, "subject" | "request">;

export class CallLog {
  readonly requestId: string;
  readonly startedAt: number;
  readonly #clock: Clock.Clock;
  /** By the monotonic clock, in nanoseconds, as are the other moments. */
  readonly #started: number;
  readonly #observers: ReadonlyArray<OnEvent>;
  readonly #attempts: Array<Attempt> = [];
  /** Events that wait until the observers have heard of the one before. */
  readonly #untold: Array<CallEvent> = [];
  #isTelling = false;
  /** From then on nothing is told: who ends a call, ends it while it is about to go on. */
  #isOver = false;
  #leg: Told;
  #attemptStarted: number | undefined;
  #firstTokenMs: number | undefined;
  #sent = false;
  #mayHaveRun = false;
  #attemptEnded: number;
  #waitedForCold = false;
  #tookLong = false;

  constructor(requestId: string, clock: Clock.Clock, observers: ReadonlyArray<OnEvent>, first: Told) {
    this.requestId = requestId;
    this.#clock = clock;
    this.#observers = observers;
    this.#leg = first;
    this.startedAt = this.now;
    this.#started = this.#attemptEnded = Number(clock.monotonicTimeNanosUnsafe());
  }

  /** Unix time in milliseconds. */
  get now(): number {
    return this.#clock.currentTimeMillisUnsafe();
  }

  /** Milliseconds of a clock that never goes back, for what is compared between calls. */
  get steadyNow(): number {
    return msIn(this.#nanos);
  }

  get attempts(): ReadonlyArray<Attempt> {
    return this.#attempts;
  }

  /** Which leg was asked last. */
  get leg(): Told {
    return this.#leg;
  }

  /** Who was asked last. */
  get subject(): Subject {
    return this.#leg.subject;
  }

  /** Since the call's start, in milliseconds. */
  get elapsedMs(): number {
    return this.#since(this.#started);
  }

  /** Since the start of the attempt that is under way, in milliseconds. */
  get attemptMs(): number {
    return this.#attemptStarted === undefined ? 0 : this.#since(this.#attemptStarted);
  }

  /**
   * Whether the call found the model cold, waited while another call did, or took as long as a cold one takes: of a token
   * stream, until its first text.
   */
  get coldStart(): boolean {
    return this.#waitedForCold || this.#tookLong || this.#attempts.some(({ outcome }) => isCold(outcome));
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

  /** Whether a piece of a token stream has come. */
  get hasToken(): boolean {
    return this.#firstTokenMs !== undefined;
  }

  /** The first piece of a token stream has come. */
  firstToken(): void {
    this.#firstTokenMs ??= this.attemptMs;
  }

  callStarted({ cost, warnings = [] }: Pick<Leg<never>, "cost" | "warnings">, timeoutMs: number): void {
    if (this.#observers.length === 0) return;
    const known = { ...(cost === undefined ? {} : { cost }), ...(warnings.length === 0 ? {} : { warnings }) };
    this.#tell({ ...this.#head(this.#leg), type: "call-started", timeoutMs, ...known });
  }

  attemptStarted(leg: Told, traceparent?: string): void {
    if (this.#isOver) return;
    const now = this.#nanos;
    const last = this.#attempts.pop();
    // Told once another attempt begins: a wait that the deadline cuts short was none.
    if (last !== undefined) this.#attempts.push({ ...last, waitedMs: Math.round(msIn(now - this.#attemptEnded)) });
    this.#leg = leg;
    this.#firstTokenMs = undefined;
    this.#attemptStarted = now;
    if (this.#observers.length === 0) return;
    const traced = traceparent === undefined ? {} : { traceparent };
    const attempt = this.#attempts.length + 1;
    this.#tell({ ...this.#head(leg), type: "attempt-started", attempt, ...traced });
  }

  attemptEnded(status: number | null, outcome: string, mayHaveRun = false): void {
    if (this.#attemptStarted === undefined) return;
    this.#mayHaveRun ||= mayHaveRun || outcome === "ok";
    this.#sent = false;
    this.#attemptEnded = this.#nanos;
    const ms = msIn(this.#attemptEnded - this.#attemptStarted);
    this.#attemptStarted = undefined;
    this.#tookLong ||= (this.#firstTokenMs ?? ms) >= longMs(this.#leg.subject.pipeline);
    const told = { status, outcome, ms, waitedMs: 0 };
    this.#attempts.push(mayHaveRun ? { ...told, mayHaveRun } : told);
    if (this.#observers.length === 0) return;
    const ran = mayHaveRun ? { mayHaveRun } : {};
    const first = this.#firstTokenMs === undefined ? {} : { firstTokenMs: this.#firstTokenMs };
    const attempt = this.#attempts.length;
    this.#tell({ ...this.#head(this.#leg), type: "attempt-ended", attempt, status, outcome, ms, ...ran, ...first });
  }

  waiting(why: WaitFor, leg: Told, reason?: GatewayError, waitMs?: number): void {
    if (this.#isOver) return;
    this.#waitedForCold ||= why === "gate" && reason !== undefined;
    if (this.#observers.length === 0) return;
    const known = { ...(reason === undefined ? {} : { reason }), ...(waitMs === undefined ? {} : { waitMs }) };
    this.#tell({ ...this.#head(leg), type: "waiting", for: why, attempt: this.#attempts.length, ...known });
  }

  gateOpened(leg: Told, waitedMs: number): void {
    if (this.#isOver || this.#observers.length === 0) return;
    this.#tell({ ...this.#head(leg), type: "gate-opened", waitedMs });
  }

  /** `cost`: of a call that succeeded. */
  callEnded(outcome: string, cost?: Cost): void {
    this.#isOver = true;
    if (this.#observers.length === 0) return;
    const paid = cost === undefined ? {} : { cost };
    const ms = this.elapsedMs;
    const asked = this.#attempts.reduce((sum, attempt) => sum + attempt.ms, 0);
    this.#tell({
      ...this.#head(this.#leg),
      type: "call-ended",
      outcome,
      ms,
      attempts: this.#attempts.length,
      statuses: this.#attempts.map(({ status }) => status),
      coldStart: this.coldStart,
      waitedMs: Math.max(0, Math.round((ms - asked) * 1_000) / 1_000),
      ...paid,
    });
  }

  /** What all events have. */
  #head({ subject, request }: Told): Asked & Pick<CallEvent, "requestId" | "at"> {
    return { requestId: this.requestId, at: this.now, ...subject, origin: request.origin };
  }

  #tell(event: CallEvent): void {
    // An observer may end the call: what is to be told of that comes after what it was just told.
    this.#untold.push(event);
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (let next = this.#untold.pop(); next !== undefined; next = this.#untold.shift()) {
      for (const observer of this.#observers) tellOne(observer, next);
    }
    this.#isTelling = false;
  }

  get #nanos(): number {
    return Number(this.#clock.monotonicTimeNanosUnsafe());
  }

  #since(nanos: number): number {
    return msIn(this.#nanos - nanos);
  }
}

/** From when on an attempt has met a cold model; a download takes as long as its file is. */
const longMs = (pipeline: string): number => (pipeline === "download" ? Infinity : coldStartMs(pipeline));

const isCold = (outcome: string): boolean => outcome.startsWith("SLUICE-503-");

/** An observer must not decide the fate of a call that may be paid: neither what it throws nor what it rejects with. */
const tellOne = (observer: (event: CallEvent) => unknown, event: CallEvent): void => {
  try {
    const told = observer(event);
    if (told instanceof Promise) told.catch(() => undefined);
  } catch {
    // Its own affair.
  }
};

/** Whole microseconds, in milliseconds. */
const msIn = (nanos: number): number => Math.floor(nanos / 1_000) / 1_000;
