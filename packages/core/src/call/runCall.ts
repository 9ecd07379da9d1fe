/**
 * The life of one call after its request is known to be valid and affordable: attempts under a policy, all of them
 * under one deadline, each step told to the observers.
 */
import {
  type Answer,
  type Break,
  classify,
  Deadline,
  DeadlineExceeded,
  type Dialect,
  type GatewayError,
  isGatewayError,
  type Policy,
  type Observation,
  type RetryBucket,
  RetryPolicy,
  type Subject,
} from "@sluice/errors";
import type { Finding } from "@sluice/models";
import * as Clock from "effect/Clock";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import type { Transport, WireRequest } from "../transport/Transport.ts";
import type { OnEvent } from "./CallEvent.ts";
import { CallLog } from "./CallLog.ts";
import type { Cost } from "./Cost.ts";
import { OnInterrupted } from "./OnInterrupted.ts";

export interface CallPlan<Result> {
  readonly subject: Subject;
  readonly dialect: Dialect;
  readonly request: WireRequest;
  readonly secrets: ReadonlyArray<string>;
  readonly timeoutMs: number;
  readonly policy: Policy;
  readonly bucket: RetryBucket.RetryBucket;
  /** The request's fields, for an error that names one; and what a success is made of. */
  readonly input?: Observation["input"];
  readonly expects?: Observation["expects"];
  readonly observers: ReadonlyArray<OnEvent>;
  readonly cost?: Cost;
  readonly warnings?: ReadonlyArray<Finding>;
  /** What a successful answer says, or why it says nothing. */
  readonly decode: (answer: Answer) => Result | GatewayError;
}

export interface Finished<Result> {
  readonly result: Result;
  readonly log: CallLog;
}

export const runCall = Effect.fnUntraced(function* <Result>(transport: Transport["Service"], plan: CallPlan<Result>) {
  const clock = yield* Clock.Clock;
  const log = new CallLog(yield* newRequestId, clock, plan.observers);
  const { subject, timeoutMs, cost, warnings = [] } = plan;
  log.tell({
    type: "call-started",
    ...subject,
    timeoutMs,
    ...(cost === undefined ? {} : { cost }),
    ...(warnings.length === 0 ? {} : { warnings }),
  });

  let last: GatewayError | undefined;
  const attempt = Effect.suspend(() => {
    log.attemptStarted();
    const conclude = (wire: Answer | Break) => judge(plan, log, wire);
    return Effect.matchEffect(transport.send({ ...plan.request, onSent: log.sent }), {
      onFailure: conclude,
      onSuccess: conclude,
    });
  });
  const onRetry = (error: GatewayError, wait: Duration.Duration) =>
    Effect.sync(() => {
      last = error;
      // The deadline may cut the wait short.
      log.waiting(error, Math.round(Math.min(Duration.toMillis(wait), timeoutMs - log.elapsedMs)));
    });
  return yield* attempt.pipe(
    plan.bucket.retry(plan.policy, { onRetry }),
    Effect.catch((error) => {
      const leftMs = timeoutMs - log.elapsedMs;
      if (!isOutOfTime(plan, error, leftMs)) return Effect.fail(error);
      last = error;
      log.waiting(error, Math.round(leftMs));
      return Effect.never;
    }),
    Effect.provideService(Deadline, log.startedAt + timeoutMs),
    Effect.timeoutOrElse({
      duration: timeoutMs,
      orElse: () => {
        const { inFlight } = log;
        log.attemptEnded(null, "SLUICE-504-DEADLINE", inFlight);
        return Effect.fail(new DeadlineExceeded({ ...subject, deadlineMs: timeoutMs, inFlight, cause: last }));
      },
    }),
    Effect.onInterrupt(() =>
      Effect.map(OnInterrupted, (tell) => {
        const { inFlight, mayHaveRun, requestId, attempts } = log;
        log.attemptEnded(null, "SLUICE-499-ABORTED", inFlight);
        log.tell({ type: "call-ended", outcome: "SLUICE-499-ABORTED", ms: log.elapsedMs });
        tell({ ...subject, requestId, attempts, mayHaveRun, inFlight });
      }),
    ),
    Effect.mapBoth({
      onFailure: (error) => {
        log.tell({ type: "call-ended", outcome: error.code, ms: log.elapsedMs });
        const { requestId, attempts, mayHaveRun } = log;
        return error.with({ requestId, attempts, mayHaveRun: mayHaveRun || error.mayHaveRun });
      },
      onSuccess: (result): Finished<Result> => {
        log.tell({ type: "call-ended", outcome: "ok", ms: log.elapsedMs });
        return { result, log };
      },
    }),
  );
});

/**
 * Whether only the deadline keeps the standard policy from asking a cold model again: then the deadline ends the call,
 * and the error says so.
 */
const isOutOfTime = ({ policy }: CallPlan<unknown>, error: GatewayError, leftMs: number): boolean =>
  policy === RetryPolicy.standard &&
  RetryPolicy.nameFor(error) === "cold" &&
  error.retriesExhausted !== true &&
  (error.retryAfterMs ?? 0) < leftMs;

/** What one exchange means for the call, written down. */
const judge = <Result>(
  { subject, request, secrets, dialect, decode, input, expects = "json" }: CallPlan<Result>,
  log: CallLog,
  wire: Answer | Break,
): Effect.Effect<Result, GatewayError> => {
  const url = request.origin + request.path;
  const verdict = classify(dialect, {
    ...{ subject, url, wire, input, expects, secrets },
    now: log.now,
    elapsedMs: log.attemptMs,
  });
  const outcome = verdict === "success" && wire.kind === "answer" ? decode(wire) : verdict;
  const failed = isGatewayError(outcome);
  const status = "status" in wire ? wire.status : null;
  if (failed) log.attemptEnded(status, outcome.code, outcome.mayHaveRun);
  else log.attemptEnded(status, "ok");
  return failed ? Effect.fail(outcome) : Effect.succeed(outcome as Result);
};

/** 64 random bits, from Effect's `Random` so that a seeded run repeats. */
const newRequestId: Effect.Effect<string> = Effect.map(
  Effect.all([
    Random.nextIntBetween(0, 2 ** 32, { halfOpen: true }),
    Random.nextIntBetween(0, 2 ** 32, { halfOpen: true }),
  ]),
  (words) => `req_${words.map((word) => word.toString(16).padStart(8, "0")).join("")}`,
);
