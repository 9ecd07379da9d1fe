/** The keys of the gateways that production calls. */
import { type GatewayProfile, resolveGateway } from "@sluice/models";
import type { KnownKey, Subject } from "../../subject/Subject.ts";

/** The gateway that a key may be shown to: the one that it was stored for, and no other. */
export const gatewayOf = ({ baseUrl }: KnownKey, used: ReadonlyArray<GatewayProfile>): GatewayProfile | undefined =>
  baseUrl === undefined
    ? undefined
    : used.length === 0
      ? profileAt(baseUrl)
      : used.find((gateway) => gateway.baseUrl === baseUrl);

/** Those of production; a key of which nobody knows whose it is may be one. */
export const keysOfProduction = ({ keys }: Subject, used: ReadonlyArray<GatewayProfile>): ReadonlyArray<KnownKey> =>
  keys.filter((key) => key.baseUrl === undefined || used.length === 0 || gatewayOf(key, used) !== undefined);

/** Why there is no key to look at; `undefined`: there should be one. */
export const needsNoKey = (used: ReadonlyArray<GatewayProfile>): string | undefined =>
  used.length > 0 && used.every(({ auth }) => auth !== "required")
    ? `${used.map(({ name }) => name).join(" and ")}: asks for no key, as far as is known, and none is known here`
    : undefined;

const profileAt = (baseUrl: string): GatewayProfile | undefined => {
  const resolution = resolveGateway({ gateway: baseUrl });
  return resolution.ok ? resolution.profile : undefined;
};
