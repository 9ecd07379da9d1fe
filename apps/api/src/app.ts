/** The service as a Fastify instance: routes, one error format, and the document that describes them. */
import fastifySwagger from "@fastify/swagger";
import { PipelineNotOffered } from "@sluice/errors";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { jsonSchemaTransform, serializerCompiler } from "fastify-type-provider-zod";
import { answerErrors, invalidRequest, pathOf } from "./answerError.ts";
import { drainOnClose } from "./drain.ts";
import { health } from "./routes/health.ts";
import { textToImage } from "./routes/textToImage.ts";
import { isLoopback } from "./Settings.ts";
import type { Upstream } from "./Upstream.ts";

export interface AppOptions {
  readonly upstream: Upstream;
  readonly logger: boolean | FastifyBaseLogger;
}

/** Larger than any text-to-image request, and small enough to hold many. In bytes. */
const bodyLimit = 1_048_576;

/** The gateway's profile may name another model than the schema. */
const withoutDefaultModel: typeof jsonSchemaTransform = (route) => {
  const described = jsonSchemaTransform(route);
  const body = described.schema.body as { readonly properties?: { model_id?: { default?: unknown } } } | undefined;
  delete body?.properties?.model_id?.default;
  return described;
};

export const makeApp = async ({ upstream, logger }: AppOptions): Promise<FastifyInstance> => {
  const answerError = answerErrors(upstream.gateway);
  const app = Fastify({
    bodyLimit,
    // How long a request may take to arrive, in milliseconds.
    requestTimeout: 60_000,
    forceCloseConnections: "idle",
    frameworkErrors: (error, request, reply) => {
      void answerError(error, request, reply);
    },
    // One line for a request, not two.
    logController: new LogController({ disableRequestLogging: true }),
    ...(typeof logger === "boolean" ? { logger } : { loggerInstance: logger }),
  });
  app.removeContentTypeParser("text/plain");
  // The schemas describe. The client checks, because it knows what its gateway takes and fills in, and what was not given.
  app.setValidatorCompiler(() => (data) => ({ value: data as unknown }));
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(({ method, url }) => {
    throw new PipelineNotOffered({ gateway: "This service", pipeline: `${method} ${pathOf(url)}` });
  });
  logRequests(app);
  refuseOtherHosts(app, upstream.gateway);
  drainOnClose(app);
  await app.register(fastifySwagger, {
    openapi: { openapi: "3.1.0", info: { title: "Sluice API", version: "0.1.0" } },
    transform: withoutDefaultModel,
  });
  await app.register(textToImage(upstream));
  await app.register(health);
  app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
  return app;
};

const logRequests = (app: FastifyInstance): void => {
  app.addHook("onResponse", ({ method, url, log }, { statusCode: status, elapsedTime }, done) => {
    log.info({ method, path: pathOf(url), status, ms: Math.round(elapsedTime) }, "request");
    done();
  });
};

/** The service listens on loopback only; a web page that rebinds a name of its own to it must not spend the key. */
const refuseOtherHosts = (app: FastifyInstance, gateway: string): void => {
  app.addHook("onRequest", ({ hostname, url }, _reply, done) => {
    const fields = [{ path: "host", message: "must be a name of this machine, such as localhost" }];
    done(isLoopback(hostname) ? undefined : invalidRequest(gateway, url, fields));
  });
};
