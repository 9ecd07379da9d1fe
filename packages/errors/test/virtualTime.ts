/** Calls on a virtual clock: hours pass at once, and the same seed draws the same chance. */
import type * as Cause from "effect/Cause";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Random from "effect/Random";
import { TestClock } from "effect/testing";
import { Deadline, type GatewayError, type Policy } from "../src/index.ts";

/** A gateway that plays its part: what it says to each attempt, by the attempt's number (from 1) and the time. */
export type Script = (attempt: number, now: number) => GatewayError | "result";

export interface Run {
  readonly exit: Exit.Exit<"result", GatewayError | Cause.TimeoutError>;
  /** When each attempt began, in milliseconds from the start of the call. */
  readonly startedAt: ReadonlyArray<number>;
  /** What passed between attempts. */
  readonly waits: ReadonlyArray<number>;
  readonly endedAt: number;
}

/** No policy needs as many attempts; a call that gets there is a storm, and dies. */
const storm = 1000;

export interface Circumstances {
  readonly seed?: string | number;
  /** Bounds the call as a client would: the policy knows of it, and a timeout enforces it. */
  readonly deadlineMs?: number;
  /** How long every answer takes; none by default, so that only the policy takes time. */
  readonly answerMs?: number;
}

/** Calls a gateway under a policy. */
export const call = (
  script: Script,
  policy: Policy,
  { seed = "sluice", deadlineMs = Infinity, answerMs = 0 }: Circumstances = {},
): Effect.Effect<Run> =>
  Effect.gen(function* () {
    const startedAt: Array<number> = [];
    const attempt = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis;
      if (startedAt.push(now) > storm) return yield* Effect.die(new Error(`${storm} attempts by ${now} ms`));
      yield* Effect.sleep(answerMs);
      const said = script(startedAt.length, now);
      return said === "result" ? said : yield* Effect.fail(said);
    });
    const bounded = Effect.retry(attempt, policy).pipe(
      Effect.provideService(Deadline, deadlineMs),
      Effect.timeout(deadlineMs),
    );
    const ended = Effect.all({ exit: Effect.exit(bounded), endedAt: Clock.currentTimeMillis });
    const fiber = yield* Effect.forkChild(Random.withSeed(ended, seed));
    yield* TestClock.adjust("3 hours");
    if (fiber.pollUnsafe() === undefined) return yield* Effect.die(new Error("The call did not end within 3 hours."));
    const waits = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0));
    return { ...(yield* Fiber.join(fiber)), startedAt, waits };
  }).pipe(Effect.provide(TestClock.layer()));

/** Errors one after another, then the result. */
export const saying =
  (...errors: ReadonlyArray<GatewayError>): Script =>
  (attempt) =>
    errors[attempt - 1] ?? "result";
