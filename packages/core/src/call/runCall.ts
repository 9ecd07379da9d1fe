/**
 * The life of one call after its request is known to be valid and affordable: attempts under a policy, all of them
 * under one deadline, each step told to the observers.
 *
 * A call has a fiber of its own, which its deadline ends; so no attempt or wait needs a race of its own against the clock.
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
import { type Deadlines, deadlinesOn, type Expiring } from "./Deadlines.ts";
import { tellInterrupted } from "./interrupted.ts";

export interface Finished<Result> extends Arrival<Result> {
  readonly log: CallLog;
}

/** Fails with one `GatewayError`, which knows the attempts. Interrupting it ends the call and frees its socket. */
export const runCall = <Result>(
  transport: Transport["Service"],
  plan: CallPlan<Result>,
): Effect.Effect<Finished<Result>, GatewayError> =>
  Effect.withFiber((caller) =>
    Effect.callback<Finished<Result>, GatewayError>((resume) => new Run(transport, plan, caller, resume).end),
  );

class Run<Result> implements Expiring {
  readonly #plan: CallPlan<Result>;
  readonly #caller: Fiber.Fiber<unknown, unknown>;
  readonly #done: (exit: Exit.Exit<Finished<Result>, GatewayError>) => void;
  readonly #log: CallLog;
  readonly #course: Course<Result>;
  readonly #deadlines: Deadlines;
  readonly #fiber: Fiber.Fiber<Arrival<Result>, GatewayError>;
  #over = false;

  constructor(
    transport: Transport["Service"],
    plan: CallPlan<Result>,
    caller: Fiber.Fiber<unknown, unknown>,
    done: (exit: Exit.Exit<Finished<Result>, GatewayError>) => void,
  ) {
    this.#plan = plan;
    this.#caller = caller;
    this.#done = done;
    const { context } = caller;
    const clock = Context.get(context, Clock.Clock);
    const random = Context.get(context, Random.Random);
    const log = new CallLog(`req_${bits64(random)}`, clock, plan.observers, plan.first);
    this.#log = log;
    tellStart(log, plan);
    this.#course = new Course(transport, plan, log, random);
    const { timeoutMs, policy, bucket } = plan;
    const retry = bucket.retry(policy, {
      onRetry: this.#onRetry,
      isFree: isKnown,
      deadline: log.startedAt + timeoutMs,
    });
    this.#fiber = Effect.runForkWith(context)(retry(this.#course.round));
    this.#deadlines = deadlinesOn(clock);
    this.#deadlines.add(this, timeoutMs);
    this.#fiber.addObserver((exit) => {
      if (!this.#over) this.#conclude(exit);
    });
  }

  /** Ends the call, if it is not over. */
  readonly end: Effect.Effect<void> = Effect.suspend(() => {
    this.#end("SLUICE-499-ABORTED");
    return Fiber.interrupt(this.#fiber);
  });

  expire(): void {
    const log = this.#log;
    const { inFlight, subject } = log;
    const { timeoutMs: deadlineMs } = this.#plan;
    const error = new DeadlineExceeded({ ...subject, deadlineMs, inFlight, cause: this.#course.last });
    this.#course.silent(error);
    log.attemptEnded(null, error.code, inFlight);
    this.#fail(error);
  }

  #fail(error: GatewayError): void {
    this.#finish();
    this.#fiber.interruptUnsafe();
    this.#course.left();
    const { requestId, attempts, mayHaveRun } = this.#log;
    this.#done(Exit.fail(error.with({ requestId, attempts, mayHaveRun: mayHaveRun || error.mayHaveRun })));
    this.#log.callEnded(error.code);
  }

  readonly #onRetry = (error: GatewayError, wait: Duration.Duration): Effect.Effect<Duration.Duration> =>
    Effect.sync(() => {
      const waitMs = Duration.toMillis(wait);
      if (!isInherited(error)) this.#log.waiting("retry", this.#log.leg, error, Math.round(waitMs));
      return this.#course.pause(error, waitMs) === "awake" ? Duration.zero : wait;
    });

  #finish(): void {
    this.#over = true;
    this.#deadlines.remove(this);
  }

  /** Without a result and without an error. */
  #end(outcome: string): void {
    if (this.#over) return;
    this.#finish();
    this.#fiber.interruptUnsafe();
    this.#course.left();
    const { inFlight, mayHaveRun, requestId, attempts, subject } = this.#log;
    tellInterrupted(this.#caller, { ...subject, requestId, attempts, mayHaveRun, inFlight });
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
      this.#done(Exit.succeed({ result, leg, answer, log }));
      log.callEnded("ok", leg.cost);
      return;
    }
    const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause));
    if (error === undefined) {
      // A defect, of a transport or a policy of the user's own, ends the call for everybody who knows of it.
      this.#end(Cause.hasInterruptsOnly(exit.cause) ? "SLUICE-499-ABORTED" : "defect");
      this.#done(exit as Exit.Exit<never>);
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

const tellStart = (
  log: CallLog,
  { first, timeoutMs, observers }: Pick<CallPlan<unknown>, "first" | "timeoutMs" | "observers">,
): void => {
  if (observers.length === 0) return;
  const { subject, request, cost, warnings = [] } = first;
  log.tell({
    type: "call-started",
    ...subject,
    origin: request.origin,
    timeoutMs,
    ...(cost === undefined ? {} : { cost }),
    ...(warnings.length === 0 ? {} : { warnings }),
  });
};

/** Whether only the deadline keeps the standard policy from asking a cold model again. */
const isOutOfTime = (policy: Policy, error: GatewayError, leftMs: number): boolean =>
  policy === RetryPolicy.standard &&
  RetryPolicy.nameFor(error) === "cold" &&
  error.retriesExhausted !== true &&
  (error.retryAfterMs ?? 0) < leftMs;
