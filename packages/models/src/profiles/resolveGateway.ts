/** From what a user says of a gateway (a profile's name, a base URL, both, or its data) to a profile with an address. */
import type { GatewayProfile } from "./GatewayProfile.ts";
import { namedGateway, type Resolution } from "./namedGateway.ts";
import { type GatewayFile, parseProfile } from "./parseProfile.ts";

export type { Resolution } from "./namedGateway.ts";

export interface GatewayChoice {
  /**
   * A profile's name, a base URL, or a gateway of the user's own as data. Without it and `gatewayUrl`: the free development
   * gateway.
   */
  readonly gateway?: string | GatewayFile | GatewayProfile | undefined;
  /** The address of the profile that `gateway` names; alone, a base URL. A base URL in `gateway` has no use for it. */
  readonly gatewayUrl?: string | undefined;
}

/** Empty strings count as not given: that is what `NAME=` in an `.env` file means. A text alone is the `gateway`. */
export const resolveGateway = (given: GatewayChoice | string): Resolution => {
  const { gateway = "", gatewayUrl = "" } = typeof given === "string" ? { gateway: given } : given;
  if (typeof gateway === "string") return namedGateway(gateway, gatewayUrl);
  return ofOwn(gatewayUrl === "" ? gateway : { ...gateway, baseUrl: gatewayUrl });
};

/** The mistakes of a profile are those of the setting that holds it. */
const ofOwn = (data: GatewayFile | GatewayProfile): Resolution => {
  const parsed = parseProfile(data);
  if (parsed.ok) return parsed;
  const fields = parsed.fields.map((field) => ({
    ...field,
    path: field.path === "" ? "gateway" : `gateway.${field.path}`,
  }));
  return { ok: false, fields };
};
