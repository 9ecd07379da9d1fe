/** A Fastify instance as each listener of the service has one: one error format, one log line for a request, no surprises. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { serializerCompiler } from "fastify-type-provider-zod";
import { dropSlowClients } from "../listener/slowClients.ts";
import type { Listener } from "../listener/Listener.ts";
import { decorateCallers } from "./callers.ts";
import { afterwards } from "./afterwards.ts";
import { answerErrors } from "./answerError.ts";
import { requestIdOf } from "./requestId.ts";
import { safePathOf, statusTold } from "./told.ts";
import { unknownRoutes } from "./unknownRoutes.ts";

export interface ServerOptions {
  readonly logger: FastifyBaseLogger;
  /** The longest JSON body, in bytes. */
  readonly bodyLimit: number;
  readonly trustProxy: ReadonlyArray<string>;
  /** Whether the log has what is asked, with its prompts. */
  readonly prompts: boolean;
  readonly listener: Listener;
}

export const makeServer = ({ logger, bodyLimit, trustProxy, prompts, listener }: ServerOptions): FastifyInstance => {
  const answerError = answerErrors(listener.formatAt);
  const app: FastifyInstance = Fastify({
    ...listener.options,
    bodyLimit,
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    genReqId: requestIdOf,
    requestIdHeader: false,
    return503OnClosing: false,
    // Which sockets are dropped, and when, is for the drain to say.
    forceCloseConnections: false,
    // A path has one spelling, which is what logs and limits go by.
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: (error, request, reply) => {
      void answerError(error, request, reply);
    },
    // One line for a request, not two.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    loggerInstance: logger,
  });
  dropSlowClients(app, listener);
  app.removeContentTypeParser("text/plain");
  // The schemas describe. Routes check for themselves, because they know what their gateway takes and how to say what is wrong.
  app.setValidatorCompiler(() => (data) => ({ value: data as unknown }));
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  decorateCallers(app);
  app.addHook("onRequest", ({ id }, reply, done) => {
    reply.header("x-request-id", id);
    done();
  });
  app.setNotFoundHandler(unknownRoutes(app));
  logRequests(app, prompts);
  return app;
};

/** When the answer has gone, or its caller before it. */
const logRequests = (app: FastifyInstance, prompts: boolean): void => {
  app.addHook("onRequest", (request, reply, done) => {
    afterwards(reply.raw, () => {
      const { method, log, callerKey, failedWith, body } = request;
      const key = callerKey?.name;
      const told = { method, path: safePathOf(request), status: statusTold(reply), ms: Math.round(reply.elapsedTime) };
      const more = { ...(key === undefined ? {} : { key }), ...(failedWith === undefined ? {} : { code: failedWith }) };
      log.info({ ...told, ...more, ...(prompts ? { body } : {}) }, "request");
    });
    done();
  });
};
