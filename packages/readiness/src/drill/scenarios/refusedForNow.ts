/** Refusals that say when to come back. */
import { all, cameBackWhenTold, gotResult } from "../judging/opinions.ts";
import type { Pace } from "../Pace.ts";
import { answered, type Scenario } from "./Scenario.ts";

const retryAfter = ({ retryAfterMs }: Pace): string => String(Math.ceil(retryAfterMs / 1_000));
const takesMs = ({ retryAfterMs }: Pace): number => retryAfterMs + 5_000;
const judge = all(cameBackWhenTold, gotResult);
const right = "Comes back when `Retry-After` says, at most 5 s later, and gets a result.";

export const rateLimit: Scenario = {
  id: "rate-limit",
  title: "a rate limit",
  happens: "The first request is answered with 429 and `Retry-After`, the next one with a result.",
  right,
  why: "The gateway has said when there is room: earlier is another 429, later is lost time.",
  change: "Retry a 429 once the seconds have passed that its header `Retry-After` names.",
  checks: ["E4"],
  gateway: (pace) => ({ faults: [{ kind: "rate-limited", retryAfter: retryAfter(pace), times: 1, inFront: true }] }),
  takesMs,
  met: answered(429),
  judge,
};

export const retryLater: Scenario = {
  id: "retry-later",
  title: "a 503 that says when to come back",
  happens: "The first request is answered with 503 and `Retry-After`, the next one with a result.",
  right,
  why: "go-livepeer never sends this header with a 503, but the proxies in front of gateways do.",
  change: "Retry a 503 too once the seconds have passed that its header `Retry-After` names, if it has one.",
  checks: ["E3"],
  gateway: (pace) => ({ faults: [{ kind: "unavailable", retryAfter: retryAfter(pace), times: 1, inFront: true }] }),
  takesMs,
  met: answered(503),
  judge,
};
