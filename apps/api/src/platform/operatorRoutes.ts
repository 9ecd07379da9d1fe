/** What an operator sees of the service: how calls go, active alerts, the last requests, the settings, and whether it may launch. */
import { InvalidRequest } from "@sluice/errors";
import { Report, Snapshot, type Telemetry } from "@sluice/telemetry";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import * as z from "zod";
import { inJson, problems } from "../http/describe.ts";
import { launchRoute } from "./launchRoute.ts";
import { RecentRequest, type RecentRequests } from "./RecentRequests.ts";
import type { ReviewLaunch } from "./reviewLaunch.ts";

export interface OperatorPorts {
  readonly telemetry: Telemetry;
  readonly recent: RecentRequests;
  /** The configuration in effect, without anything secret. */
  readonly configuration: () => object;
  readonly launch: ReviewLaunch;
}

export const operatorRoutes =
  ({ telemetry, recent, configuration, launch }: OperatorPorts): FastifyPluginCallbackZod =>
  (app, _, done) => {
    const describe = (summary: string, operationId: string, schema: z.ZodType) => ({
      schema: {
        summary,
        operationId,
        tags: ["Operator"],
        response: { 200: inJson(`${summary}.`, schema), ...problems },
      },
    });
    app.get(
      "/sluice/v1/telemetry",
      describe("Figures of all calls since the start, and of the last minutes and hours", "getTelemetry", Report),
      (_request, reply) =>
        reply.type("application/json; charset=utf-8").serializer(JSON.stringify).send(telemetry.report()),
    );
    app.get(
      "/sluice/v1/telemetry/snapshot",
      describe("The counts behind the figures, to be added to those of other replicas", "getSnapshot", Snapshot),
      (_request, reply) =>
        reply.type("application/json; charset=utf-8").serializer(JSON.stringify).send(telemetry.snapshot()),
    );
    app.get(
      "/sluice/v1/alerts",
      describe("Alerts that are pending or firing", "listAlerts", z.object({ alerts: Report.shape.alerts })),
      () => ({ alerts: telemetry.report().alerts }),
    );
    app.get(
      "/sluice/v1/requests",
      {
        schema: {
          summary: "The last requests and their attempts, the newest first",
          operationId: "listRequests",
          tags: ["Operator"],
          querystring: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
          response: { 200: inJson("The requests.", z.object({ requests: z.array(RecentRequest) })), ...problems },
        },
      },
      ({ query }) => ({ requests: [...recent.list(limitIn(query))] }),
    );
    app.get(
      "/sluice/v1/config",
      describe("The configuration in effect, without secrets", "getConfiguration", z.record(z.string(), z.unknown())),
      (_request, reply) =>
        reply.type("application/json; charset=utf-8").serializer(JSON.stringify).send(configuration()),
    );
    void app.register(launchRoute(launch));
    done();
  };

const most = 500;

const limitIn = (query: unknown): number => {
  const { limit = "100" } = query as { readonly limit?: unknown };
  const parsed = typeof limit === "string" && /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (parsed >= 1 && parsed <= most) return parsed;
  const fields = [{ path: "limit", message: `must be a whole number from 1 to ${most}`, fix: "Leave it out for 100." }];
  throw new InvalidRequest({ gateway: "This service", pipeline: "requests", status: null, fields });
};
