/** The whole service, put together: gateways, keys, files, figures, alerts, and its two listeners. */
import { logCalls, type OnEvent, Telemetry } from "@sluice/telemetry";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { tmpdir } from "node:os";
import { makeAdminApp } from "./adminApp.ts";
import { openWebhooks } from "./alerts/Webhooks.ts";
import { makeApp } from "./app.ts";
import type { Refusal } from "./http/Refusal.ts";
import { Listener } from "./listener/Listener.ts";
import { trusted } from "./listener/trusted.ts";
import { isLoopback } from "./settings/isLoopback.ts";
import { openCalls } from "./calls/openCalls.ts";
import { openKeys } from "./keys/openKeys.ts";
import { formatAt } from "./openai/formatAt.ts";
import { openShelf } from "./media/MediaShelf.ts";
import { openOwnFolder } from "./media/ownFolder.ts";
import { keyMetrics } from "./platform/keyMetrics.ts";
import { RecentCalls } from "./platform/RecentCalls.ts";
import { RecentRequests } from "./platform/RecentRequests.ts";
import { reviewLaunch } from "./platform/reviewLaunch.ts";
import { WarmthLog } from "./platform/WarmthLog.ts";
import { effective } from "./settings/effective.ts";
import type { Settings } from "./settings/readSettings.ts";
import type { Upstream } from "./Upstream.ts";

export interface Service {
  readonly gateway: string;
  readonly app: FastifyInstance;
  readonly admin: FastifyInstance;
  /** Takes the keys and the attestations of a configuration that was read again. */
  readonly reload: (settings: Settings) => void;
  /** Finishes what is under way, then lets go of everything. */
  readonly close: () => Promise<void>;
}

/** Rejects with what `open` rejects with. `open` makes the client of the gateways, which tells its events. */
export const openService = async (
  settings: Settings,
  open: (onEvent: OnEvent) => Promise<Upstream>,
  logger: FastifyBaseLogger,
): Promise<Service> => {
  let current = settings;
  const keys = openKeys(settings.keys, logger);
  const recent = new RecentRequests();
  const recentCalls = new RecentCalls();
  const warmth = new WarmthLog();
  const webhooks = openWebhooks(settings.webhooks, { log: logger });
  const { objectives, otlp: toCollector } = settings;
  const telemetry = new Telemetry({
    onAlert: (alert) => {
      const { name, state, severity, gateway, pipeline, summary } = alert;
      logger[state === "firing" ? "warn" : "info"](
        { alert: name, state, severity, gateway, pipeline, summary },
        "alert",
      );
      webhooks.onAlert(alert);
    },
    ...(objectives === undefined ? {} : { slo: objectives }),
  });
  const otlp = toCollector && (await (await import("./otlp.ts")).openOtlp(toCollector, logger));
  // The logger has a time of its own.
  const toLog = logCalls(({ time: _, level, msg, ...call }) => {
    logger[level](call, msg);
  });
  const observers: ReadonlyArray<OnEvent> = [
    ...[telemetry.onEvent, warmth.onEvent, recentCalls.onEvent, toLog],
    ...(otlp ? [otlp.onEvent] : []),
  ];
  const upstream = await open((event) => {
    for (const onEvent of observers) onEvent(event);
  });
  const shelf = openShelf(settings.media, { fetch: upstream.bytes, save: upstream.save });
  const uploads = openOwnFolder(tmpdir(), "api");
  const { maxCostUsd, publicUrl, limits, log, trustProxy } = settings;
  const metrics = (): string => telemetry.prometheus() + keyMetrics(keys.ring, Date.now());
  const shared = {
    ...{ logger, telemetry, recent, keys, trustProxy, prompts: log.prompts, bodyLimit: limits.jsonBytes },
    configuration: () => effective(current),
    launch: reviewLaunch(() => ({
      ...{ settings: current, profiles: upstream.profiles, deliveredAt: webhooks.takenAt },
      ...{ metrics: metrics(), calls: recentCalls.list(), now: Date.now() },
    })),
  };
  const onRefusal = ({ kind: { code, status } }: Refusal, requestId: string) => {
    logger.info({ requestId, status, code }, "request");
  };
  const isProxy = trusted(trustProxy);
  const isExempt = (address: string) => isLoopback(address) || isProxy(address);
  const { connections, connectionsPerAddress } = limits;
  const { app, drain } = await makeApp({
    ...shared,
    listener: new Listener({ limits: { connections, connectionsPerAddress }, isExempt, onRefusal, formatAt }),
    ...{ upstream, shelf, warmth, publicUrl, folder: uploads.path, fileBytes: limits.fileBytes },
    aliases: settings.openaiModels,
    calls: openCalls({ upstream, shelf, maxCostUsd, publicUrl }),
  });
  const admin = await makeAdminApp({
    ...shared,
    listener: new Listener({ onRefusal }),
    host: settings.admin.host,
    metrics,
    drain,
  });
  // Alerts move on though nothing happens.
  const eachMinute = setInterval(() => {
    telemetry.evaluate();
  }, minuteMs).unref();

  return {
    gateway: upstream.gateway,
    app,
    admin,
    reload: (read) => {
      current = { ...current, keys: read.keys, attestations: read.attestations };
      keys.replace(read.keys);
    },
    close: async () => {
      const { delaySeconds = isLoopback(settings.host) ? 0 : publicDelaySeconds, finishSeconds } = settings.drain;
      await drain.close({ delayMs: delaySeconds * 1_000, finishMs: finishSeconds * 1_000 });
      clearInterval(eachMinute);
      keys.close();
      await Promise.allSettled([shelf?.close(), webhooks.close(), otlp?.close(), admin.close()]);
      await upstream.close();
      await uploads.close();
    },
  };
};

const minuteMs = 60_000;

/** As long as a load balancer takes to see that a replica is not ready any more. */
const publicDelaySeconds = 5;
