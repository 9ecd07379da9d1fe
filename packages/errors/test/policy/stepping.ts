/**
 * Steps a policy by hand, without a clock: what it plans after each error, as `Effect.retry` asks it. Chance is drawn
 * under a seed, or given number by number, so that a wait can be told exactly.
 */
import * as Cause from "effect/Cause";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Pull from "effect/Pull";
import * as Random from "effect/Random";
import * as Schedule from "effect/Schedule";
import { Deadline, type GatewayError, type Policy } from "../../src/index.ts";

/** Draws in order; the last one again and again. */
export type Chance = { readonly draws: ReadonlyArray<number> } | { readonly seed: string | number };

/** The wait before the next attempt after an error at a moment; `undefined` when there is none. */
export type Follow = (now: number, error: GatewayError) => number | undefined;

/** Just below 1, as the highest draw is. */
export const highest = 1 - 2 ** -53;

export const follow = (policy: Policy, chance: Chance, deadlineMs = Infinity): Follow => {
  const random = randomOf(chance);
  const inCall = <A, E>(effect: Effect.Effect<A, E>) =>
    effect.pipe(Effect.provideService(Random.Random, random), Effect.provideService(Deadline, deadlineMs));
  const step = Effect.runSync(inCall(Schedule.toStep(policy)));
  return (now, error) => {
    const next = Effect.runSyncExit(inCall(step(now, error)));
    if (Exit.isSuccess(next)) return Duration.toMillis(next.value[1]);
    // The end of a policy is no other failure of it, such as a defect.
    if (!Pull.isDoneCause(next.cause)) throw Cause.squash(next.cause);
    return undefined;
  };
};

export interface Course {
  readonly chance?: Chance;
  readonly deadlineMs?: number;
  readonly answerMs?: number;
  /** How many waits to follow at most. */
  readonly most?: number;
}

/** The waits of a policy when every attempt ends in the same error, until the policy or the deadline ends them. */
export const waitsOf = (
  policy: Policy,
  error: GatewayError,
  { chance = { draws: [0.5] }, deadlineMs = Infinity, answerMs = 0, most = 1000 }: Course = {},
): ReadonlyArray<number> => {
  const next = follow(policy, chance, deadlineMs);
  const waits: Array<number> = [];
  let now = answerMs;
  while (waits.length < most) {
    const wait = next(now, error);
    if (wait === undefined || now + wait >= deadlineMs) break;
    waits.push(wait);
    now += wait + answerMs;
  }
  return waits;
};

const randomOf = (chance: Chance) => {
  if ("seed" in chance) return Effect.runSync(Random.withSeed(Effect.service(Random.Random), chance.seed));
  let index = 0;
  return {
    nextDoubleUnsafe: () => chance.draws[Math.min(index++, chance.draws.length - 1)] ?? 0.5,
    nextIntUnsafe: () => 0,
  };
};
