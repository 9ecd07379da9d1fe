/** The parts that judgements of a call are made of. */
import type { Call } from "./calls.ts";
import { growthOf } from "./growth.ts";
import type { About, Opinion } from "./Judgement.ts";
import { endMsOf, isResult } from "./Seen.ts";
import { seconds } from "./words.ts";

export type JudgeCall = (call: Call, about: About) => Opinion;

/** The first thing that is wrong; if nothing is, whether something could not be told. */
export const all =
  (...judges: ReadonlyArray<JudgeCall>): JudgeCall =>
  (call, about) => {
    const opinions = judges.map((judge) => judge(call, about));
    return opinions.find((opinion) => typeof opinion === "object") ?? opinions.find((opinion) => opinion === "unknown");
  };

const lastOf = (call: Call) => call.at(-1) ?? call[0];

/** The times from each request of a call to its next, in milliseconds. */
export const gapsOf = (call: Call): ReadonlyArray<number> =>
  call.slice(1).map(({ ms }, place) => ms - (call[place]?.ms ?? ms));

/** Asked once, and not again. */
export const once =
  (after: string): JudgeCall =>
  (call) =>
    call.length === 1 ? undefined : { wrong: `asked ${times(call.length)} ${after}` };

/** The last request was answered with a result. */
export const gotResult: JudgeCall = (call) => {
  if (isResult(lastOf(call))) return undefined;
  const { end, tookMs } = lastOf(call);
  if (end === "aborted") return { wrong: `gave up after ${seconds(tookMs)}, without a result` };
  return { wrong: call.length === 1 ? "did not ask again" : `gave up after ${call.length} requests, without a result` };
};

export const atMost =
  (most: number): JudgeCall =>
  (call) =>
    call.length <= most ? undefined : { wrong: `asked ${call.length} times; ${most} are enough` };

/** Of fewer waits, chance decides which is the longest. */
const fewestWaits = 3;

/** Its later waits are longer than its first ones. */
export const waitsGrow: JudgeCall = (call) => {
  const gaps = gapsOf(call);
  const { fromMs, toMs, grows } = growthOf(gaps);
  if (gaps.length < fewestWaits || grows) return undefined;
  return { wrong: `waited about ${seconds(fromMs)} at first and ${seconds(toMs)} later: the waits do not grow` };
};

/** The last answer came within so long of the first request. */
export const within =
  (limitMs: (about: About) => number): JudgeCall =>
  (call, about) => {
    const took = endMsOf(lastOf(call)) - call[0].ms;
    const limit = limitMs(about);
    return took <= limit ? undefined : { wrong: `took ${seconds(took)}; ${seconds(limit)} are enough` };
  };

/** A timer may fire a little early by the other process's clock. */
const clockSlackMs = 50;
const lateMs = 5_000;

/** Came back when it was told to: not before, and not long after. */
export const cameBackWhenTold: JudgeCall = (call, { pace: { retryAfterMs } }) => {
  const [first, second] = call;
  if (second === undefined) return { wrong: "did not come back" };
  const waited = second.ms - endMsOf(first);
  const told = `Retry-After said ${seconds(retryAfterMs)}`;
  if (waited < retryAfterMs - clockSlackMs) return { wrong: `came back after ${seconds(waited)}; ${told}` };
  if (waited > retryAfterMs + lateMs) return { wrong: `came back only after ${seconds(waited)}; ${told}` };
  return undefined;
};

/** What only the end of the program shows: that an answer which is none was not taken for one. */
export const failed =
  (what: string): JudgeCall =>
  (_call, { exit, exitTells }) => {
    if (exit.code !== 0) return undefined;
    return exitTells ? { wrong: `took ${what} for a result: exit code 0` } : "unknown";
  };

const times = (count: number): string => (count === 2 ? "twice" : `${count} times`);
