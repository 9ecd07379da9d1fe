/**
 * Plays a call against an error that every attempt meets: the very schedule, on a virtual clock, with chosen draws for
 * chance. Nothing waits.
 */
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Random from "effect/Random";
import * as Schedule from "effect/Schedule";
import type { GatewayError } from "../GatewayError.ts";
import { Deadline } from "./Deadline.ts";
import type { Policy } from "./parts.ts";

/** What is played. Times in milliseconds. */
export interface Play {
  readonly policy: Policy;
  readonly error: GatewayError;
  readonly deadlineMs: number;
  /** How long the gateway takes for each answer. */
  readonly answerMs: number;
}

/** Every way a call can go, as far as chance is the same in all of its draws, with the edges between those ways. */
export const rehearse = ({ policy, error, deadlineMs, answerMs }: Play): ReadonlyArray<Meeting> => {
  const situation = { policy, error, answerMs };
  const most = run({ ...situation, deadlineMs, draw: highest, limit: mostRetries }).retries.length;
  const meet = (draw: number): Meeting => ({
    draw,
    bound: run({ ...situation, deadlineMs, draw, limit: mostRetries }),
    free: run({ ...situation, deadlineMs: farAway, draw, limit: most + 1 }),
  });
  return withEdges(evenDraws.map(meet), meet);
};

/** What a caller meets whose every draw is the same, with the deadline and without. */
export interface Meeting {
  readonly draw: number;
  readonly bound: Run;
  readonly free: Run;
}

/** A deadline that changes nothing. */
const farAway = Number.MAX_SAFE_INTEGER;

const steps = 64;
/** Just below 1, as a draw is. */
const highest = 1 - 2 ** -53;

/** From 0, which waits longest, to the highest. */
const evenDraws: ReadonlyArray<number> = Array.from({ length: steps + 1 }, (_, step) =>
  Math.min(step / steps, highest),
);

/** How many waits were cut short for a last chance. */
export const cutsOf = (bound: Run, free: Run): number =>
  bound.retries.filter(({ waitMs }, row) => waitMs < (free.retries[row]?.waitMs ?? 0)).length;

const shapeOf = ({ bound, free }: Meeting): string => `${bound.retries.length} ${cutsOf(bound, free)}`;

/** How often a gap between two draws is halved. */
const halvings = 40;

/** Where the deadline takes or adds an attempt between two draws: what is met at either side of that edge. */
const withEdges = (met: ReadonlyArray<Meeting>, meet: (draw: number) => Meeting): ReadonlyArray<Meeting> =>
  met.flatMap((one, place) => {
    let [below, above] = [one, met[place + 1] ?? one];
    for (let halving = 0; halving < halvings && shapeOf(below) !== shapeOf(above); halving++) {
      const middle = meet((below.draw + above.draw) / 2);
      if (shapeOf(middle) === shapeOf(below)) below = middle;
      else above = middle;
    }
    return [one, below, above];
  });

/** A policy that never ends is not followed further. */
export const mostRetries = 1_000;

export interface Run {
  readonly retries: ReadonlyArray<{ readonly waitMs: number; readonly startMs: number }>;
  /** The policy ended it, and not the deadline. */
  readonly gaveUp: boolean;
  readonly endedAt: number;
}

interface Situation extends Play {
  readonly draw: number;
  readonly limit: number;
}

const run = ({ policy, error, deadlineMs, answerMs, draw, limit }: Situation): Run => {
  const random = { nextDoubleUnsafe: () => draw, nextIntUnsafe: () => 0 };
  const follow = Effect.gen(function* () {
    const step = yield* Schedule.toStep(policy);
    const retries: Array<Run["retries"][number]> = [];
    let now = answerMs;
    while (retries.length < limit && now < deadlineMs) {
      const next = yield* Effect.exit(step(now, error));
      if (Exit.isFailure(next)) return { retries, gaveUp: true, endedAt: now };
      const waitMs = Duration.toMillis(next.value[1]);
      now += waitMs;
      if (now >= deadlineMs) break;
      retries.push({ waitMs, startMs: now });
      now += answerMs;
    }
    return { retries, gaveUp: false, endedAt: Math.max(deadlineMs, 0) };
  });
  return Effect.runSync(
    follow.pipe(Effect.provideService(Random.Random, random), Effect.provideService(Deadline, deadlineMs)),
  );
};
