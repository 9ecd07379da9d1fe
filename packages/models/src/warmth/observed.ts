/** What the end of a call or a probe says of its model's warmth. */
import type { ColdSignal } from "@sluice/errors";
import type { PipelineName } from "../Pipeline.ts";
import type { Evidence, Sign } from "./Evidence.ts";

/**
 * `answered`: with a result. A `ColdSignal`: in one of the ways in which gateways say that nobody ran it. `timeout`: the
 * caller stopped waiting. `not-offered`: the gateway does not have the pipeline. `other`: a wrong key, a wrong request,
 * a rate limit, a broken connection; these say nothing of warmth.
 */
export type Outcome = "answered" | ColdSignal | "timeout" | "not-offered" | "other";

export interface ObservedCall {
  readonly pipeline: PipelineName;
  readonly model: string;
  readonly gateway: string;
  readonly from: "probe" | "call";
  readonly outcome: Outcome;
  /** When it ended, in Unix milliseconds. */
  readonly at: number;
  /** From the request's start to its end, in milliseconds. */
  readonly ms: number;
  /** For a person; a request's id, say. */
  readonly source: string;
}

/**
 * A loading model holds its request for 30 seconds to minutes, and a warm one answers in seconds: what took longer than
 * this was cold when it was asked. In milliseconds; nobody has measured it, and a video takes longer when warm.
 */
export const coldStartMs = (pipeline: string): number => (pipeline === "image-to-video" ? 90_000 : 20_000);

/** Only 503 says "not now"; the others are what a go-livepeer gateway, Studio or a proxy does instead, for other reasons too. */
const findings: Record<Exclude<Outcome, "answered" | "timeout" | "other">, Sign> = {
  unavailable: "cold",
  closed: "failing",
  empty: "failing",
  masked: "failing",
  "no-orchestrator": "failing",
  proxy: "failing",
  "not-offered": "absent",
};

/** The evidence in a call that has ended; `undefined` when it has none. An answer means warm now, however long it took. */
export const observed = ({ outcome, ...call }: ObservedCall): Evidence | undefined => {
  const isLong = call.ms >= coldStartMs(call.pipeline);
  switch (outcome) {
    case "answered":
      return { ...call, says: "warm", ...(isLong ? { coldStart: true } : {}) };
    case "timeout":
      // An impatient caller has learnt nothing.
      return isLong ? { ...call, says: "failing" } : undefined;
    case "other":
      return undefined;
    default:
      return { ...call, says: findings[outcome] };
  }
};
