/** The variables of the environment, and what each sets in the configuration. What a variable says wins over the file. */
import { nearest } from "@sluice/models";

export type Environment = Readonly<Record<string, string | undefined>>;

type Kind = "text" | "number" | "boolean";

interface Variable {
  /** The setting's path in the configuration. */
  readonly path: string;
  readonly kind: Kind;
}

const of = (path: string, kind: Kind = "text"): Variable => ({ path, kind });

const variables: Readonly<Record<string, Variable>> = {
  HOST: of("host"),
  PORT: of("port", "number"),
  SLUICE_PUBLIC_URL: of("publicUrl"),
  SLUICE_ADMIN_HOST: of("admin.host"),
  SLUICE_ADMIN_PORT: of("admin.port", "number"),
  SLUICE_GATEWAY: of("gateway"),
  SLUICE_GATEWAY_URL: of("gatewayUrl"),
  LIVEPEER_API_KEY_FILE: of("apiKeyFile"),
  SLUICE_TIMEOUT_MS: of("timeoutMs", "number"),
  SLUICE_MAX_COST: of("maxCostUsd"),
  SLUICE_ENVIRONMENT: of("environment"),
  SLUICE_CONCURRENCY: of("concurrency", "number"),
  SLUICE_PACE: of("pace", "boolean"),
  SLUICE_SLO: of("slo"),
  SLUICE_MEDIA_STORE: of("media.store"),
  SLUICE_MEDIA_FOLDER: of("media.folder"),
  SLUICE_DRAIN_DELAY_SECONDS: of("drain.delaySeconds", "number"),
  SLUICE_LOG_LEVEL: of("log.level"),
  SLUICE_LOG_PROMPTS: of("log.prompts", "boolean"),
};

/** Those that set nothing by themselves: where to read on, and secrets. */
const others = ["SLUICE_CONFIG", "SLUICE_KEYS", "SLUICE_KEYS_FILE", "LIVEPEER_API_KEY"];

/** An empty variable counts as not set, which is what `NAME=` in an `.env` file means. */
export const given = (env: Environment, name: string): string | undefined => {
  const value = env[name];
  return value === undefined || value === "" ? undefined : value;
};

/** The settings that the environment makes, by their paths. */
export const settingsIn = (env: Environment): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries(variables).flatMap(([name, { path, kind }]) => {
      const value = given(env, name);
      return value === undefined ? [] : [[path, valueOf(kind, value)] as const];
    }),
  );

/** What cannot be read stays a text, which the configuration's own check refuses by the variable's name. */
const valueOf = (kind: Kind, value: string): unknown => {
  if (kind === "number" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (kind === "boolean" && (value === "true" || value === "1")) return true;
  if (kind === "boolean" && (value === "false" || value === "0")) return false;
  return value;
};

/** Which variable has set what is at a path, if one has. */
export const variableOf = (path: string, env: Environment): string | undefined =>
  Object.entries(variables).find(([name, variable]) => variable.path === path && given(env, name) !== undefined)?.[0];

/** What can be set by a variable of the environment; OpenTelemetry has more. */
export const variableNames: ReadonlyArray<string> = [...Object.keys(variables), ...others];

/** A variable that is nearly one of ours is one of ours, misspelt: it would set nothing. */
export const misspelt = (env: Environment): ReadonlyArray<string> =>
  Object.keys(env)
    .filter(
      (name) =>
        name.startsWith("SLUICE_") &&
        !isOfKubernetes(name) &&
        !variableNames.includes(name) &&
        given(env, name) !== undefined,
    )
    .flatMap((name) => {
      const meant = nearest(name, variableNames);
      return meant === undefined ? [] : [`${name}: is not a variable of this service; did you mean ${meant}?`];
    });

/** It tells each container where every service is, ours too: `SLUICE_API_PORT=tcp://…` of one that is called sluice-api. */
const isOfKubernetes = (name: string): boolean => /_(SERVICE_(HOST|PORT)|PORT(_\d+_(TCP|UDP))?)(_|$)/.test(name);
