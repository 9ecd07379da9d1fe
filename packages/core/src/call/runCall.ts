/**
 * The life of one call after its request is known to be valid and affordable: attempts under a policy, all of them
 * under one deadline, each step told to the observers.
 *
 * Its first attempt needs no fiber where the transport needs none. What comes after it runs in a fiber of the call's own,
 * which its deadline ends; so no attempt or wait needs a race of its own against the clock.
 */
import { DeadlineExceeded, type GatewayError, type Policy, RetryPolicy } from "@sluice/errors";
import * as Cause from "effect/Cause";
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Option from "effect/Option";
import * as Random from "effect/Random";
import type { Transport } from "../transport/Transport.ts";
import { CallLog } from "./CallLog.ts";
import type { CallPlan } from "./CallPlan.ts";
import { bits64 } from "./bits64.ts";
import { type Arrival, Course, isInherited, isKnown } from "./Course.ts";
import { type Deadlines, deadlinesOn, Expiring } from "./Deadlines.ts";
import { type Interrupted, tellInterrupted } from "./interrupted.ts";
import { orDefect } from "./orDefect.ts";

export interface Finished<Result> extends Arrival<Result> {
  readonly log: CallLog;
}

/** Who waits for a call. */
export interface Caller<Result> {
  /** Told once; not of a call that `abort` has ended. */
  readonly settle: (exit: Exit.Exit<Finished<Result>, GatewayError>) => void;
  /** What is known of a call that ends without a result and without an error of its own. */
  readonly interrupted: (call: Interrupted) => void;
}

/** A call that is known to be valid and affordable: what is to be done, and what is made of what comes of it. */
export interface ReadyCall<Result, Data> {
  readonly transport: Transport["Service"];
  readonly plan: CallPlan<Result>;
  readonly finish: (finished: Finished<Result>) => Data;
}

/** Fails with one `GatewayError`, which knows the attempts. Interrupting it ends the call and frees its socket. */
export const runCall = <Result, Data>(ready: ReadyCall<Result, Data>): Effect.Effect<Data, GatewayError> =>
  Effect.withFiber((fiber) => runCallIn(fiber, ready));

/** In the fiber that waits for it. */
export const runCallIn = <Result, Data>(
  fiber: Fiber.Fiber<unknown, unknown>,
  { transport, plan, finish }: ReadyCall<Result, Data>,
): Effect.Effect<Data, GatewayError> =>
  Effect.callback((resume) => {
    const run = new Run(transport, plan, fiber.context, {
      settle: (exit) => {
        resume(orDefect(() => Exit.map(exit, finish)));
      },
      interrupted: (call) => {
        tellInterrupted(fiber, call);
      },
    });
    run.start();
    return Effect.suspend(() => {
      run.abort();
      return run.gone;
    });
  });

/** One that has not begun until `start`, which may settle it at once. */
export class Run<Result> extends Expiring {
  readonly #plan: CallPlan<Result>;
  readonly #context: Context.Context<never>;
  readonly #caller: Caller<Result>;
  readonly #log: CallLog;
  readonly #course: Course<Result>;
  readonly #deadlines: Deadlines;
  /** Of the first attempt: whether it has ended, and how to abort it until then. */
  #isTold = false;
  #hangUp: (() => void) | undefined;
  #fiber: Fiber.Fiber<Arrival<Result>, GatewayError> | undefined;
  #over = false;

  constructor(
    transport: Transport["Service"],
    plan: CallPlan<Result>,
    context: Context.Context<never>,
    caller: Caller<Result>,
  ) {
    super();
    this.#plan = plan;
    this.#context = context;
    this.#caller = caller;
    const clock = Context.get(context, Clock.Clock);
    const random = Context.get(context, Random.Random);
    this.#log = new CallLog(plan.requestId ?? `req_${bits64(random)}`, clock, plan.observers, plan.first);
    this.#course = new Course(transport, plan, this.#log, random);
    this.#deadlines = deadlinesOn(clock);
  }

  start(): void {
    const { first, timeoutMs } = this.#plan;
    this.#deadlines.add(this, timeoutMs);
    this.#log.callStarted(first, timeoutMs);
    // An observer may have ended it.
    if (this.#over) return;
    const hangUp = this.#course.begin((exit) => {
      this.#isTold = true;
      this.#hangUp = undefined;
      if (this.#over) return;
      if (!Exit.isFailure(exit)) this.#plan.bucket.succeeded();
      else if (Cause.hasFails(exit.cause)) {
        this.#goOn();
        return;
      }
      this.#conclude(exit);
    });
    this.#hold(hangUp);
  }

