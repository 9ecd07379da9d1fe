/** What happens during a call, as it happens. `at` is Unix time in milliseconds; durations are milliseconds. */
import type { GatewayError } from "@sluice/errors";
import type { Finding } from "@sluice/models";
import type { Cost } from "./Cost.ts";

interface Happening {
  readonly requestId: string;
  readonly at: number;
}

export interface CallStarted extends Happening {
  readonly type: "call-started";
  readonly gateway: string;
  readonly pipeline: string;
  readonly model?: string;
  readonly timeoutMs: number;
  /** What the call costs if it succeeds; absent for a download. */
  readonly cost?: Cost;
  /** What speaks against the request, and does not keep it from being sent. */
  readonly warnings?: ReadonlyArray<Finding>;
}

export interface AttemptStarted extends Happening {
  readonly type: "attempt-started";
  /** 1 for the first. */
  readonly attempt: number;
}

export interface AttemptEnded extends Happening {
  readonly type: "attempt-ended";
  readonly attempt: number;
  readonly status: number | null;
  /** `ok`, or the code of its failure. */
  readonly outcome: string;
  readonly ms: number;
}

export interface Waiting extends Happening {
  readonly type: "waiting";
  /** The attempt that failed. */
  readonly attempt: number;
  readonly reason: GatewayError;
  readonly waitMs: number;
}

export interface CallEnded extends Happening {
  readonly type: "call-ended";
  /** `ok`, or the code of the call's failure. */
  readonly outcome: string;
  readonly ms: number;
}

export type CallEvent = CallStarted | AttemptStarted | AttemptEnded | Waiting | CallEnded;

/** Told of every event. It must not throw; if it does, the call goes on and the error is dropped. */
export type OnEvent = (event: CallEvent) => void;
