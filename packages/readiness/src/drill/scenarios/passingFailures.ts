/** Failures of which nothing can have run: the same request is to be sent again, and then answered. */
import type { Fault } from "@sluice/emulator";
import { failed, gotResult } from "../judging/opinions.ts";
import type { SeenRequest } from "../judging/Seen.ts";
import { answered, isFirst, type Scenario } from "./Scenario.ts";

const failingOnce = (fault: Fault) => () => ({ faults: [{ ...fault, times: 1 }] });
const takesMs = (): number => 10_000;
/** Studio says 500 when its gateway hangs up. */
const isHungUp = ({ status, end }: SeenRequest): boolean => (status === null && end === "closed") || status === 500;

export const masked500: Scenario = {
  id: "masked-500",
  title: "a 500 that hides a 503",
  happens: "The first request is answered with Studio's 500, `Failed to generate`, the next one with a result.",
  right: "Asks again, and gets a result.",
  why: "Livepeer Studio answers with this 500 whatever its gateway's 5xx was, mostly a 503 of a cold model.",
  change: "Retry a 500 like a 503 when it comes from Livepeer Studio: its body says `Failed to generate`.",
  checks: ["E3"],
  gateway: failingOnce({ kind: "masked" }),
  takesMs,
  met: answered(500),
  judge: gotResult,
};

export const closedSocket: Scenario = {
  id: "closed-socket",
  title: "a connection that is closed at once",
  happens: "The first connection is closed without an answer as soon as the request has been read; then all is well.",
  right: "Asks again, and gets a result.",
  why: "go-livepeer up to 0.9.1 closes the connection when no orchestrator takes the work: nothing has run. Studio says 500 then.",
  change: "Retry when a connection is closed without an answer within 2 s of the request; from Studio, retry its 500.",
  checks: ["E3"],
  gateway: failingOnce({ kind: "closed" }),
  takesMs,
  met: isHungUp,
  judge: gotResult,
};

export const nullResult: Scenario = {
  id: "null-result",
  title: "a 200 that says null",
  happens: "The first request is answered with 200 and `null`, the next one with a result.",
  right: "Does not take `null` for a result: asks again and gets one, or fails.",
  why: "go-livepeer writes `null` when every orchestrator has failed.",
  change: "Look into a 200 before it counts: `null`, or a body without the result, is a failure. Retry it, or fail.",
  checks: ["E3"],
  byExit: true,
  gateway: failingOnce({ kind: "null" }),
  takesMs,
  met: isFirst,
  judge: (call, about) => (call.length > 1 ? gotResult(call, about) : failed("`null`")(call, about)),
};

export const proxyPage: Scenario = {
  id: "proxy-page",
  title: "a proxy's page",
  happens: "The first request is answered with 502 and a page in HTML, as by a proxy, the next one with a result.",
  right: "Asks again, and gets a result.",
  why: "A proxy in front of a gateway says 502 while the gateway restarts. Its body is no JSON.",
  change: "Retry a 502 by its status, before its body is read as JSON: it may be a page.",
  checks: ["E3"],
  gateway: failingOnce({ kind: "bad-gateway", inFront: true }),
  takesMs,
  met: answered(502),
  judge: gotResult,
};

export const resetUnread: Scenario = {
  id: "reset-unread",
  title: "a connection that is reset before the request is read",
  happens: "The first connection is reset while the request is on its way; then all is well.",
  right: "Asks again, and gets a result.",
  why: "Nothing was received, so nothing can have run: a repeat is free.",
  change:
    "Retry when a connection breaks before the request has been sent, or within 2 s of it; from Studio, retry its 500.",
  checks: ["E3"],
  gateway: failingOnce({ kind: "reset-unread" }),
  takesMs,
  met: isHungUp,
  judge: gotResult,
};
