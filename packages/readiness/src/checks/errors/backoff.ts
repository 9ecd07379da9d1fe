/** E6: waits grow. */
import * as Effect from "effect/Effect";
import type { ScenarioResult } from "../../drill/DrillReport.ts";
import { growthOf } from "../../drill/judging/growth.ts";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";
import { ifUnchanged, undrilledCode } from "./byDrill.ts";
import { drillAgain, type FreshDrill, freshDrill, isVerdict } from "./freshDrill.ts";
import { ownClient } from "./ownClient.ts";
import { gapsOf, isStorm, seconds } from "./gaps.ts";

export const backoff: Check = {
  id: "E6",
  group: "error handling",
  title: "retries back off",
  asks: "SDK retry configuration enabled, with exponential backoff.",
  verified:
    "The time between the program's requests in the drill's cold-503: there is more than one, they do not come at once, and the waits grow. In rate-limit the drill's own judgement counts.",
  cannot: undrilledCode,
  attestedDays: usualAttestedDays,
  judge: (subject) => {
    if (subject.service !== undefined)
      return Effect.succeed(ownClient(subject.service, "waits grow, with jitter", true));
    const drill = freshDrill(subject);
    return isVerdict(drill) ? Effect.succeed(drill) : ifUnchanged(subject, drill, judge(drill));
  },
};

const exponential =
  "Turn retries on, with waits that grow: 1 s, then twice as long each time, up to 30 s, with jitter.";

const judge = (drill: FreshDrill): Verdict => {
  const { seenAt, expiresAt, report } = drill;
  const when = { seenAt, expiresAt };
  const cold = drill.of("cold-503");
  const limited = drill.of("rate-limit");
  if (cold === undefined || cold.verdict === "not-exercised") {
    return {
      status: "manual",
      evidence: "the drill saw nothing of cold-503",
      why: "the program did nothing that this could be seen of",
      fix: `Drill a command that makes a call: ${drillAgain(report)}`,
      ...when,
    };
  }
  const fix = cold.change ?? exponential;
  const gaps = gapsOf(cold.requests);
  const shown = `drill, cold-503: ${cold.requests.length} ${cold.requests.length === 1 ? "request" : "requests"}${gaps.length === 0 ? "" : `, ${gaps.map(seconds).join(", ")} apart`}`;
  // Requests that come at once may be calls side by side: the drill knows, for it has watched the program when all was well.
  if (cold.verdict === "wrong" && isStorm(cold.requests)) {
    return { status: "fail", evidence: `${shown}: they do not wait`, fix, ...when };
  }
  if (gaps.length === 0) return { status: "fail", evidence: `${shown}: nothing is tried again`, fix, ...when };
  if (limited?.verdict === "wrong")
    return { status: "fail", evidence: ofLimit(limited), fix: limited.change ?? exponential, ...when };
  if (gaps.length === 1) {
    if (cold.verdict === "right") return { status: "pass", evidence: shown, ...when };
    return { status: "fail", evidence: `${shown}: it gives up after one retry`, fix, ...when };
  }
  return growthOf(gaps).grows
    ? { status: "pass", evidence: shown, ...when }
    : { status: "warn", evidence: `${shown}: the waits do not grow`, fix: exponential, ...when };
};

const ofLimit = ({ seen, wrong }: ScenarioResult): string =>
  `drill, rate-limit: ${seen}${wrong === null ? "" : `: ${wrong}`}`;
