/** The settings of a client for promises: those of the Effect door, without Effect's own types. */
import type { CallSettings, LimitSettings, RouteModels, TrafficSettings } from "../settings/Settings.ts";

/** A gateway, and the models to ask it for. */
export interface Route extends RouteModels {
  /** A backend API key. Sent only to gateways that use one. */
  readonly apiKey?: string | undefined;
}

export interface LivepeerGatewayOptions extends Route, LimitSettings, TrafficSettings, CallSettings {
  /**
   * Several gateways or models, in order of preference, instead of one `gateway`: a model that is known to be warm comes
   * first, and a call whose gateway is cold, cannot be reached or does not offer the pipeline takes the next.
   */
  readonly routes?: ReadonlyArray<Route> | undefined;
}
