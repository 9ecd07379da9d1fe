/** The small parts that policies are composed of. Each takes a schedule and gives one with a single property more. */
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import * as Schedule from "effect/Schedule";
import type { GatewayError } from "../GatewayError.ts";
import { Deadline } from "./Deadline.ts";

export type Policy = Schedule.Schedule<unknown, GatewayError>;

/** Waits of `base · factor^n`, never longer than `cap`. */
export const backoff = (base: Duration.Input, factor: number, cap: Duration.Input): Policy =>
  Schedule.min([Schedule.exponential(base, factor), Schedule.spaced(cap)]);

/** Draws each wait evenly from its upper `share`: 1 is full jitter (anything from zero), 0 is none. */
export const jitter =
  (share: number) =>
  (policy: Policy): Policy =>
    Schedule.modifyDelay(policy, ({ duration }) =>
      Effect.map(Random.next, (drawn) => Duration.times(duration, 1 - share * drawn)),
    );

/** Ends the policy after so many retries. */
export const atMost =
  (retries: number) =>
  (policy: Policy): Policy =>
    Schedule.upTo(policy, { times: retries });

const wishOf = (error: GatewayError): number | undefined => ("retryAfterMs" in error ? error.retryAfterMs : undefined);

/** In milliseconds. */
const shortestWish = 1_000;

/**
 * Waits exactly as long as the gateway asked for, when it asked for a second or more; less only lengthens the policy's
 * own wait, so that `Retry-After: 0` is no invitation to a storm. A wait that would outlast the call's `Deadline` ends
 * the policy at once: the error then tells when to come back.
 */
export const honourRetryAfter = (policy: Policy): Policy =>
  Schedule.while(
    Schedule.modifyDelay(policy, ({ duration, input }) => {
      const wish = wishOf(input);
      if (wish === undefined) return Effect.succeed(duration);
      const asked = Duration.millis(wish);
      return Effect.succeed(wish < shortestWish ? Duration.max(asked, duration) : asked);
    }),
    ({ input, now }) => {
      const wish = wishOf(input);
      return wish === undefined || Effect.map(Deadline, (deadline) => now + wish < deadline);
    },
  );

/**
 * Never sleeps through the end: a wait that would run into the last `reserve` of the call's `Deadline` is cut short, so
 * that one more attempt still has that long. Within a second of that moment the attempt has just been made.
 */
export const lastChance =
  (reserve: Duration.Input) =>
  (policy: Policy): Policy => {
    const reserveMs = Duration.toMillis(reserve);
    return Schedule.modifyDelay(policy, ({ duration, now }) =>
      Effect.map(Deadline, (deadline) => {
        const latest = deadline - reserveMs - now;
        return latest >= 1_000 && Duration.toMillis(duration) > latest ? Duration.millis(latest) : duration;
      }),
    );
  };
