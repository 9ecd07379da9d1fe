/**
 * Bounds the retries to one gateway with one key, so that they stay a small share of the traffic when much fails at once:
 * the token bucket of the AWS SDKs (standard mode of 2026), with its constants.
 *
 * A retry takes its cost, and is not made when the bucket holds less. A call that succeeds after retries gives the last
 * one's cost back; one that succeeds at once gives one token. So about one call in fourteen may be retried for long, and
 * 35 at once.
 *
 * Waiting for a cold model takes nothing: it ends in a result, is bounded by its own pace (20 attempts in 300 s), and
 * would otherwise leave nothing for the calls that need a retry.
 */
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import { identity } from "effect/Function";
import * as Schedule from "effect/Schedule";
import { InvalidConfiguration } from "../failures/InvalidConfiguration.ts";
import type { GatewayError } from "../GatewayError.ts";
import { Deadline } from "./Deadline.ts";
import type { Policy } from "./parts.ts";
import { type Choice, nameFor } from "./RetryPolicy.ts";

export interface RetryBucketOptions {
  /** How many tokens it holds at most, and at first. Default: 500. */
  readonly capacity?: number | undefined;
  /** What a retry after this error takes. Default: `costOf`. */
  readonly costOf?: typeof costOf | undefined;
}

export interface RetryOptions extends Choice {
  /** Told of each retry that the bucket allows, before its wait; a `Duration` that it gives is waited instead. */
  readonly onRetry?: ((error: GatewayError, wait: Duration.Duration) => Effect.Effect<unknown>) | undefined;
  /** Errors whose retry takes nothing: the call was told of them, and has asked nobody. */
  readonly isFree?: ((error: GatewayError) => boolean) | undefined;
  /** The call's `Deadline`, where it is not provided. Unix time in milliseconds. */
  readonly deadline?: number | undefined;
}

export interface RetryBucket {
  readonly capacity: number;
  /** How many tokens it holds now. */
  readonly tokens: Effect.Effect<number>;
  /**
   * Retries a call under a policy, as far as the bucket allows; beyond that the call fails with its last error, which
   * says `retriesExhausted`. Its `mayHaveRun` counts the attempts before it too.
   */
  readonly retry: (
    policy: Policy,
    options?: RetryOptions,
  ) => <A, E extends GatewayError, R>(call: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>;
  /** Counts a call that succeeded at once and was made without `retry`. */
  readonly succeeded: () => void;
}

/** 0 for a wait for a cold model, 5 for a rate limit, 14 for everything else. */
export const costOf = (error: GatewayError, choice: Choice = {}): number => {
  const name = nameFor(error, choice);
  if (name === "cold") return 0;
  return name === "rateLimited" ? 5 : dearest;
};

const reward = 1;
const dearest = 14;
/** More of one call are no wait for a model, whatever its policy. */
const freeRetries = 30;

/**
 * A full bucket. One serves all calls to a gateway with a key, in one process. Throws `InvalidConfiguration` when the
 * capacity is not a number of 0 or more.
 */
export const make = ({ capacity = 500, costOf: cost = costOf }: RetryBucketOptions = {}): RetryBucket => {
  if (!(capacity >= 0)) {
    const fields = [{ path: "capacity", message: "must be a number, 0 or more", sent: String(capacity) }];
    throw new InvalidConfiguration({ gateway: "any gateway", pipeline: "retry bucket", fields });
  }
  let tokens = capacity;
  const giveBack = (amount: number) => {
    tokens = Math.min(capacity, tokens + amount);
  };
  /** From the first failure on. A call that succeeds at once needs none of this. */
  const retrying = <A, E extends GatewayError, R>(
    policy: Policy,
    options: RetryOptions | undefined,
    call: Effect.Effect<A, E, R>,
    failed: E,
  ): Effect.Effect<A, E, R> =>
    Effect.suspend(() => {
      let taken = reward;
      /** What was taken for an attempt that has not begun. */
      let pending = 0;
      let free = freeRetries;
      let refused = false;
      let ran = false;
      const affordable = Schedule.while(policy, ({ input }) => {
        ran ||= input.mayHaveRun;
        let price = Math.max(0, cost(input, options));
        if (options?.isFree?.(input) === true) price = 0;
        else if (price === 0 && free-- <= 0) price = dearest;
        refused = !(price <= tokens);
        if (refused) return false;
        tokens -= price;
        taken = pending = price;
        return true;
      });
      const told = Schedule.modifyDelay(affordable, ({ input, duration }) =>
        Effect.map(options?.onRetry?.(input, duration) ?? Effect.void, (wait) =>
          Duration.isDuration(wait) ? wait : duration,
        ),
      );
      let first = true;
      const attempt = Effect.suspend(() => {
        pending = 0;
        if (!first) return call;
        first = false;
        return Effect.fail(failed);
      });
      return attempt.pipe(
        Effect.retry(told),
        options?.deadline === undefined ? identity : Effect.provideService(Deadline, options.deadline),
        Effect.tap(() => Effect.sync(() => giveBack(taken))),
        Effect.mapError((error) => {
          const earlier = ran && !error.mayHaveRun ? { mayHaveRun: true } : {};
          const known = { ...earlier, ...(refused ? { retriesExhausted: true as const } : {}) };
          return Object.keys(known).length === 0 ? error : (error.with(known) as typeof error);
        }),
        Effect.onInterrupt(() => Effect.sync(() => giveBack(pending))),
      );
    });
  const succeeded = () => {
    giveBack(reward);
  };
  const retry: RetryBucket["retry"] = (policy, options) => (call) =>
    Effect.matchEffect(call, {
      onFailure: (error) => retrying(policy, options, call, error),
      onSuccess: (value) => {
        succeeded();
        return Effect.succeed(value);
      },
    });
  return { capacity, tokens: Effect.sync(() => tokens), retry, succeeded };
};
