/** A gateway, ready to be called: the user's settings, checked, and everything about a request that does not change. */
import { type FieldError, InvalidConfiguration } from "@sluice/errors";
import { type GatewayChoice, type GatewayProfile, keyMistake, resolveGateway } from "@sluice/models";
import { type NanoUsd, parseUsd } from "@sluice/pricing";
import * as Redacted from "effect/Redacted";
import { loadGateway } from "./gatewayFile.ts";

/** The checklist's timeout: a cold model can take this long. In milliseconds. */
export const defaultTimeoutMs = 300_000;

export interface GatewaySettings extends GatewayChoice {
  /** A backend API key. Sent only to gateways that use one. */
  readonly apiKey?: string | Redacted.Redacted | undefined;
  /** The deadline of a call, over all attempts, waits and the body, in milliseconds. Default: 300 000. */
  readonly timeoutMs?: number | undefined;
  /** A dearer call is refused before it is sent. In USD, as a decimal such as `"0.05"`. */
  readonly maxCostUsd?: string | number | undefined;
}

export interface Target {
  readonly profile: GatewayProfile;
  readonly origin: string;
  /** The base URL's path, without a slash at the end. */
  readonly basePath: string;
  readonly jsonHeaders: Readonly<Record<string, string>>;
  readonly mediaHeaders: Readonly<Record<string, string>>;
  readonly secrets: ReadonlyArray<string>;
  readonly limits: Limits;
}

/** What a call may cost at most, in time and money. */
export interface Limits {
  readonly timeoutMs: number;
  readonly maxCost: NanoUsd | undefined;
}

const noLimits: Limits = { timeoutMs: defaultTimeoutMs, maxCost: undefined };

const userAgent = { "user-agent": "sluice" };

/** Every mistake in the settings, with the setting's name. */
export const checkSettings = (settings: GatewaySettings): ReadonlyArray<FieldError> => read(settings).fields;

const read = (settings: GatewaySettings) => {
  const loaded = loadGateway(settings);
  const resolved = loaded.ok ? resolveGateway(loaded.choice) : loaded;
  const key = keyOf(settings.apiKey);
  const limits = readLimits(settings, noLimits);
  const mistake = keyMistake(resolved.ok ? resolved.profile : { name: "the gateway", auth: "optional" }, key);
  const fields = [
    ...unknownIn(settings),
    ...(resolved.ok ? [] : resolved.fields),
    ...(mistake === undefined ? [] : [mistake]),
    ...limits.fields,
  ];
  return { resolved, key, limits: limits.value, fields };
};

const known: ReadonlySet<string> = new Set<keyof GatewaySettings | "onEvent" | "policy">([
  ...(["gateway", "gatewayUrl", "apiKey", "timeoutMs", "maxCostUsd"] as const),
  ...(["onEvent", "policy"] as const),
]);

/** A misspelt `gateway` would send prompts to the public one. */
const unknownIn = (settings: object): ReadonlyArray<FieldError> =>
  Object.keys(settings)
    .filter((name) => !known.has(name))
    .map((path) => ({
      path,
      message: "is not a setting",
      fix: `Leave it out; the settings are ${[...known].join(", ")}.`,
    }));

/** Throws `InvalidConfiguration`, which lists every mistake. */
export const makeTarget = (settings: GatewaySettings): Target => {
  const { resolved, key, limits, fields } = read(settings);
  if (!resolved.ok || fields.length > 0) {
    const name = resolved.ok ? resolved.profile.name : "the gateway";
    throw new InvalidConfiguration({ gateway: name, pipeline: "configuration", fields });
  }
  const { profile } = resolved;
  const { origin, pathname } = new URL(profile.baseUrl);
  const authorization = key === undefined || profile.auth === "none" ? {} : { authorization: `Bearer ${key}` };
  return {
    profile,
    origin,
    basePath: pathname.replace(/\/$/, ""),
    jsonHeaders: { ...userAgent, accept: "application/json", "content-type": "application/json", ...authorization },
    mediaHeaders: { ...userAgent, ...authorization },
    secrets: key === undefined ? [] : [key],
    limits,
  };
};

/** The limits of one call: what it names itself, else its defaults. */
export const readLimits = (
  { timeoutMs, maxCostUsd }: Pick<GatewaySettings, "timeoutMs" | "maxCostUsd">,
  defaults: Limits,
): { readonly value: Limits; readonly fields: ReadonlyArray<FieldError> } => {
  const fields: Array<FieldError> = [];
  if (timeoutMs !== undefined && !(Number.isFinite(timeoutMs) && timeoutMs > 0)) {
    fields.push({ path: "timeoutMs", message: `must be a positive number of milliseconds, but is ${timeoutMs}` });
  }
  const maxCost = maxCostUsd === undefined ? defaults.maxCost : parseUsd(maxCostUsd);
  if (maxCostUsd !== undefined && maxCost === undefined) {
    fields.push({ path: "maxCostUsd", message: `must be a decimal of USD such as 0.05, but is "${maxCostUsd}"` });
  }
  return { value: { timeoutMs: timeoutMs ?? defaults.timeoutMs, maxCost }, fields };
};

/** Surrounding white space is a copying accident, not a part of a key. */
const keyOf = (key: GatewaySettings["apiKey"]): string | undefined => {
  const text = (Redacted.isRedacted(key) ? Redacted.value(key) : key)?.trim();
  return text === "" ? undefined : text;
};
