/** The operator's listener: Prometheus's metrics, health, and what only an operator may see. It is not for the public. */
import { prometheusContentType } from "@sluice/telemetry";
import type { FastifyInstance } from "fastify";
import { askForOperator } from "./http/callers.ts";
import type { Keys } from "./keys/openKeys.ts";
import { protect } from "./http/protect.ts";
import { makeServer, type ServerOptions } from "./http/makeServer.ts";
import { type Drain, drainable } from "./listener/drain.ts";
import { refuseOtherHosts } from "./listener/ownHosts.ts";
import { health } from "./platform/health.ts";
import { type OperatorPorts, operatorRoutes } from "./platform/operatorRoutes.ts";
import { isLoopback } from "./settings/isLoopback.ts";

export interface AdminPorts extends ServerOptions, OperatorPorts {
  readonly keys: Keys;
  /** Prometheus's text. */
  readonly metrics: () => string;
  /** Where it is going to listen. */
  readonly host: string;
  /** Of the callers' listener. */
  readonly drain: Drain;
}

export const makeAdminApp = async (ports: AdminPorts): Promise<FastifyInstance> => {
  const { keys, metrics, host } = ports;
  const app = makeServer(ports);
  // So that no half-sent request keeps it from ending.
  drainable(app, ports.listener);
  refuseOtherHosts(app, () => isLoopback(host));
  await protect(app);
  await app.register(health(() => (ports.drain.isDraining ? "draining" : undefined)));
  await app.register(async (operators) => {
    // Who is on this machine is the operator; elsewhere, who has an operator's key.
    if (!isLoopback(host)) askForOperator(operators, keys);
    operators.get("/metrics", (_request, reply) => reply.type(prometheusContentType).send(metrics()));
    await operators.register(operatorRoutes(ports));
  });
  return app;
};
