/** A gateway, ready to be called: everything about a request to it that does not change. */
import type { GatewayProfile } from "@sluice/models";

export interface Target {
  readonly profile: GatewayProfile;
  readonly origin: string;
  /** The base URL's path, without a slash at the end. */
  readonly basePath: string;
  readonly jsonHeaders: Readonly<Record<string, string>>;
  /** For what is no JSON: a file, or a form whose content type is its own. */
  readonly mediaHeaders: Readonly<Record<string, string>>;
  readonly secrets: ReadonlyArray<string>;
}

/** Of every request. What a gateway's proxy would compress, nobody here would unpack: media are compressed already. */
export const plainHeaders: Readonly<Record<string, string>> = { "user-agent": "sluice", "accept-encoding": "identity" };

export const targetOf = (profile: GatewayProfile, key: string | undefined): Target => {
  const { origin, pathname } = new URL(profile.baseUrl);
  const authorization = key === undefined || profile.auth === "none" ? {} : { authorization: `Bearer ${key}` };
  return {
    profile,
    origin,
    basePath: pathname.replace(/\/$/, ""),
    jsonHeaders: { ...plainHeaders, accept: "application/json", "content-type": "application/json", ...authorization },
    mediaHeaders: { ...plainHeaders, ...authorization },
    secrets: key === undefined ? [] : [key],
  };
};
