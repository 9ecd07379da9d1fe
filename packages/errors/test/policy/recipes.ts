/** Random policies, as users may make them, and random trouble for them. */
import fc from "fast-check";
import type { GatewayError, RetryPolicy } from "../../src/index.ts";
import { closed, cold, failed, limitedFor, refused, truncatedAfter, unavailable, unknown } from "./samples.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** What plain JavaScript can say, though the types of a recipe do not. */
const none = fc.constant(undefined as never);

/** Every field of a recipe; with a last chance, or without one, also where the standard has it. */
export const recipe = (lastChance: "with" | "without"): fc.Arbitrary<RetryPolicy.Recipe> =>
  fc.record<RetryPolicy.Recipe>({
    base: fc.integer({ min: 1, max: 20_000 }),
    factor: fc.double({ min: 1, max: 3, noNaN: true }),
    cap: fc.integer({ min: 1, max: 60_000 }),
    jitter: fc.oneof(share, fc.constant("spread" as const)),
    retries: fc.integer({ min: 0, max: 8 }),
    lastChance: lastChance === "with" ? fc.integer({ min: 0, max: 20_000 }) : none,
  });

/** Every part in another form, so that `make` leaves nothing of its own in it. */
export const optionsWith = (each: fc.Arbitrary<RetryPolicy.Recipe>) =>
  fc.record({
    cold: each,
    warm: each,
    noCapacity: each,
    rateLimited: each,
    connection: each,
    inference: each,
    outcomeUnknown: each,
    temperature: fc.constantFrom("warm" as const, "cold" as const, undefined),
    repeatIsSafe: fc.boolean(),
    maxRetries: fc.constantFrom(0, 1, 3, 10, Infinity),
  });

/** What the gateway wishes: nothing, less than a second, or up to two minutes. */
const wish: fc.Arbitrary<number | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(0, 1, 999, 1000, 1001),
  fc.integer({ min: 0, max: 999 }),
  fc.integer({ min: 1000, max: 120_000 }),
);

/** An error that some policy retries, with and without the gateway's wish. */
export interface Trouble {
  readonly error: GatewayError;
  /** The same error without the wish. */
  readonly plain: GatewayError;
  readonly wish: number | undefined;
}

const wishing = (make: (retryAfterMs?: number) => GatewayError) =>
  wish.map((retryAfterMs): Trouble => ({ error: make(retryAfterMs), plain: make(), wish: retryAfterMs }));

const plain = fc
  .constantFrom(cold, closed, refused, failed, truncatedAfter(0), unknown)
  .map((error): Trouble => ({ error, plain: error, wish: undefined }));

export const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  plain,
  wishing(limitedFor),
  wishing((ms) => unavailable("unavailable", ms)),
  wishing((ms) => unavailable("proxy", ms)),
  wishing((ms) => (ms === undefined ? refused : refused.with({ retryAfterMs: ms }))),
);
