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
import { type Arrival, Course } from "./Course.ts";
import { deadlinesOn } from "./Deadlines.ts";
import { OnInterrupted } from "./OnInterrupted.ts";

export interface Finished<Result> extends Arrival<Result> {
  readonly log: CallLog;
}

/** Fails with one `GatewayError`, which knows the attempts. Interrupting it ends the call and frees its socket. */
export const runCall = <Result>(
  transport: Transport["Service"],
  plan: CallPlan<Result>,
): Effect.Effect<Finished<Result>, GatewayError> =>
  Effect.flatMap(Effect.context(), (context) =>
    Effect.callback<Finished<Result>, GatewayError>((resume) => start(transport, plan, context, resume)),
  );

/** Gives back how to end it. */
const start = <Result>(
  transport: Transport["Service"],
  plan: CallPlan<Result>,
  context: Context.Context<never>,
  done: (exit: Exit.Exit<Finished<Result>, GatewayError>) => void,
): Effect.Effect<void> => {
  const { timeoutMs, policy, bucket, others } = plan;
  const clock = Context.get(context, Clock.Clock);
  const random = Context.get(context, Random.Random);
  const word = () =>
    Math.floor(random.nextDoubleUnsafe() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  // 64 random bits, from Effect's `Random` so that a seeded run repeats.
  const log = new CallLog(`req_${word()}${word()}`, clock, plan.observers, plan.subject);
  tellStart(log, plan);
  const course = new Course(transport, plan, log, word, (error) => {
    spare();
    fail(error);
  });
  const onRetry = (error: GatewayError, wait: Duration.Duration) =>
    Effect.sync(() => {
      log.waiting("retry", error, Math.round(Duration.toMillis(wait)));
    });
  const attempts = bucket.retry(policy, { onRetry, deadline: log.startedAt + timeoutMs })(course.round);

  let over = false;
  const fail = (error: GatewayError) => {
    over = true;
    // First, so that nobody leaves to this call what it does no more.
    fiber.interruptUnsafe();
    course.left(error);
    const { requestId, attempts: made, mayHaveRun } = log;
    log.callEnded(error.code);
    done(Exit.fail(error.with({ requestId, attempts: made, mayHaveRun: mayHaveRun || error.mayHaveRun })));
  };
  const expire = () => {
    const { inFlight, subject } = log;
    const error = new DeadlineExceeded({ ...subject, deadlineMs: timeoutMs, inFlight, cause: course.last });
    course.silent(error);
    log.attemptEnded(null, error.code, inFlight);
    fail(error);
  };
  const fiber = Effect.runForkWith(context)(attempts);
  const spare = deadlinesOn(clock).add(timeoutMs, expire);
  const abort = () => {
    if (over) return;
    over = true;
    spare();
    fiber.interruptUnsafe();
    course.left();
    const { inFlight, mayHaveRun, requestId, attempts: made, subject } = log;
    log.attemptEnded(null, "SLUICE-499-ABORTED", inFlight);
    log.callEnded("SLUICE-499-ABORTED");
    Context.get(context, OnInterrupted)({ ...subject, requestId, attempts: made, mayHaveRun, inFlight });
  };
  fiber.addObserver((exit) => {
    if (over) return;
    if (Exit.isSuccess(exit)) {
      over = true;
      spare();
      // Another leg than the one that answered may have made others wait.
      if (others !== undefined) course.left();
      log.callEnded("ok");
      done(Exit.succeed({ ...exit.value, log }));
      return;
    }
    const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause));
    const leftMs = timeoutMs - log.elapsedMs;
    // Only the deadline keeps the model from being asked again: then the deadline ends the call, and the error says so.
    if (error !== undefined && isOutOfTime(policy, error, leftMs)) {
      course.left();
      course.last = error;
      log.waiting("retry", error, Math.round(leftMs));
      return;
    }
    spare();
    if (error !== undefined) fail(error);
    else {
      if (Cause.hasInterruptsOnly(exit.cause)) abort();
      over = true;
      done(exit as Exit.Exit<never>);
    }
  });
  return Effect.suspend(() => {
    abort();
    return Fiber.interrupt(fiber);
  });
};

const tellStart = (
  log: CallLog,
  {
    subject,
    timeoutMs,
    cost,
    warnings = [],
    observers,
  }: Pick<CallPlan<never>, "subject" | "timeoutMs" | "cost" | "warnings" | "observers">,
): void => {
  if (observers.length === 0) return;
  log.tell({
    type: "call-started",
    ...subject,
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
