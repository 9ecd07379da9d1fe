/** The one error format of the service: a failure of a call, and a request that is refused, are answered as problems. */
import { type FieldError, type GatewayError, InvalidRequest, isGatewayError } from "@sluice/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { problemOf, problemType, retryAfterOf } from "./problem.ts";

/** A request that this service refuses before it asks the gateway. */
export const invalidRequest = (gateway: string, url: string, fields: ReadonlyArray<FieldError>): InvalidRequest =>
  new InvalidRequest({ gateway, pipeline: pathOf(url).slice(1), status: null, fields });

/** A URL without its query, which may hold what no log or answer should. */
export const pathOf = (url: string): string => url.split("?", 1)[0] ?? "/";

export const answerErrors =
  (gateway: string) =>
  (error: Error & { readonly statusCode?: number }, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { statusCode = 500 } = error;
    if (isGatewayError(error)) return sendProblem(reply, error);
    // Fastify refuses broken JSON, bodies that are too large and content types that it does not know.
    const unsupported = { path: "content-type", message: "must be application/json" };
    const fields = [statusCode === 415 ? unsupported : { path: "body", message: error.message }];
    if (statusCode < 500) return sendProblem(reply, invalidRequest(gateway, request.url, fields), statusCode);
    request.log.error({ err: error }, "unexpected error");
    return reply.code(500).send({ error: { message: "Internal Server Error" } });
  };

const sendProblem = (reply: FastifyReply, error: GatewayError, status?: number): FastifyReply => {
  const problem = problemOf(error, status);
  const wait = retryAfterOf(error);
  if (wait !== undefined) reply.header("retry-after", wait);
  // The service has tried again where that was right; who asks it again would do the work, and pay for it, twice.
  if (!error.retryable || error.mayHaveRun) reply.header("x-should-retry", "false");
  return reply.code(problem.status).type(problemType).serializer(JSON.stringify).send(problem);
};
