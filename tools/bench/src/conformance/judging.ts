/** The parts that judgements are made of. Each gives what is wrong, in a few words, or `undefined`. */
import type { Seen } from "./Seen.ts";

export type Judge = (seen: Seen) => string | undefined;

/** The first thing that is wrong. */
export const all =
  (...judges: ReadonlyArray<Judge>): Judge =>
  (seen) => {
    for (const judge of judges) {
      const wrong = judge(seen);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

/** Says `wrong` of what does not hold. */
export const that =
  (holds: (seen: Seen) => boolean, wrong: string): Judge =>
  (seen) =>
    holds(seen) ? undefined : wrong;

export const gotResult = that(({ outcome }) => outcome.end === "result", "no result");

export const gotError: Judge = ({ outcome: { end } }) =>
  ({ error: undefined, result: "taken for a success", never: "did not end" })[end];

export const requests = (least: number, most = least): Judge =>
  that(
    ({ journal }) => journal.requests.length >= least && journal.requests.length <= most,
    most === 1 ? "repeated" : "wrong number of requests",
  );

/** Every request came whole, with the key: else the server judged something else. */
export const asked = all(
  that(({ journal }) => journal.requests.length > 0, "sent nothing"),
  that(({ journal }) => journal.requests.every(({ whole }) => whole), "a request was not whole"),
  that(({ journal }) => journal.requests.every(({ authorized }) => authorized), "a request had no key"),
);

/** The time from each request to the next, in milliseconds. */
export const waitsOf = ({ journal }: Seen): ReadonlyArray<number> =>
  journal.requests.slice(1).map(({ at }, place) => at - (journal.requests[place]?.at ?? at));

export const msOf = ({ outcome }: Seen): number => outcome.endedAt - outcome.startedAt;

/** A timer may fire a little early by the other process's clock. */
const clockSlackMs = 50;

/** The second request came when the gateway asked for it, `late` at the most after that. */
export const waited = (ms: number, late: number): Judge =>
  all(
    that((seen) => (waitsOf(seen)[0] ?? 0) >= ms - clockSlackMs, "came back too early"),
    that((seen) => (waitsOf(seen)[0] ?? 0) <= ms + late, "came back too late"),
  );

/** What an error says by itself and through its causes. */
export const says = (pattern: RegExp, wrong: string): Judge =>
  that(({ outcome: { error } }) => error !== undefined && pattern.test(`${error.says} ${error.causes}`), wrong);

/** It ended when its deadline had come, and not much later. */
export const endedAt = (ms: number, late: number): Judge =>
  all(
    that((seen) => msOf(seen) >= ms - clockSlackMs, "ended before its deadline"),
    that((seen) => msOf(seen) <= ms + late, "outlived its deadline"),
  );

/** Within so long of the call's end, no request's connection was left. */
export const hungUp = (ms: number): Judge =>
  that(
    ({ journal, outcome }) =>
      journal.requests.every(({ droppedAt }) => droppedAt !== null && droppedAt <= outcome.endedAt + ms),
    "left its connection open",
  );

/** What was seen, for a table. */
export const summary = (seen: Seen): string => {
  const { journal, outcome } = seen;
  const count = journal.requests.length;
  const pieces = outcome.tokens.length === 0 ? "" : `${outcome.tokens.length} tokens, `;
  const ends = { result: "a result after", error: "an error after", never: "no end within" }[outcome.end];
  return `${count} request${count === 1 ? "" : "s"}, ${pieces}${ends} ${(msOf(seen) / 1_000).toFixed(1)} s`;
};
