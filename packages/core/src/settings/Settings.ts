/** What a user may set of a client. Everything has a default: the free development gateway, and the checklist's limits. */
import type { Policy } from "@sluice/errors";
import type { GatewayChoice, PipelineName } from "@sluice/models";
import type { OnEvent } from "@sluice/telemetry";
import type * as Redacted from "effect/Redacted";

export interface RouteModels extends GatewayChoice {
  /** By pipeline, the model to ask this gateway for, whatever model a call names. */
  readonly models?: Readonly<Partial<Record<PipelineName, string>>> | undefined;
}

/** A gateway, and the models to ask it for. */
export interface RouteSettings extends RouteModels {
  /** A backend API key. Sent only to gateways that use one. */
  readonly apiKey?: string | Redacted.Redacted | undefined;
}

/** What a call may cost at most, in time and money. */
export interface LimitSettings {
  /** The deadline of a call, over all attempts, waits and the body, in milliseconds. Default: 300 000. */
  readonly timeoutMs?: number | undefined;
  /** A dearer call is refused before it is sent. In USD, as a decimal such as `"0.05"`. */
  readonly maxCostUsd?: string | number | undefined;
}

/** How requests are sent, to whichever gateway. */
export interface TrafficSettings {
  /**
   * In `production`, or `prod`, whatever the case of its letters, no call goes to a gateway that is for development.
   * Default: what `NODE_ENV` says when the client is made.
   */
  readonly environment?: string | undefined;
  /** How many requests may be with one gateway at once; more calls wait their turn. Default: no limit. */
  readonly concurrency?: number | undefined;
  /** Keep to the rate limit of a gateway's profile, instead of being told 429. Default: false. */
  readonly pace?: boolean | undefined;
  /** Hosts that are sent a `traceparent`: `gateway.example` at any port, `gateway.example:8935` at that one. Default: none. */
  readonly traceHosts?: ReadonlyArray<string> | undefined;
}

export interface GatewaySettings extends RouteSettings, LimitSettings, TrafficSettings {
  /**
   * Several gateways or models, in order of preference, instead of one `gateway`: a model that is known to be warm comes
   * first, and a call whose gateway is cold, cannot be reached or does not offer the pipeline takes the next.
   */
  readonly routes?: ReadonlyArray<RouteSettings> | undefined;
}

export interface CallSettings {
  /** Told of every step of every call. */
  readonly onEvent?: OnEvent | undefined;
  /** At most so many retries of one call, whatever their reasons. Default: as the policy says. */
  readonly maxRetries?: number | undefined;
}

export interface GatewayClientSettings extends GatewaySettings, CallSettings {
  /** Which failures are tried again, and when. Default: `RetryPolicy.standard`. */
  readonly policy?: Policy | undefined;
}

export const settingNames: ReadonlyArray<string> = [
  ...(["gateway", "gatewayUrl", "apiKey", "models", "routes", "timeoutMs", "maxCostUsd", "environment"] as const),
  ...(["concurrency", "pace", "traceHosts", "onEvent", "policy", "maxRetries"] as const),
] satisfies ReadonlyArray<keyof GatewayClientSettings>;

export const routeNames: ReadonlyArray<string> = [
  ...(["gateway", "gatewayUrl", "apiKey", "models"] as const),
] satisfies ReadonlyArray<keyof RouteSettings>;
