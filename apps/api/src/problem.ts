/**
 * A failure as an HTTP answer: RFC 9457, with Sluice's code, fix and attempts, and beside them go-livepeer's
 * `error.message`, so that a client that was written for a gateway still finds its text.
 */
import type { GatewayError } from "@sluice/errors";
import * as z from "zod";

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  fix: z.string(),
  retryable: z.boolean(),
  mayHaveRun: z.boolean(),
  requestId: z.string().optional(),
  attempts: z.array(
    z.object({ status: z.int().nullable(), outcome: z.string(), ms: z.number(), waitedMs: z.number() }),
  ),
  errors: z.array(z.object({ path: z.string(), message: z.string(), sent: z.string().optional() })).optional(),
  error: z.object({ message: z.string() }),
});

export const problemType = "application/problem+json";

const statuses: Readonly<Record<GatewayError["_tag"], number>> = {
  Aborted: 499,
  BudgetExceeded: 402,
  CircuitOpen: 503,
  ColdOrNoCapacity: 503,
  ConnectionFailed: 502,
  DeadlineExceeded: 504,
  EmptyResult: 502,
  FileNotWritten: 500,
  // The upstream key is ours, not the caller's.
  Forbidden: 502,
  InferenceFailed: 500,
  InvalidConfiguration: 500,
  InvalidRequest: 422,
  MalformedResponse: 502,
  MediaUnavailable: 404,
  OutcomeUnknown: 502,
  PayloadTooLarge: 413,
  // The account is ours, not the caller's.
  PaymentRequired: 502,
  PipelineNotOffered: 404,
  PipelineRetired: 410,
  PolicyRefused: 403,
  PriceExceeded: 402,
  RateLimited: 429,
  StreamTruncated: 502,
  Unauthorized: 502,
  UnsupportedMedia: 415,
};

export const problemOf = (error: GatewayError, status = statuses[error._tag]): z.infer<typeof Problem> => {
  const { code, message, fix, retryable, mayHaveRun, requestId, docsUrl } = error;
  return {
    type: docsUrl,
    title: error._tag,
    status,
    detail: message,
    code,
    fix,
    retryable,
    mayHaveRun,
    ...(requestId === undefined ? {} : { requestId }),
    attempts: error.attempts.map((attempt) => ({ ...attempt })),
    ...("fields" in error ? { errors: error.fields.map((field) => ({ ...field })) } : {}),
    error: { message },
  };
};

/** Whole seconds for `Retry-After`, when the gateway said. */
export const retryAfterOf = (error: GatewayError): number | undefined =>
  error.retryAfterMs === undefined ? undefined : Math.ceil(error.retryAfterMs / 1_000);
