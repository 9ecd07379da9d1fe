/** An objective's words as a question to an event: whether it counts, and whether it is bad. Made once, asked often. */
import type { AttemptEnded, CallEnded } from "../CallEvent.ts";
import type { OutcomeClass } from "../outcomes.ts";
import { millisecondsOf } from "./durations.ts";
import type { Objective } from "./SloFile.ts";

/** `undefined`: it does not count. */
export type Verdict = "good" | "bad" | undefined;

type Ended = AttemptEnded | CallEnded;

export const verdictOf = ({ of, where, bad }: Objective): ((event: Ended, name: OutcomeClass) => Verdict) => {
  const type = of === "attempts" ? "attempt-ended" : "call-ended";
  const classes = where?.class === undefined ? undefined : new Set<OutcomeClass>(where.class);
  const pipelines = where?.pipeline === undefined ? undefined : new Set(where.pipeline);
  const isCold = where?.start === undefined ? undefined : where.start === "cold";
  const isBad = badness(bad);
  return (event, name) => {
    if (event.type !== type || pipelines?.has(event.pipeline) === false) return undefined;
    if (classes === undefined ? name === "caller" : !classes.has(name)) return undefined;
    if (isCold !== undefined && startedCold(event) !== isCold) return undefined;
    return isBad(event, name) ? "bad" : "good";
  };
};

/** The schema has seen to it that it says one thing. */
const badness = ({ class: named, slowerThan }: Objective["bad"]): ((event: Ended, name: OutcomeClass) => boolean) => {
  if (named !== undefined) {
    const classes = new Set<OutcomeClass>(named);
    return (_, name) => classes.has(name);
  }
  if (slowerThan !== undefined) {
    const limit = millisecondsOf(slowerThan);
    return ({ ms }) => ms > limit;
  }
  return startedCold;
};

const startedCold = (event: Ended): boolean => event.type === "call-ended" && event.coldStart;
