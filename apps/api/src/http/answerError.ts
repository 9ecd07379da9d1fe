/** Whatever goes wrong in a request, as an answer in the error format that its client knows. */
import { isGatewayError } from "@sluice/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FormatAt } from "./ErrorFormat.ts";
import { type Failure, failureOf, retryAfterMsOf, shouldRetry } from "./problem.ts";
import { Refusal } from "./Refusal.ts";

/** A URL without its query, which may hold what no log or answer should. */
export const pathOf = (url: string): string => url.split("?", 1)[0] ?? "/";

/** What Fastify and its plugins throw at a request that they do not take, in our words. */
const foreign = (error: Error & { readonly code?: unknown; readonly statusCode?: number }): Refusal | undefined => {
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new Refusal("large", "The body is larger than this service takes.");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new Refusal("media", "The Content-Type is not one that this route takes.");
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
      return new Refusal("http", "The body is not the JSON that its headers promise.", { fix: "Send valid JSON." });
    case "FST_ERR_BAD_URL":
      return new Refusal("http", "The path cannot be decoded.", { fix: "Encode the path as RFC 3986 says." });
    case "FST_ERR_MAX_PARAM_LENGTH":
      return new Refusal("route", "A part of the path is longer than any that there is.");
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? new Refusal("http", "The request cannot be read.", { cause: error })
        : undefined;
  }
};

/** Of what was thrown in a request; what nobody foresaw goes to the log, with its stack. */
export const failureIn = (error: unknown, request: FastifyRequest): Failure => {
  const known = error instanceof Error && !isGatewayError(error) && !(error instanceof Refusal);
  const failure = (known ? foreign(error) : undefined) ?? failureOf(error);
  if (failure instanceof Refusal && failure.kind.status >= 500 && failure.details.cause !== undefined) {
    request.log.error({ err: failure.details.cause }, "unexpected error");
  }
  return failure;
};

/** What all error formats say in headers. */
const failureHeaders = (reply: FastifyReply, failure: Failure): void => {
  reply.request.failedWith = failure instanceof Refusal ? failure.kind.code : failure.code;
  const retryAfterMs = retryAfterMsOf(failure);
  if (retryAfterMs !== undefined) {
    reply.header("retry-after", Math.ceil(retryAfterMs / 1_000)).header("retry-after-ms", Math.ceil(retryAfterMs));
  }
  reply.header("x-should-retry", String(shouldRetry(failure)));
  if (failure instanceof Refusal) reply.headers({ ...failure.details.headers });
  else reply.header("x-sluice-attempts", failure.attempts.length);
};

/** An error handler for Fastify. */
export const answerErrors =
  (formatAt: FormatAt) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { type, statusOf, bodyOf } = formatAt(request.url);
    const failure = failureIn(error, request);
    failureHeaders(reply, failure);
    // Of a path that cannot be decoded, no hook has seen the request.
    reply.header("x-request-id", request.id);
    // Whatever the route's own schema for this status is.
    return reply.code(statusOf(failure)).type(type).serializer(JSON.stringify).send(bodyOf(failure, request.id));
  };
