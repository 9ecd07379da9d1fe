/**
 * What a program can read from a verdict, as data: all of it, so that a field too many fails a test as well. The wording
 * is left out; it has tests of its own.
 *
 * Every error is spelled here once, with its code, whether a repeat makes sense and whether it may have run, so that a
 * table's row holds only what is special about it.
 */
import {
  type ColdSignal,
  type ConnectionReason,
  type ForbiddenReason,
  type GatewayError,
  RetryPolicy,
  type UnauthorizedReason,
} from "../../src/index.ts";
import { noon, url } from "../wire.ts";

export type Facts = Readonly<Record<string, unknown>>;

/** What follows from the class, or is the same for every observation of these tests. */
const known = new Set(["message", "fix", "docsUrl", "attempts", "gateway", "pipeline", "model"]);

/** `policy`: which part of the standard policy retries it, or `never`. */
export const factsOf = (verdict: GatewayError | "success"): Facts | "success" => {
  if (verdict === "success") return verdict;
  const told = Object.entries(verdict.toJSON()).filter(([name]) => !known.has(name));
  return { ...Object.fromEntries(told), policy: RetryPolicy.nameFor(verdict) ?? "never" };
};

const final = { retryable: false, mayHaveRun: false, policy: "never" } as const;

export const unauthorized = (reason: UnauthorizedReason = "rejected"): Facts => ({
  tag: "Unauthorized",
  code: "SLUICE-401-UNAUTHORIZED",
  ...final,
  reason,
});

export const paymentRequired = (detail?: string): Facts => ({
  tag: "PaymentRequired",
  code: "SLUICE-402-PAYMENT",
  ...final,
  detail,
});

export const forbidden = (why: { readonly reason?: ForbiddenReason; readonly detail?: string } = {}): Facts => ({
  tag: "Forbidden",
  code: "SLUICE-403-FORBIDDEN",
  ...final,
  reason: "other",
  ...why,
});

export const notOffered: Facts = { tag: "PipelineNotOffered", code: "SLUICE-404-PIPELINE", ...final, url };

export const retired: Facts = { tag: "PipelineRetired", code: "SLUICE-410-RETIRED", ...final };

/** Fields as pairs of a path and a message. */
export const invalid = (status: number, ...fields: ReadonlyArray<readonly [path: string, message: string]>): Facts => ({
  tag: "InvalidRequest",
  code: "SLUICE-422-INVALID-REQUEST",
  ...final,
  status,
  fields: fields.map(([path, message]) => ({ path, message })),
});

export const tooLarge = (status: number, detail?: string): Facts => ({
  tag: "PayloadTooLarge",
  code: "SLUICE-413-TOO-LARGE",
  ...final,
  status,
  detail,
});

export const unsupported = (status: number, detail?: string): Facts => ({
  tag: "UnsupportedMedia",
  code: "SLUICE-415-UNSUPPORTED-MEDIA",
  ...final,
  status,
  detail,
});

/** The two forms in which an error says when to come back. */
export const waiting = (ms: number): Facts => ({ retryAfterMs: ms, retryAt: new Date(noon + ms).toISOString() });

export const rateLimited = (wait: Facts = {}): Facts => ({
  tag: "RateLimited",
  code: "SLUICE-429-RATE-LIMITED",
  retryable: true,
  mayHaveRun: false,
  policy: "rateLimited",
  ...wait,
});

const cold = (signal: ColdSignal, code: string, policy: string, status: number | null, mayHaveRun = false): Facts => ({
  tag: "ColdOrNoCapacity",
  code,
  retryable: true,
  mayHaveRun,
  policy,
  signal,
  status,
});

export const unavailable = (wait: Facts = {}): Facts => ({
  ...cold("unavailable", "SLUICE-503-COLD", "cold", 503),
  ...wait,
});
export const closed: Facts = cold("closed", "SLUICE-503-CLOSED", "noCapacity", null);
export const empty = (status = 200): Facts => cold("empty", "SLUICE-503-EMPTY", "noCapacity", status);
/** What Studio hides may have been a true failure, of work that was done. */
export const masked: Facts = cold("masked", "SLUICE-503-MASKED", "cold", 500, true);
export const noOrchestrator: Facts = cold("no-orchestrator", "SLUICE-503-NO-ORCHESTRATOR", "noCapacity", 400);
/** The proxy did not pass the request on, or got no answer worth the name. */
export const unproxied = (status: number): Facts => cold("proxy", "SLUICE-503-PROXY", "noCapacity", status);
/** The proxy stopped waiting; the gateway may not have. */
export const givenUp = (status: number): Facts => cold("proxy", "SLUICE-503-PROXY", "noCapacity", status, true);

export const inferenceFailed = (status: number, detail?: string): Facts => ({
  tag: "InferenceFailed",
  code: "SLUICE-500-INFERENCE",
  retryable: true,
  mayHaveRun: true,
  policy: "inference",
  status,
  detail,
});

export const emptyResult: Facts = {
  tag: "EmptyResult",
  code: "SLUICE-502-EMPTY-RESULT",
  retryable: true,
  mayHaveRun: true,
  policy: "never",
};

export const truncated = (delivered: number, detail?: string): Facts => ({
  tag: "StreamTruncated",
  code: "SLUICE-502-STREAM-TRUNCATED",
  retryable: true,
  mayHaveRun: true,
  policy: delivered === 0 ? "inference" : "never",
  delivered,
  detail,
});

export const malformed = (status: number | null, reason: string, excerpt?: string): Facts => ({
  tag: "MalformedResponse",
  code: "SLUICE-502-MALFORMED",
  ...final,
  mayHaveRun: status !== null && status < 300,
  status,
  reason,
  excerpt,
});

export const outcomeUnknown = (status: number | null): Facts => ({
  tag: "OutcomeUnknown",
  code: "SLUICE-502-OUTCOME-UNKNOWN",
  retryable: true,
  mayHaveRun: true,
  policy: "never",
  status,
});

/** What no repeat mends. */
const lasting: ReadonlySet<ConnectionReason> = new Set(["tls", "proxy-auth"]);

export const unreached = (reason: ConnectionReason): Facts => ({
  tag: "ConnectionFailed",
  code: "SLUICE-502-CONNECTION",
  retryable: !lasting.has(reason),
  mayHaveRun: false,
  policy: lasting.has(reason) ? "never" : "connection",
  reason,
  url,
});
