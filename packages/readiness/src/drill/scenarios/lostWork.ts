/** Answers that are lost when the work may have been done: whoever asks again may pay twice. */
import { all, failed, once } from "../judging/opinions.ts";
import type { Habits } from "../judging/Habits.ts";
import { atOnce, type Scenario } from "./Scenario.ts";

const paid = "what may have been done and paid";

export const lostAnswer: Scenario = {
  id: "lost-answer",
  title: "an answer that is lost after the work",
  happens:
    "The first request is read and worked on for a while; then its connection is reset. A second would be answered.",
  right: "One request per call: it fails, and leaves it to its user to ask again.",
  why:
    "The work may have been done, and be billed. Gateways know no idempotency key, so a repeat may be paid twice, and only the " +
    "caller can decide that.",
  change:
    "Do not retry when a connection breaks long after the request was sent: fail, and say that the outcome is unknown.",
  checks: [],
  gateway: ({ workMs }) => ({ faults: [{ kind: "reset", ms: workMs, times: 1, inFront: true }] }),
  takesMs: ({ workMs }) => workMs,
  met: ({ status, end }) => status === null && end !== "answered",
  judge: once(paid),
};

export const truncatedAnswer: Scenario = {
  id: "truncated-answer",
  title: "half an answer",
  happens: "The first request is answered with 200 and half of the announced body. A second would be answered whole.",
  right: "One request per call, and half an answer is not taken for a result.",
  why: "Half an answer is none, but the work was done and billed: whether to pay for it again is the caller's decision.",
  change: "Fail when a body ends before its announced length or is no JSON, and do not send the request again.",
  checks: [],
  byExit: true,
  spares: ({ streams }: Habits) => (streams === "all" ? "all it asks for is streams" : undefined),
  gateway: () => ({ faults: [{ kind: "truncated", times: 1, inFront: true }] }),
  takesMs: atOnce,
  met: ({ status, end }) => status === 200 && end === "closed",
  judge: all(once(paid), failed("half an answer")),
};

export const truncatedStream: Scenario = {
  id: "truncated-stream",
  title: "a stream that breaks off",
  happens:
    "The first stream ends after three tokens, without a `finish_reason`, as go-livepeer's does when its runner fails.",
  right: "One request per call, and half a sentence is not taken for a whole one.",
  why: "The tokens were made and billed. A stream that ends without a `finish_reason` has failed, whatever its status was.",
  change: "Fail when a stream ends without a `finish_reason`, and do not send the request again.",
  checks: [],
  byExit: true,
  spares: ({ streams }: Habits) => (streams === "none" ? "it asks for no stream" : undefined),
  gateway: () => ({ faults: [{ kind: "stream-truncated", times: 1 }] }),
  takesMs: atOnce,
  met: ({ streams, status }) => streams && status === 200,
  judge: all(once(paid), failed("half a stream")),
};
