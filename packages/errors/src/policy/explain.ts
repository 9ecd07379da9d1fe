/**
 * What a policy does with an error that does not go away: every wait with its range under jitter, how many attempts that
 * makes, and how long it takes. Found by running the very schedule, so it holds for any policy, also for one of the
 * user's own.
 */
import type { GatewayError } from "../GatewayError.ts";
import type { Explanation, Range, Retry } from "./Explanation.ts";
import type { Policy } from "./parts.ts";
import { cutsOf, type Meeting, mostRetries, rehearse, type Run } from "./rehearse.ts";

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
  const met = rehearse({ policy, error, deadlineMs, answerMs });
  const ofOneDraw = met.some(({ bound, free }) => cutsOf(bound, free) > 0 || hasLostPatience(bound, free, deadlineMs));
  const found = ofOneDraw ? seenIn(met) : reachable(met, deadlineMs, answerMs);
  return { code: error.code, deadlineMs, ...found };
};

/** A policy that waits for a model ends some time after the first failure when the call has no deadline. */
const hasLostPatience = (bound: Run, free: Run, deadlineMs: number): boolean =>
  deadlineMs === Infinity && bound.gaveUp && bound.retries.length < free.retries.length;

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

const attemptsOf = (retries: number): number => (retries === mostRetries ? Infinity : retries + 1);

const rangeOf = (numbers: ReadonlyArray<number>): Range => ({
  least: Math.min(...numbers),
  most: Math.max(...numbers),
});
