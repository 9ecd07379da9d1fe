/**
 * One line of a log for each call: how it ended, as plain data that `JSON.stringify` takes.
 *
 * The fields have the names of the events and not OpenTelemetry's: a line is read by people and by `jq`, where dots need
 * quotes, and stands beside a logger's own `time`, `level` and `msg`. Amounts are decimal text, exact at any size.
 *
 * What is told is an allow-list: no prompt, no output, no message of an error, no key; names are `safeNames.ts`'s.
 */
import type { CallEnded, OnEvent } from "../CallEvent.ts";
import { classOf, type OutcomeClass } from "../outcomes.ts";
import { safeAsked, safeName, safeRequestId } from "./safeNames.ts";

/** The names of pino's levels, and of most others'. */
export type CallLevel = "info" | "warn" | "error";

export interface CallRecord {
  /** When the call ended: Unix time in milliseconds. */
  readonly time: number;
  readonly level: CallLevel;
  readonly msg: "call";
  readonly requestId: string;
  readonly gateway: string;
  readonly pipeline: string;
  readonly model?: string;
  /** `ok`, or the code of the failure. */
  readonly outcome: string;
  readonly class: OutcomeClass;
  /** Of the last attempt; `null`: no answer. Absent where none was made. */
  readonly status?: number | null;
  readonly statuses: ReadonlyArray<number | null>;
  readonly attempts: number;
  readonly ms: number;
  readonly waitedMs: number;
  readonly coldStart: boolean;
  /** What the caller is charged: a decimal, or `unknown`. Absent when the call failed, and for a download. */
  readonly costUsd?: string;
  /** A decimal without a point, or `unknown`. */
  readonly units?: string;
  readonly unit?: string;
  /** `nothing`: the gateway is free to its callers, and `costUsd` is `0`. */
  readonly charges?: "usage" | "nothing";
}

/** A fault of the gateway's work wakes somebody; what passes, and what the caller can mend, is worth a look. */
const levels: Readonly<Record<OutcomeClass, CallLevel>> = {
  ok: "info",
  caller: "info",
  "rate-limited": "warn",
  unavailable: "warn",
  refused: "warn",
  "server-error": "error",
};

export const callRecord = (event: CallEnded): CallRecord => {
  const outcomeClass = classOf(event.outcome);
  const status = event.statuses.at(-1);
  return {
    time: event.at,
    level: levels[outcomeClass],
    msg: "call",
    requestId: safeRequestId(event.requestId),
    ...safeAsked(event),
    outcome: safeName(event.outcome),
    class: outcomeClass,
    ...(status === undefined ? {} : { status }),
    statuses: event.statuses,
    attempts: event.attempts,
    ms: event.ms,
    waitedMs: event.waitedMs,
    coldStart: event.coldStart,
    ...paid(event.cost),
  };
};

const paid = (cost: CallEnded["cost"]): Pick<CallRecord, "costUsd" | "units" | "unit" | "charges"> =>
  cost === undefined
    ? {}
    : {
        costUsd: cost.charges === "nothing" ? "0" : amount(cost.usd),
        units: amount(String(cost.units)),
        unit: safeName(cost.unit),
        charges: cost.charges,
      };

const amount = (text: string): string => (/^\d+(\.\d+)?$/.test(text) ? text : "unknown");

/** Writes one record for each call that ends, and nothing else. */
export const logCalls =
  (write: (record: CallRecord) => void): OnEvent =>
  (event) => {
    if (event.type === "call-ended") write(callRecord(event));
  };
