/**
 * What a policy does with an error that does not go away: every wait with its range under jitter, how many attempts that
 * makes, and how long it takes. Found by running the very schedule on a virtual clock with chosen draws, so it holds for
 * any policy, also for one of the user's own.
 */
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Random from "effect/Random";
import * as Schedule from "effect/Schedule";
import type { GatewayError } from "../GatewayError.ts";
import { Deadline } from "./Deadline.ts";
import type { Policy } from "./parts.ts";

/** From the least to the most that chance allows. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** One attempt after the first. In milliseconds. */
export interface Retry {
  /** 2 for the first retry. */
  readonly attempt: number;
  /** The wait before it. */
  readonly waitMs: Range;
  /** When it begins, counted from the start of the call. */
  readonly startMs: Range;
}

export interface Explanation {
  readonly code: string;
  readonly deadlineMs: number;
  /** Those that may be made; chance decides how many of them are. */
  readonly retries: ReadonlyArray<Retry>;
  readonly attempts: Range;
  /** The longest time until the call gives up; the deadline when nothing else ends it. */
  readonly longestMs: number;
}

export interface ExplainOptions {
  /** The call's deadline in milliseconds. Default: 300 000. */
  readonly deadlineMs?: number | undefined;
  /** How long the gateway takes for each answer, in milliseconds. Default: 0. */
  readonly answerMs?: number | undefined;
}

/**
 * Runs the policy against an error that every attempt meets. Its schedule must be synchronous, as all of ours are, and
 * wait longer for a lower draw; one that draws for each wait anew may not cut a wait short as well, or the ranges are only
 * those of callers who draw the same number each time.
 */
export const explain = (
  policy: Policy,
  error: GatewayError,
  { deadlineMs = 300_000, answerMs = 0 }: ExplainOptions = {},
): Explanation => {
  const situation = { policy, error, answerMs };
  const most = run({ ...situation, deadlineMs, draw: highest, limit: mostRetries }).retries.length;
  const meet = (draw: number): Meeting => ({
    draw,
    bound: run({ ...situation, deadlineMs, draw, limit: mostRetries }),
    free: run({ ...situation, deadlineMs: farAway, draw, limit: most + 1 }),
  });
  const met = withEdges(evenDraws.map(meet), meet);
  const ofOneDraw = met.some(({ bound, free }) => cutsOf(bound, free) > 0 || hasLostPatience(bound, free, deadlineMs));
  const found = ofOneDraw ? seenIn(met) : reachable(met, deadlineMs, answerMs);
  return { code: error.code, deadlineMs, ...found };
};

/** What a caller meets whose every draw is the same, with the deadline and without. */
interface Meeting {
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
const cutsOf = (bound: Run, free: Run): number =>
  bound.retries.filter(({ waitMs }, row) => waitMs < (free.retries[row]?.waitMs ?? 0)).length;

/** A policy that waits for a model ends some time after the first failure when the call has no deadline. */
const hasLostPatience = (bound: Run, free: Run, deadlineMs: number): boolean =>
  deadlineMs === Infinity && bound.gaveUp && bound.retries.length < free.retries.length;

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

type Found = Pick<Explanation, "retries" | "attempts" | "longestMs">;

/** A policy of one draw: the range of what was met is the range of what can be. */
const seenIn = (met: ReadonlyArray<Meeting>): Found => {
  const bound = met.map(({ bound }) => bound);
  const count = Math.max(...bound.map(({ retries }) => retries.length));
  return {
    retries: Array.from({ length: count }, (_, row): Retry => {
      const seen = bound.flatMap(({ retries }) => retries[row] ?? []);
      const [waitMs, startMs] = [
        rangeOf(seen.map(({ waitMs }) => waitMs)),
        rangeOf(seen.map(({ startMs }) => startMs)),
      ];
      return { attempt: row + 2, waitMs, startMs };
    }),
    attempts: rangeOf(bound.map(({ retries }) => attemptsOf(retries.length))),
    longestMs: Math.max(...bound.map(({ endedAt }) => endedAt)),
  };
};

/** A policy whose waits are drawn one by one: each may be short after long ones, as far as the deadline leaves room. */
const reachable = (met: ReadonlyArray<Meeting>, deadlineMs: number, answerMs: number): Found => {
  const retries: Array<Retry> = [];
  const count = Math.min(mostRetries, ...met.map(({ free }) => free.retries.length));
  let start: Range = { least: 0, most: 0 };
  let fewest: number | undefined;
  for (let row = 0; row < count; row++) {
    const wait = rangeOf(met.flatMap(({ free }) => free.retries[row]?.waitMs ?? []));
    const [soonest, latest] = [start.least + answerMs + wait.least, start.most + answerMs + wait.most];
    if (latest >= deadlineMs) fewest ??= row + 1;
    if (soonest >= deadlineMs) break;
    start = { least: soonest, most: Math.min(latest, deadlineMs) };
    const room = deadlineMs - (soonest - wait.least);
    retries.push({ attempt: row + 2, waitMs: { ...wait, most: Math.min(wait.most, room) }, startMs: start });
  }
  const most = attemptsOf(retries.length);
  const timedOut = met.some(({ bound }) => !bound.gaveUp);
  return {
    retries,
    attempts: { least: fewest ?? most, most },
    longestMs: timedOut ? deadlineMs : Math.min(start.most + answerMs, deadlineMs),
  };
};

/** A policy that never ends is not followed further. */
const mostRetries = 1_000;

const attemptsOf = (retries: number): number => (retries === mostRetries ? Infinity : retries + 1);

interface Run {
  readonly retries: ReadonlyArray<{ readonly waitMs: number; readonly startMs: number }>;
  /** The policy ended it, and not the deadline. */
  readonly gaveUp: boolean;
  readonly endedAt: number;
}

interface Situation extends Required<{ readonly [Key in keyof ExplainOptions]: number }> {
  readonly policy: Policy;
  readonly error: GatewayError;
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

const rangeOf = (numbers: ReadonlyArray<number>): Range => ({
  least: Math.min(...numbers),
  most: Math.max(...numbers),
});

/** The explanation as a table for people. */
export const formatExplanation = ({ code, retries, attempts, longestMs }: Explanation): string => {
  if (retries.length === 0) return `${code}: one attempt; it is not tried again.\n`;
  const rows = [
    ["attempt", "wait before it", "begins at"],
    ["1", "–", "0 s"],
    ...retries.map(({ attempt, waitMs, startMs }) => [String(attempt), span(waitMs), span(startMs)]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const tried = attempts.least === attempts.most ? attempts.most : `${attempts.least} to ${attempts.most}`;
  return `${code}: ${tried} attempts in at most ${seconds(longestMs)}\n\n${lines.join("\n")}\n`;
};

const span = ({ least, most }: Range): string =>
  seconds(least) === seconds(most) ? seconds(least) : `${seconds(least)} to ${seconds(most)}`;

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(ms < 10_000 ? 2 : 1))} s`;
