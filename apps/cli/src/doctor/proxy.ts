/**
 * Proxies that the environment names. Sluice connects to gateways directly, whatever HTTPS_PROXY says: undici's agent, which
 * carries the calls, reads no such variable, and neither does NODE_USE_ENV_PROXY reach it.
 */
import { type Found, ok, warning } from "./Check.ts";

const first = (
  env: NodeJS.ProcessEnv,
  ...names: ReadonlyArray<string>
): readonly [name: string, value: string] | undefined => {
  const name = names.find((one) => (env[one] ?? "") !== "");
  return name === undefined ? undefined : [name, env[name] ?? ""];
};

/** The variable that says this address is reached through a proxy, unless NO_PROXY says otherwise. */
export const proxyFor = (url: URL, env: NodeJS.ProcessEnv): string | undefined => {
  const scheme = url.protocol.slice(0, -1);
  const named = first(env, `${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, "all_proxy", "ALL_PROXY");
  if (named === undefined) return undefined;
  const [, excluded = ""] = first(env, "no_proxy", "NO_PROXY") ?? [];
  return excluded.split(/[\s,]+/).some((pattern) => covers(pattern, url)) ? undefined : named[0];
};

const covers = (pattern: string, { hostname, port, protocol }: URL): boolean => {
  if (pattern === "*") return true;
  const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
  if (name === "") return false;
  if (only !== undefined && only !== (port === "" ? (protocol === "https:" ? "443" : "80") : port)) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
};

const isHere = ({ hostname }: URL): boolean =>
  hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");

/** The gateways' addresses. A proxy's own is not repeated: it may hold a password. */
export const checkProxy = (urls: ReadonlyArray<URL>, env: NodeJS.ProcessEnv): Found => {
  const meant = urls.filter((url) => !isHere(url)).map((url) => ({ url, variable: proxyFor(url, env) }));
  const proxied = meant.filter(({ variable }) => variable !== undefined);
  const variables = [...new Set(proxied.map(({ variable }) => variable))].join(" and ");
  if (variables === "") return ok("none for these gateways; Sluice connects directly");
  const hosts = [...new Set(proxied.map(({ url }) => url.hostname))];
  const [, excluded = ""] = first(env, "no_proxy", "NO_PROXY") ?? [];
  const all = [...(excluded === "" ? [] : [excluded]), ...hosts].join(",");
  return warning(
    `${variables} is set, but Sluice uses no proxy: it connects to ${hosts.join(" and ")} directly, which a network may forbid`,
    `export NO_PROXY=${all}`,
  );
};
