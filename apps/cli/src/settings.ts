/** What the environment and the flags say of the gateway; a flag wins. */
import type { GatewaySettings } from "@sluice/core/effect";
import * as Option from "effect/Option";
import * as Redacted from "effect/Redacted";

export interface GatewayFlags {
  readonly gateway: Option.Option<string>;
  readonly maxCost: Option.Option<string>;
  readonly timeoutMs: Option.Option<number>;
}

/** The settings that a terminal can say: a gateway by its name, its address or its file. */
export interface TypedSettings extends GatewaySettings {
  readonly gateway?: string | undefined;
}

export const gatewaySettings = (flags: GatewayFlags, env: NodeJS.ProcessEnv): TypedSettings => {
  const key = env["LIVEPEER_API_KEY"];
  return {
    gateway: Option.getOrUndefined(flags.gateway) ?? env["SLUICE_GATEWAY"],
    gatewayUrl: env["SLUICE_GATEWAY_URL"],
    apiKey: key === undefined ? undefined : Redacted.make(key),
    maxCostUsd: Option.getOrUndefined(flags.maxCost),
    timeoutMs: Option.getOrUndefined(flags.timeoutMs),
  };
};
