/** What a service that runs can tell of itself, as the checks of a launch look at it. */
import type { GatewayProfile } from "@sluice/models";
import type { KnownKey, LaunchSettings, ServiceFacts, Subject } from "@sluice/readiness";
import { type CallEvent, defaultSlo } from "@sluice/telemetry";
import type { Settings } from "../settings/readSettings.ts";

export interface Known {
  /** Unix milliseconds. */
  readonly now: number;
  /** In effect. */
  readonly settings: Settings;
  /** One for each route, in order. */
  readonly profiles: ReadonlyArray<GatewayProfile>;
  /** Of calls that ended, the oldest first. */
  readonly calls: ReadonlyArray<CallEvent>;
  /** Prometheus's text. */
  readonly metrics: string;
  /** Unix milliseconds: when a webhook last took an alert. */
  readonly deliveredAt: number | undefined;
}

export const subjectOf = (known: Known, settings: LaunchSettings): Subject => {
  const callers = callersKeys(known);
  const ofPages = callers.filter(({ isOfPages }) => isOfPages);
  return {
    ...{ now: known.now, env: {}, calls: known.calls, evidence: { mistakes: [] } },
    settings: { ...settings, keys: ofPages.map(({ name, since }) => ({ name, rotated: since, kind: "browser" })) },
    keys: [
      ...gatewayKeys(known),
      ...callers.map(({ name, since, isOfPages }): KnownKey => ({ name, since, ...(isOfPages ? {} : forServers) })),
    ],
    service: factsOf(known),
  };
};

/** No page may use it. */
const forServers = { kind: "backend" } as const;

const factsOf = ({ settings, profiles, metrics, deliveredAt }: Known): ServiceFacts => {
  const { timeoutMs, maxRetries, maxCostUsd, keys, webhooks, objectives = defaultSlo } = settings;
  // An operator's own key is no caller's.
  const callers = keys.filter(({ admin }) => !admin);
  return {
    gateways: distinct(profiles.map(({ name, baseUrl }) => ({ name, baseUrl }))),
    timeoutMs,
    ...(maxRetries === undefined ? {} : { maxRetries }),
    ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
    limitsKeys: callers.length > 0 && callers.every(({ limits }) => Object.values(limits).some(Boolean)),
    webhooks: webhooks.length,
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
    metrics,
    alerts: objectives.objectives.flatMap(({ alerts }) => alerts.map(({ name }) => name)),
  };
};

/** A file or a variable does not say when its key was made. */
const gatewayKeys = ({ settings: { upstream }, profiles }: Known): ReadonlyArray<KnownKey> => {
  if (upstream === "emulator") return [];
  const routes = upstream.routes ?? [upstream];
  const keyed = profiles.filter((_, at) => routes[at]?.apiKey !== undefined);
  return distinct(keyed.map(({ name, baseUrl }) => ({ name, gateway: name, baseUrl })));
};

/** Those that still open. */
const callersKeys = ({ settings: { keys }, now }: Known) =>
  keys
    .filter(({ expires }) => expires === undefined || expires.getTime() > now)
    .map(({ name, created, origins }) => {
      return { name: `caller's key ${name}`, since: created.getTime(), isOfPages: origins.length > 0 };
    });

/** Several routes may go to one gateway. */
const distinct = <One extends { readonly name: string; readonly baseUrl: string }>(
  all: ReadonlyArray<One>,
): ReadonlyArray<One> => [...new Map(all.map((one) => [`${one.name} ${one.baseUrl}`, one])).values()];
