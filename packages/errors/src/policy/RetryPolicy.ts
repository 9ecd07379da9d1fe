/**
 * Which failures are tried again, when, and how often: one schedule per class, and `standard`, which picks among them.
 *
 * A policy does not know the call's deadline except to refuse a `Retry-After` beyond it; whoever runs the call bounds
 * the whole of it. What has no policy here is never retried: the request, the key or the price must change first, or
 * the work may have been done already.
 */
import * as Effect from "effect/Effect";
import * as Schedule from "effect/Schedule";
import type { GatewayError } from "../GatewayError.ts";
import { atMost, backoff, honourRetryAfter, jitter, lastChance, type Policy } from "./parts.ts";

export type { Policy } from "./parts.ts";

/** No retry. */
export const never: Policy = Schedule.recurs(0);

/**
 * A model that loads: as long as the deadline allows. Loading takes 30 s to several minutes, so the waits grow with the
 * time already spent, from 1.4 s to 40 s, and the last attempt begins 5 s before the deadline. By simulation: at most 20
 * attempts in 300 s; over all loading times, a loaded model is met an eighth of its loading time late on average.
 */
export const cold: Policy = backoff("1400 millis", 1.35, "40 seconds").pipe(
  jitter(0.2),
  lastChance("5 seconds"),
  honourRetryAfter,
);

/**
 * No orchestrator, said in a way that also covers a misspelt model or a price cap (a closed socket, `200 null`, a
 * proxy's 502): patient for about a minute, because these may never heal.
 */
export const noCapacity: Policy = backoff("1 second", 2, "30 seconds").pipe(jitter(0.4), honourRetryAfter, atMost(6));

/** 429: what `Retry-After` says; without it, full jitter from 1 s up to 30 s, eight times. */
export const rateLimited: Policy = backoff("1 second", 2, "30 seconds").pipe(jitter(1), honourRetryAfter, atMost(8));

/** Nothing was sent, so a repeat is free; but a wrong address does not heal either. */
export const connection: Policy = backoff("250 millis", 2, "1 second").pipe(jitter(0.5), atMost(3));

/** 500: once, as Livepeer's troubleshooting guide asks; each run may be billed. */
export const inference: Policy = backoff("1 second", 1, "1 second").pipe(jitter(0.5), atMost(1));

/** The policy that serves an error's class. */
export const policyOf = (error: GatewayError): Policy => {
  switch (error._tag) {
    case "ColdOrNoCapacity":
      return error.signal === "unavailable" || error.signal === "masked" ? cold : noCapacity;
    case "RateLimited":
      return rateLimited;
    case "ConnectionFailed":
      return error.reason === "tls" ? never : connection;
    case "InferenceFailed":
      return inference;
    default:
      return never;
  }
};

/**
 * Hands each error to the policy of its class. Every class counts its own retries, so three 503s do not use up the
 * patience for a 429.
 */
export const byClass = (choose: (error: GatewayError) => Policy): Policy =>
  Schedule.fromStep(
    Effect.sync(() => {
      const steps = new Map<
        Policy,
        Effect.Success<ReturnType<typeof Schedule.toStep<unknown, GatewayError, never, never>>>
      >();
      return (now: number, error: GatewayError) => {
        const policy = choose(error);
        const known = steps.get(policy);
        if (known !== undefined) return known(now, error);
        return Effect.flatMap(Schedule.toStep(policy), (step) => {
          steps.set(policy, step);
          return step(now, error);
        });
      };
    }),
  );

export const standard: Policy = byClass(policyOf);
