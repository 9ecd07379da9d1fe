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

/**
 * The waits of `backoff`, begun anywhere within its first step: one draw moves every attempt between its own moment and
 * the next one's. Callers spread as evenly as under jitter, and whenever a model gets warm, the next attempt is as likely
 * to be near as far.
 */
export const spread = (base: Duration.Input, factor: number, cap: Duration.Input): Policy =>
  Schedule.fromStep(
    Effect.map(Random.next, (drawn) => {
      const first = Duration.toMillis(base);
      const longest = Duration.toMillis(cap);
      const stepMs = (place: number) => Math.min(first * factor ** place, longest);
      let retry = 0;
      return () => {
        const wait =
          retry === 0 ? stepMs(0) + drawn * stepMs(1) : stepMs(retry) * (1 - drawn) + stepMs(retry + 1) * drawn;
        return Effect.succeed([retry++, Duration.millis(wait)] as [number, Duration.Duration]);
      };
    }),
  );

/** Ends the policy after so many retries. */
export const atMost =
  (retries: number) =>
  (policy: Policy): Policy =>
    Schedule.upTo(policy, { times: retries });

/** In milliseconds. */
const shortestWish = 1_000;

/** Waits as `choose` says when the gateway asked for a wait; ends the policy when that would outlast the `Deadline`. */
const heed =
  (choose: (asked: Duration.Duration, own: Duration.Duration) => Duration.Duration) =>
  (policy: Policy): Policy =>
    Schedule.while(
      Schedule.modifyDelay(policy, ({ duration, input: { retryAfterMs } }) =>
        Effect.succeed(retryAfterMs === undefined ? duration : choose(Duration.millis(retryAfterMs), duration)),
      ),
      ({ input: { retryAfterMs = 0 }, now }) => Effect.map(Deadline, (deadline) => now + retryAfterMs < deadline),
    );

/**
 * Waits exactly as long as the gateway asked for, when it asked for a second or more; less only lengthens the policy's
 * own wait, so that `Retry-After: 0` is no invitation to a storm. A wait that would outlast the call's `Deadline` ends
 * the policy at once: the error then tells when to come back.
 */
export const honourRetryAfter: (policy: Policy) => Policy = heed((asked, own) =>
  Duration.toMillis(asked) < shortestWish ? Duration.max(asked, own) : asked,
);

/** The same for a patient policy: what the gateway asks for is the least, so that `Retry-After: 1` is no storm either. */
export const atLeastRetryAfter: (policy: Policy) => Policy = heed((asked, own) => Duration.max(asked, own));

/** Ends the policy rather than wait until the call's `Deadline` or beyond: an attempt after it would be of no use. */
export const stopAtDeadline = (policy: Policy): Policy =>
  Schedule.while(policy, ({ now, duration }) =>
    Effect.map(Deadline, (deadline) => now + Duration.toMillis(duration) < deadline),
  );

/** A wait is not cut to less than this, in milliseconds: an attempt has just been made. */
export const shortestCut = 1_000;

/**
 * Never sleeps through the end: a wait that would run into the last `reserve` of the call's `Deadline` is cut short, so
 * that one more attempt still has that long; but not to less than the gateway asked for.
 */
export const lastChance =
  (reserve: Duration.Input) =>
  (policy: Policy): Policy => {
    const reserveMs = Duration.toMillis(reserve);
    return Schedule.modifyDelay(policy, ({ duration, now, input: { retryAfterMs = 0 } }) =>
      Effect.map(Deadline, (deadline) => {
        const latest = deadline - reserveMs - now;
        if (latest < shortestCut || Duration.toMillis(duration) <= latest) return duration;
        return Duration.millis(Math.max(latest, retryAfterMs));
      }),
    );
  };

/** Ends a policy that would go on for ever: this long after the first failure, unless the call has a `Deadline`. */
export const patience =
  (limit: Duration.Input) =>
  (policy: Policy): Policy => {
    const limitMs = Duration.toMillis(limit);
    return Schedule.while(policy, ({ elapsed, duration }) =>
      Effect.map(Deadline, (deadline) => deadline !== Infinity || elapsed + Duration.toMillis(duration) < limitMs),
    );
  };
