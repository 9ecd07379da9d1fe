/**
 * A failure as an HTTP answer: RFC 9457, with Sluice's code, fix and attempts, and beside them go-livepeer's
 * `error.message`, so that a client that was written for a gateway still finds its text.
 */
import { type GatewayError, isGatewayError } from "@sluice/errors";
import * as z from "zod";
import type { ErrorFormat } from "./ErrorFormat.ts";
import { Refusal } from "./Refusal.ts";

export const Problem = z
  .object({
    type: z.string().describe("The code's page."),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().describe("Stable, such as `SLUICE-503-COLD`."),
    fix: z.string().describe("What to do about it."),
    retryable: z.boolean().describe("Whether the same request may succeed later."),
    mayHaveRun: z.boolean().describe("Whether the gateway may have done, and billed, the work."),
    requestId: z.string(),
    attempts: z
      .array(z.object({ status: z.int().nullable(), outcome: z.string(), ms: z.number(), waitedMs: z.number() }))
      .describe("Each request that the gateway was sent, times in milliseconds."),
    errors: z
      .array(
        z.object({ path: z.string(), message: z.string(), sent: z.string().optional(), fix: z.string().optional() }),
      )
      .optional()
      .describe("Each mistake in the request, by its field."),
    error: z.object({ message: z.string() }).describe("As a gateway has it."),
  })
  .meta({ id: "Problem", description: "An RFC 9457 problem." });

export type Problem = z.infer<typeof Problem>;

export const problemType = "application/problem+json";

/** Where this service's own refusals are explained: a heading for each code. */
export const refusalsPage = "https://github.com/livepeer/sluice/blob/main/docs/service-errors.md";

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

/** Why a request has no result: the gateway's doing, or this service's own. */
export type Failure = GatewayError | Refusal;

/** Whatever was thrown; what nobody foresaw is a fault of this service, whose message is for its log alone. */
export const failureOf = (thrown: unknown): Failure =>
  isGatewayError(thrown) || thrown instanceof Refusal
    ? thrown
    : new Refusal("internal", "This service has made a mistake.", { cause: thrown });

export const statusOf = (failure: Failure): number =>
  failure instanceof Refusal ? failure.kind.status : statuses[failure._tag];

/** How long the caller is to stay away, in milliseconds, where that is known. */
export const retryAfterMsOf = (failure: Failure): number | undefined =>
  failure instanceof Refusal ? failure.details.retryAfterMs : failure.retryAfterMs;

/**
 * A longer wait, in milliseconds, is not left to a client: one sleeps through it in the middle of a call, another takes it for
 * a mistake and comes back in half a second.
 */
const longestWaitMs = 60_000;

/**
 * Whether a client that tries again by itself should. One layer retries, and this one has done so already: only what was not
 * tried here is left to the caller, and what the gateway wants to be asked later.
 */
export const shouldRetry = (failure: Failure): boolean => {
  const waitMs = retryAfterMsOf(failure);
  if (waitMs !== undefined && waitMs > longestWaitMs) return false;
  if (failure instanceof Refusal) return failure.kind.retryable;
  return failure.retryable && !failure.mayHaveRun && waitMs !== undefined;
};

export const problemOf = (failure: Failure, requestId: string): Problem =>
  failure instanceof Refusal ? refusalProblem(failure, requestId) : gatewayProblem(failure, requestId);

/** Of native and platform routes, and of all that are not there. */
export const problemFormat: ErrorFormat = { type: problemType, statusOf, bodyOf: problemOf };

const gatewayProblem = (error: GatewayError, requestId: string): Problem => {
  const { code, message, fix, retryable, mayHaveRun, docsUrl } = error;
  return {
    type: docsUrl,
    title: error._tag,
    status: statuses[error._tag],
    detail: message,
    code,
    fix,
    retryable,
    mayHaveRun,
    requestId,
    attempts: error.attempts.map(({ status, outcome, ms, waitedMs }) => ({ status, outcome, ms, waitedMs })),
    ...("fields" in error ? { errors: error.fields.map((field) => ({ ...field })) } : {}),
    error: { message },
  };
};

const refusalProblem = ({ kind, message, details }: Refusal, requestId: string): Problem => ({
  type: `${refusalsPage}#${kind.code.toLowerCase()}`,
  title: kind.title,
  status: kind.status,
  detail: message,
  code: kind.code,
  fix: details.fix ?? kind.fix,
  retryable: kind.retryable,
  mayHaveRun: false,
  requestId,
  attempts: [],
  error: { message },
});
