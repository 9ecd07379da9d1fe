/** The options of a page's client, checked: every mistake by its name, or the settings of a client of its proxy. */
import { type FieldError, InvalidConfiguration } from "@sluice/errors";
import type { GatewayFile } from "@sluice/models";
import { mistakesIn, type Surroundings } from "../settings/readSettings.ts";
import type { GatewayClientSettings } from "../settings/Settings.ts";
import type { Credentials } from "../transport/fetch.ts";
import type { LivepeerProxyOptions } from "./LivepeerProxyOptions.ts";

export interface ReadOptions {
  readonly settings: GatewayClientSettings;
  readonly origin: string;
  readonly credentials: Credentials;
}

/** A page knows no environment, and reads no files. */
export const browserSurroundings: Surroundings = {
  environment: undefined,
  loadGateway: (choice) => ({ ok: true, choice }),
};

/** Throws `InvalidConfiguration`, which lists every mistake. */
export const readOptions = (options: LivepeerProxyOptions): ReadOptions => {
  const { proxyUrl, credentials = "same-origin", timeoutMs, maxCostUsd, onEvent, maxRetries, concurrency } = options;
  const url = typeof proxyUrl === "string" && proxyUrl !== "" ? addressOf(proxyUrl) : undefined;
  const limits = { timeoutMs, maxCostUsd, onEvent, maxRetries, concurrency };
  const settings = { gateway: profileAt(url ?? placeholder), ...limits };
  const fields = [
    ...unknownIn(options),
    ...(url === undefined ? [noAddress(proxyUrl)] : []),
    ...(kinds.includes(credentials) ? [] : [{ path: "credentials", message: `must be one of ${kinds.join(", ")}` }]),
    ...mistakesIn(settings, browserSurroundings).map(ofProxy),
  ];
  if (fields.length > 0) throw new InvalidConfiguration({ gateway: name, pipeline: "configuration", fields });
  return { settings, origin: new URL(url ?? placeholder).origin, credentials };
};

const name = "proxy";

/** Lets the other settings be checked when there is no address. */
const placeholder = "https://proxy.invalid";

const kinds: ReadonlyArray<Credentials> = ["include", "omit", "same-origin"];

/** It is asked as a gateway is. What it says is taken as HTTP means it: who answers behind it is not known. */
const profileAt = (baseUrl: string): GatewayFile => ({ name, baseUrl, auth: "none", dialect: "generic" });

const known: ReadonlyArray<string> = [
  ...(["proxyUrl", "timeoutMs", "maxCostUsd", "onEvent", "maxRetries", "concurrency", "credentials"] as const),
] satisfies ReadonlyArray<keyof LivepeerProxyOptions>;

const ofServer: ReadonlyArray<string> = ["apiKey", "routes", "gateway", "gatewayUrl"];

const unknownIn = (options: object): ReadonlyArray<FieldError> =>
  Object.entries(options).flatMap(([path, value]) => {
    if (known.includes(path) || value === undefined) return [];
    if (!ofServer.includes(path)) {
      return [{ path, message: "is not a setting", fix: `Leave it out; the settings are ${known.join(", ")}.` }];
    }
    const message = "has no place in a page: whoever opens the page can read it";
    return [{ path, message, fix: "Leave it out, and give it to the server behind proxyUrl, which adds the key." }];
  });

/** Absolute; a page's own addresses are relative to it. */
const addressOf = (proxyUrl: string): string | undefined => {
  const { document, location } = globalThis as Partial<Page>;
  const base = document?.baseURI ?? location?.href;
  if (!URL.canParse(proxyUrl, base)) return undefined;
  return new URL(proxyUrl, base).href;
};

interface Page {
  readonly document: { readonly baseURI: string };
  readonly location: { readonly href: string };
}

const noAddress = (proxyUrl: unknown): FieldError => ({
  path: "proxyUrl",
  message: typeof proxyUrl === "string" && proxyUrl !== "" ? "is no URL, nor is there a page for it" : "is missing",
  fix: "Give the address of your server that calls the gateway, such as /api/livepeer.",
});

const ofProxy = (field: FieldError): FieldError =>
  field.path.startsWith("gateway") ? { ...field, path: "proxyUrl" } : field;
