/** The gateways that a configuration names, with their keys, and how calls to them are made. */
import * as Redacted from "effect/Redacted";
import type { UpstreamSettings } from "../Upstream.ts";
import type { Configuration } from "./Configuration.ts";
import { contentOf } from "./configurationFile.ts";
import { type Environment, given, variableOf } from "./environment.ts";

export const trafficOf = (configuration: Configuration): UpstreamSettings => {
  const { timeoutMs, maxCostUsd, maxRetries, environment, concurrency, pace, traceHosts } = configuration;
  return { timeoutMs, maxCostUsd, maxRetries, environment, concurrency, pace, traceHosts };
};

/** What is found on the way. */
export interface Found {
  /** That were read. */
  readonly files: Array<string>;
  readonly mistakes: Array<string>;
  readonly warnings: Array<string>;
}

/** `emulator`: none is named, which is for trying things out. */
export const upstreamOf = (
  configuration: Configuration,
  env: Environment,
  { files, mistakes, warnings }: Found,
): UpstreamSettings | "emulator" => {
  const { gateway, gatewayUrl, apiKeyFile, models, routes } = configuration;
  if (gateway === undefined && gatewayUrl === undefined && routes === undefined) {
    if (isProduction(configuration.environment ?? env["NODE_ENV"])) {
      mistakes.push("SLUICE_GATEWAY: is missing; in production, no emulator stands in for a gateway");
    }
    return "emulator";
  }
  const keyIn = (path: string | undefined, setting: string): Redacted.Redacted | undefined => {
    if (path === undefined) return undefined;
    files.push(path);
    const content = contentOf(path);
    if (content === undefined) mistakes.push(`${setting}: the key's file ${path} cannot be read`);
    return content === undefined ? undefined : Redacted.make(content.trim());
  };
  const written = given(env, "LIVEPEER_API_KEY");
  const own = written === undefined ? undefined : Redacted.make(written);
  const ofFile = variableOf("apiKeyFile", env);
  const chosen = { gateway, gatewayUrl, models, ...trafficOf(configuration) };
  if (routes === undefined) {
    if (own === undefined) return { ...chosen, apiKey: keyIn(apiKeyFile, ofFile ?? "apiKeyFile") };
    if (ofFile !== undefined) {
      mistakes.push(`LIVEPEER_API_KEY: is set beside ${ofFile}, and only one of them can be meant; unset the other`);
    } else if (apiKeyFile !== undefined) {
      warnings.push("LIVEPEER_API_KEY wins over apiKeyFile of the configuration file, which is not read");
    }
    return { ...chosen, apiKey: own };
  }
  // One gateway's key is not for another.
  if (own !== undefined)
    mistakes.push("LIVEPEER_API_KEY: is of one gateway; with `routes`, give each its `apiKeyFile`");
  if (apiKeyFile !== undefined)
    mistakes.push(`${ofFile ?? "apiKeyFile"}: is of one gateway; with \`routes\`, give each its own`);
  return {
    ...chosen,
    routes: routes.map(({ apiKeyFile: file, ...route }, at) => ({
      ...route,
      apiKey: keyIn(file, `routes.${at}.apiKeyFile`),
    })),
  };
};

const isProduction = (environment: string | undefined): boolean => /^\s*prod(uction)?\s*$/i.test(environment ?? "");
