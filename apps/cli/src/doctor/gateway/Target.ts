/** A gateway that is visited: the one that is used, and those that Sluice knows by name. */
import { type GatewayFile, livepeerCloud, livepeerStudio, type GatewayProfile, resolveGateway } from "@sluice/models";
import { readFileSync } from "node:fs";
import { gatewayOf } from "../../settings/gatewayOf.ts";
import type { Settings } from "../../settings/Settings.ts";
import type { Question } from "./visit.ts";

export interface Target {
  readonly profile: GatewayProfile;
  /** It is the one that calls go to: what is wrong with it is a failure, and with another a warning. */
  readonly isUsed: boolean;
}

export interface Targets {
  readonly targets: ReadonlyArray<Target>;
  /** Why the gateway that is used cannot be told. */
  readonly mistake: string | undefined;
}

/** `named`: by a flag, and then it alone is visited. Without settings, what is known by name is. */
export const targetsOf = (settings: Settings | undefined, named: boolean): Targets => {
  const others = named ? [] : [livepeerCloud, livepeerStudio];
  if (settings === undefined) return { targets: others.map(other), mistake: undefined };
  const resolution = resolve(settings);
  if (typeof resolution === "string") return { targets: others.map(other), mistake: resolution };
  const rest = others.filter(({ baseUrl }) => baseUrl !== resolution.baseUrl);
  return { targets: [{ profile: resolution, isUsed: true }, ...rest.map(other)], mistake: undefined };
};

const other = (profile: GatewayProfile): Target => ({ profile, isUsed: false });

/** The profile, or what is wrong. */
const resolve = (settings: Settings): GatewayProfile | string => {
  const choice = gatewayOf(settings);
  const { gateway = "" } = choice;
  const isFile = gateway.endsWith(".json") && !gateway.includes("://");
  let data: GatewayFile | undefined;
  try {
    if (isFile) data = JSON.parse(readFileSync(gateway, "utf8").replace(/^\uFEFF/, "")) as GatewayFile;
  } catch {
    return `the file "${gateway}" cannot be read as JSON`;
  }
  const resolution = resolveGateway(data === undefined ? choice : { ...choice, gateway: data });
  if (resolution.ok) return resolution.profile;
  return resolution.fields.map(({ message, fix = "" }) => `${message}. ${fix}`.replace(/\. $/, "")).join("; ");
};

/**
 * What costs nothing and tells whether a pipeline is there. go-livepeer answers a GET; Studio sends a call without a key
 * back, and only on a path that it has.
 */
export const questionFor = ({ baseUrl, dialect }: GatewayProfile): Question => ({
  method: dialect === "studio" ? "POST" : "GET",
  url: new URL(`${baseUrl}/text-to-image`),
});
