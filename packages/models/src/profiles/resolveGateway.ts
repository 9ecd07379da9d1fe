/** From what a user says of a gateway (a profile's name, a base URL, or both) to a profile with an address. */
import type { FieldError } from "@sluice/errors";
import { goLivepeer, livepeerCloud, livepeerStudio, profileNames } from "./builtin.ts";
import type { GatewayProfile } from "./GatewayProfile.ts";

export interface GatewayChoice {
  /** A profile's name or a base URL. Without it and `gatewayUrl`: the free development gateway. */
  readonly gateway?: string | undefined;
  /** The address of the profile that `gateway` names; alone, a base URL. A base URL in `gateway` has no use for it. */
  readonly gatewayUrl?: string | undefined;
}

export type Resolution =
  | { readonly ok: true; readonly profile: GatewayProfile }
  | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

/** Empty strings count as not given: that is what `NAME=` in an `.env` file means. */
export const resolveGateway = (choice: GatewayChoice): Resolution => {
  const { gateway = "", gatewayUrl = "" } = choice;
  if (gateway.includes("://")) return fromUrl("gateway", gateway);
  if (gateway === "") {
    return gatewayUrl === "" ? { ok: true, profile: livepeerCloud } : fromUrl("gatewayUrl", gatewayUrl);
  }
  const profile = [livepeerCloud, livepeerStudio, goLivepeer].find(({ name }) => name === gateway);
  if (profile === undefined) {
    const hint = /^[\w.-]+:\d+/.test(gateway) ? `; did you mean http://${gateway}?` : "";
    const problem = `is neither a base URL (https://…) nor one of ${profileNames.join(", ")}`;
    return refuse("gateway", `${shown(gateway)} ${problem}${hint}`);
  }
  if (gatewayUrl !== "") return at("gatewayUrl", gatewayUrl, (baseUrl) => ({ ...profile, baseUrl }));
  return "baseUrl" in profile
    ? { ok: true, profile: profile as GatewayProfile }
    : refuse("gatewayUrl", `${gateway} has no address of its own; give its base URL, such as http://127.0.0.1:8937`);
};

/** A bare URL is a go-livepeer gateway, unless a known gateway lives there. */
const fromUrl = (field: keyof GatewayChoice, url: string): Resolution =>
  at(
    field,
    url,
    (baseUrl) =>
      [livepeerCloud, livepeerStudio].find((known) => known.baseUrl === baseUrl) ?? {
        ...goLivepeer,
        name: baseUrl,
        baseUrl,
      },
  );

const at = (field: keyof GatewayChoice, text: string, profileAt: (baseUrl: string) => GatewayProfile): Resolution => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = url === undefined ? "is not a URL" : problemOf(url);
  if (url === undefined || problem !== undefined) return refuse(field, `${shown(text)} ${problem ?? ""}`);
  return { ok: true, profile: profileAt(url.origin + url.pathname.replace(/\/+$/, "")) };
};

const problemOf = ({ protocol, username, password, search, hash }: URL): string | undefined => {
  if (protocol !== "https:" && protocol !== "http:") return "must begin with https:// or http://";
  if (username !== "" || password !== "") return "must not hold a user name or password; give the key separately";
  return search === "" && hash === "" ? undefined : "must not have a query or a fragment";
};

/** What the user wrote, without a password. What holds an `@` and is no URL may hide one anywhere. */
const shown = (text: string): string => {
  if (!text.includes("@")) return `"${text}"`;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return "the address";
  const { protocol, host, pathname } = new URL(text);
  return `"${protocol}//<redacted>@${host}${pathname}"`;
};

const refuse = (path: string, message: string): Resolution => ({ ok: false, fields: [{ path, message }] });