  /** What may have ended by now: the first attempt, and the call. */
  #hold(hangUp: (() => void) | undefined): void {
    if (this.#isTold) return;
    if (this.#over) hangUp?.();
    else if (hangUp === undefined) this.#goOn();
    else this.#hangUp = hangUp;
  }

  /** Ends the call. Gives back whether it was under way. */
  abort(): boolean {
    const wasOver = this.#over;
    this.#end("SLUICE-499-ABORTED");
    return !wasOver;
  }

  /** Waits until nothing of it is left. */
  get gone(): Effect.Effect<void> {
    return this.#fiber === undefined ? Effect.void : Effect.asVoid(Fiber.await(this.#fiber));
  }

  expire(): void {
    const log = this.#log;
    const { inFlight, subject } = log;
    const { timeoutMs: deadlineMs } = this.#plan;
    const error = new DeadlineExceeded({ ...subject, deadlineMs, inFlight, cause: this.#course.last });
    this.#course.silent(error);
    log.attemptEnded(null, error.code, inFlight);
    this.#fail(error);
  }

  /** Attempts under the policy; those that were made count. */
  #goOn(): void {
    const { timeoutMs, policy, bucket } = this.#plan;
    const retry = bucket.retry(policy, {
      onRetry: (error, wait) => this.#onRetry(error, wait),
      isFree: isKnown,
      deadline: this.#log.startedAt + timeoutMs,
    });
    this.#fiber = Effect.runForkWith(this.#context)(retry(this.#course.round));
    // What it has told by now may have ended the call.
    if (this.#over) this.#stop();
    this.#fiber.addObserver((exit) => {
      if (!this.#over) this.#conclude(exit);
    });
  }

  #fail(error: GatewayError): void {
    this.#finish();
    this.#stop();
    const { requestId, attempts, mayHaveRun } = this.#log;
    this.#caller.settle(Exit.fail(error.with({ requestId, attempts, mayHaveRun: mayHaveRun || error.mayHaveRun })));
    this.#log.callEnded(error.code);
  }

  #onRetry(error: GatewayError, wait: Duration.Duration): Effect.Effect<Duration.Duration> {
    return Effect.sync(() => {
      const waitMs = Duration.toMillis(wait);
      if (!isInherited(error)) this.#log.waiting("retry", this.#log.leg, error, Math.round(waitMs));
      return this.#course.pause(error, waitMs) === "awake" ? Duration.zero : wait;
    });
  }

  #finish(): void {
    this.#over = true;
    this.#deadlines.remove(this);
  }

  /** Frees what is under way. */
  #stop(): void {
    this.#hangUp?.();
    this.#fiber?.interruptUnsafe();
    this.#course.left();
  }

  /** Without a result and without an error. */
  #end(outcome: string): void {
    if (this.#over) return;
    this.#finish();
    this.#stop();
    const { inFlight, mayHaveRun, requestId, attempts, subject } = this.#log;
    this.#caller.interrupted({ ...subject, requestId, attempts, mayHaveRun, inFlight });
    this.#log.attemptEnded(null, outcome, inFlight);
    this.#log.callEnded(outcome);
  }

  #conclude(exit: Exit.Exit<Arrival<Result>, GatewayError>): void {
    const log = this.#log;
    if (Exit.isSuccess(exit)) {
      this.#finish();
      // Another leg than the one that answered may have made others wait, or have failed.
      if (this.#plan.others !== undefined) this.#course.left();
      const { result, leg, answer } = exit.value;
      // First: an observer that ends the call then ends what has succeeded.
      this.#caller.settle(Exit.succeed({ result, leg, answer, log }));
      log.callEnded("ok", leg.cost);
      return;
    }
    const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause));
    if (error === undefined) {
      // A defect, of a transport or a policy of the user's own, ends the call for everybody who knows of it.
      this.#end(Cause.hasInterruptsOnly(exit.cause) ? "SLUICE-499-ABORTED" : "defect");
      this.#caller.settle(exit as Exit.Exit<never>);
      return;
    }
    const leftMs = this.#plan.timeoutMs - log.elapsedMs;
    if (!isOutOfTime(this.#plan.policy, error, leftMs)) {
      this.#fail(error);
      return;
    }
    // Only the deadline keeps the model from being asked again: then the deadline ends the call, and the error says so.
    this.#course.left();
    this.#course.last = error;
    log.waiting("retry", log.leg, error, Math.round(leftMs));
  }
}

/** Whether only the deadline keeps the standard policy from asking a cold model again. */
const isOutOfTime = (policy: Policy, error: GatewayError, leftMs: number): boolean =>
  policy === RetryPolicy.standard &&
  RetryPolicy.nameFor(error) === "cold" &&
  error.retriesExhausted !== true &&
  (error.retryAfterMs ?? 0) < leftMs;
