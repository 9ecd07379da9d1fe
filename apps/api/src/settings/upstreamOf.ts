/** The gateways that a configuration names, with their keys, and how calls to them are made. */
import * as Redacted from "effect/Redacted";
import type { UpstreamSettings } from "../Upstream.ts";
import type { Configuration } from "./Configuration.ts";
import { contentOf } from "./configurationFile.ts";
import { type Environment, given } from "./environment.ts";

export const trafficOf = (configuration: Configuration): UpstreamSettings => {
  const { timeoutMs, maxCostUsd, maxRetries, environment, concurrency, pace, traceHosts } = configuration;
  return { timeoutMs, maxCostUsd, maxRetries, environment, concurrency, pace, traceHosts };
};

/** `files` and `mistakes` get what is found on the way. `emulator`: none is named, which is for trying things out. */
export const upstreamOf = (
  configuration: Configuration,
  env: Environment,
  files: Array<string>,
  mistakes: Array<string>,
): UpstreamSettings | "emulator" => {
  const { gateway, gatewayUrl, apiKeyFile, models, routes } = configuration;
  if (gateway === undefined && gatewayUrl === undefined && routes === undefined) {
    if (isProduction(configuration.environment ?? env["NODE_ENV"])) {
      mistakes.push("SLUICE_GATEWAY: is missing; in production, no emulator stands in for a gateway");
    }
    return "emulator";
  }
  const secretIn = (path: string): Redacted.Redacted | undefined => {
    files.push(path);
    const content = contentOf(path);
    if (content === undefined) mistakes.push(`the key's file ${path} cannot be read`);
    return content === undefined ? undefined : Redacted.make(content.trim());
  };
  const written = given(env, "LIVEPEER_API_KEY");
  const own = written === undefined ? undefined : Redacted.make(written);
  const keyOf = (file: string | undefined) => (file === undefined ? undefined : secretIn(file));
  const chosen = { gateway, gatewayUrl, models, ...trafficOf(configuration) };
  if (routes === undefined) return { ...chosen, apiKey: own ?? keyOf(apiKeyFile) };
  // One gateway's key is not for another.
  if (own !== undefined)
    mistakes.push("LIVEPEER_API_KEY: is of one gateway; with `routes`, give each its `apiKeyFile`");
  if (apiKeyFile !== undefined) mistakes.push("apiKeyFile: is of one gateway; with `routes`, give each its own");
  return { ...chosen, routes: routes.map(({ apiKeyFile: file, ...route }) => ({ ...route, apiKey: keyOf(file) })) };
};

const isProduction = (environment: string | undefined): boolean => /^\s*prod(uction)?\s*$/i.test(environment ?? "");
