/**
 * What happens during a call, as it happens. `at` is Unix time in milliseconds; durations are milliseconds.
 *
 * `requestId` ties the events of a call together, and to its result and its error. A call begins with `call-started` and
 * ends with one `call-ended`; between them, attempts do not overlap. `disorderIn` has all the rules.
 */
import type { GatewayError } from "@sluice/errors";
import type { Finding } from "@sluice/models";
import type { Cost } from "./Cost.ts";

interface Happening {
  readonly requestId: string;
  readonly at: number;
}

/** Who was asked for what. A call that fails over names another gateway, or another model, from one attempt to the next. */
export interface Asked {
  /** The profile's name, or the base URL of a gateway without one. */
  readonly gateway: string;
  /** A pipeline's name, or `download`. */
  readonly pipeline: string;
  readonly model?: string;
  /** Scheme, host and port, such as `https://livepeer.studio`; of a download, the host that has the file. */
  readonly origin?: string;
}

export interface CallStarted extends Happening, Asked {
  readonly type: "call-started";
  readonly timeoutMs: number;
  /** What the call costs if it succeeds; absent for a download. */
  readonly cost?: Cost;
  /** What speaks against the request, and does not keep it from being sent. */
  readonly warnings?: ReadonlyArray<Finding>;
}

export interface AttemptStarted extends Happening, Asked {
  readonly type: "attempt-started";
  /** 1 for the first. */
  readonly attempt: number;
  /** What the attempt sends as `traceparent`; absent where the gateway is not among those that are told. */
  readonly traceparent?: string;
}

export interface AttemptEnded extends Happening, Asked {
  readonly type: "attempt-ended";
  readonly attempt: number;
  /** `null` when no answer arrived. */
  readonly status: number | null;
  /** `ok`, or the code of its failure. */
  readonly outcome: string;
  /** Of an attempt that failed: whether it may have run, and so may be charged, all the same. */
  readonly mayHaveRun?: boolean;
  readonly ms: number;
  /** Of a token stream: from the attempt's start to its first piece of text. */
  readonly firstTokenMs?: number;
}

/**
 * What the call waits for: `retry`, its own next attempt; `gate`, news of a cold model that another call asks for;
 * `pace`, a place in the gateway's rate limit; `turn`, one of the places of a gateway with a cap on calls at once.
 */
export type WaitFor = "retry" | "gate" | "pace" | "turn";

export interface Waiting extends Happening, Asked {
  readonly type: "waiting";
  readonly for: WaitFor;
  /** Attempts so far. */
  readonly attempt: number;
  /** Why: the error that is waited out, where one is. */
  readonly reason?: GatewayError;
  /** How long; absent when nobody knows. */
  readonly waitMs?: number;
}

/** A wait at the gate is over: the model answers again, or this call is to ask next. */
export interface GateOpened extends Happening, Asked {
  readonly type: "gate-opened";
  readonly waitedMs: number;
}

export interface CallEnded extends Happening, Asked {
  readonly type: "call-ended";
  /** `ok`, or the code of the call's failure. */
  readonly outcome: string;
  readonly ms: number;
  readonly attempts: number;
  /** What each attempt was answered, in order; `null`: no answer. */
  readonly statuses: ReadonlyArray<number | null>;
  /**
   * Whether the call found the model cold, waited while another call did, or took as long as a cold one takes: of a token
   * stream, until its first text.
   */
  readonly coldStart: boolean;
  /** How much of `ms` no attempt was under way: the waits before, between and after them. */
  readonly waitedMs: number;
  /** What it cost, at the gateway that answered; absent when it failed, and for a download. */
  readonly cost?: Cost;
}

export type CallEvent = CallStarted | AttemptStarted | AttemptEnded | Waiting | GateOpened | CallEnded;

/** Told of every event. It must not throw; if it does, the call goes on and the error is dropped. */
export type OnEvent = (event: CallEvent) => void;
