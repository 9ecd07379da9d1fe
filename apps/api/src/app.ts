/** The service as a Fastify instance: who may ask, the routes, and the document that describes them. */
import fastifyMultipart from "@fastify/multipart";
import type { FastifyInstance } from "fastify";
import type { Calls, Exchange } from "./calls/Calls.ts";
import { afterwards } from "./http/afterwards.ts";
import { allowOrigins, askForOperator, askWho } from "./http/callers.ts";
import type { Keys } from "./keys/openKeys.ts";
import { describeRoutes } from "./http/describeRoutes.ts";
import { protect } from "./http/protect.ts";
import { refuseVast } from "./http/refuseVast.ts";
import { makeServer, type ServerOptions } from "./http/makeServer.ts";
import { receiveForm } from "./http/receiveForm.ts";
import type { MediaShelf } from "./media/MediaShelf.ts";
import { mediaRoute } from "./media/mediaRoute.ts";
import { nativeRoutes } from "./native/nativeRoutes.ts";
import { openaiRoutes } from "./openai/openaiRoutes.ts";
import { health, healthPaths } from "./platform/health.ts";
import { offered } from "./platform/knownModels.ts";
import { refuseOtherHosts } from "./listener/ownHosts.ts";
import { type Drain, drainable } from "./listener/drain.ts";
import { shedLoad } from "./listener/pressure.ts";
import { type OperatorPorts, operatorRoutes } from "./platform/operatorRoutes.ts";
import { platformRoutes } from "./platform/platformRoutes.ts";
import { answered } from "./platform/RecentRequests.ts";
import type { WarmthLog } from "./platform/WarmthLog.ts";
import type { Upstream } from "./Upstream.ts";

export interface AppPorts extends ServerOptions, OperatorPorts {
  readonly upstream: Upstream;
  readonly calls: Calls;
  readonly keys: Keys;
  /** Where callers reach it, where that is known. */
  readonly publicUrl: string | undefined;
  readonly shelf: MediaShelf | undefined;
  readonly warmth: WarmthLog;
  /** What OpenAI's model names mean here. */
  readonly aliases: Readonly<Record<string, string>>;
  /** The longest file, in bytes, and the folder where files wait while they come. */
  readonly fileBytes: number;
  readonly folder: string;
}

/** The listener of callers, and how it is ended without losing a call. */
export interface App {
  readonly app: FastifyInstance;
  readonly drain: Drain;
}

export const makeApp = async (ports: AppPorts): Promise<App> => {
  const { upstream, calls, keys, shelf, warmth, aliases, fileBytes, folder, recent } = ports;
  const app = makeServer(ports);
  const drain = drainable(app, ports.listener);
  // Before all that refuses: a page must be able to read why.
  await allowOrigins(app, keys);
  const pressure = shedLoad(app, { exempt: healthPaths });
  refuseOtherHosts(app, () => keys.ring.isEmpty);
  const formOf = ({ request, reply }: Exchange) => receiveForm(request, reply, { fileBytes, folder });
  await protect(app);
  await describeRoutes(app);
  await app.register(fastifyMultipart);
  await app.register(health(() => (drain.isDraining ? "draining" : pressure.isOverloaded ? "overloaded" : undefined)));
  if (shelf !== undefined) await app.register(mediaRoute(shelf));
  await app.register(async (callers) => {
    callers.addHook("onRequest", (request, reply, done) => {
      afterwards(reply.raw, () => {
        recent.add(answered(request, reply, Date.now()));
      });
      done();
    });
    askWho(callers, keys, ports.publicUrl);
    refuseVast(callers);
    await callers.register(nativeRoutes({ calls, gateway: upstream.gateway, receiveForm: formOf }));
    await callers.register(
      openaiRoutes({ calls, receiveForm: formOf, models: () => offered(upstream.profiles), aliases }),
    );
    await callers.register(platformRoutes({ upstream, warmth, receiveForm: formOf }));
  });
  await app.register(async (operators) => {
    askForOperator(operators, keys, ports.publicUrl);
    await operators.register(operatorRoutes(ports));
  });
  return { app, drain };
};
