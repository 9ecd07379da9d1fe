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

/** Runs to its end what sleeps for less than three hours. */
export const onVirtualClock = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect);
    yield* TestClock.adjust("3 hours");
    if (fiber.pollUnsafe() === undefined) return yield* Effect.die(new Error("This did not end within 3 hours."));
    return yield* Fiber.join(fiber);
  }).pipe(Effect.provide(TestClock.layer()));

/** Calls a gateway under a policy. */
export const call = (script: Script, policy: Policy, circumstances: Circumstances = {}): Effect.Effect<Run> =>
  onVirtualClock(attempts(script, policy, circumstances));

/** The same call once for each seed, all at once: much cheaper than one by one. */
export const calls = (
  seeds: ReadonlyArray<string | number>,
  script: Script,
  policy: Policy,
  circumstances: Omit<Circumstances, "seed"> = {},
): Effect.Effect<ReadonlyArray<Run>> =>
  onVirtualClock(
    Effect.forEach(seeds, (seed) => attempts(script, policy, { ...circumstances, seed }), { concurrency: "unbounded" }),
  );

const attempts = (
  script: Script,
  policy: Policy,
  { seed = "sluice", deadlineMs = Infinity, answerMs = 0 }: Circumstances,
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
    const exit = yield* Effect.retry(attempt, policy).pipe(
      Effect.provideService(Deadline, deadlineMs),
      Effect.timeout(deadlineMs),
      Effect.exit,
    );
    const endedAt = yield* Clock.currentTimeMillis;
    const waits = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0));
    return { exit, startedAt, waits, endedAt };
  }).pipe(Random.withSeed(seed));

/** Errors one after another, then the result. */
export const saying =
  (...errors: ReadonlyArray<GatewayError>): Script =>
  (attempt) =>
    errors[attempt - 1] ?? "result";
