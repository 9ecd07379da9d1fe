/** From a profile's name or a base URL to a profile with an address. It loads no schema, for programs that must start at once. */
import type { FieldError } from "@sluice/errors";
import { nearest } from "../nearest.ts";
import { mistakeInBaseUrl, shown, tidyBaseUrl } from "./baseUrl.ts";
import { builtin, goLivepeer, hosted, isForDevelopment, livepeerCloud, profileNames } from "./builtin.ts";
import type { GatewayProfile } from "./GatewayProfile.ts";

export type Resolution =
  | { readonly ok: true; readonly profile: GatewayProfile }
  | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

/** The settings that hold them. */
type Field = "gateway" | "gatewayUrl";

/** As `resolveGateway`, of texts alone. */
export const namedGateway = (gateway: string, gatewayUrl = ""): Resolution => {
  if (gateway.includes("://")) return fromUrl("gateway", gateway);
  if (gateway === "") {
    return gatewayUrl === "" ? { ok: true, profile: livepeerCloud } : fromUrl("gatewayUrl", gatewayUrl);
  }
  const profile = builtin.find(({ name }) => name === gateway);
  if (profile === undefined) {
    const hint = /^[\w.-]+:\d+/.test(gateway) ? `; did you mean http://${gateway}?` : "";
    const problem = `is neither a base URL (https://…) nor one of ${profileNames.join(", ")}`;
    const meant = nearest(gateway, profileNames);
    return refuse("gateway", `${shown(gateway.slice(0, 200))} ${problem}${hint}`, meant && `Did you mean ${meant}?`);
  }
  if (gatewayUrl !== "") return at("gatewayUrl", gatewayUrl, (baseUrl) => ({ ...profile, baseUrl }));
  return "baseUrl" in profile
    ? { ok: true, profile: profile as GatewayProfile }
    : refuse("gatewayUrl", `${gateway} has no address of its own; give its base URL, such as http://127.0.0.1:8937`);
};

/** A bare URL is a go-livepeer gateway, unless a known gateway lives there. */
const fromUrl = (field: Field, url: string): Resolution =>
  at(
    field,
    url,
    (baseUrl) =>
      hosted.find((known) => known.baseUrl === baseUrl) ?? {
        ...goLivepeer,
        name: baseUrl,
        baseUrl,
      },
  );

const at = (field: Field, text: string, profileAt: (baseUrl: string) => GatewayProfile): Resolution => {
  const mistake = mistakeInBaseUrl(text);
  if (mistake !== undefined) return refuse(field, mistake);
  const profile = profileAt(tidyBaseUrl(text));
  return { ok: true, profile: isForDevelopment(profile.baseUrl) ? { ...profile, stage: "development" } : profile };
};

const refuse = (path: string, message: string, fix?: string): Resolution => ({
  ok: false,
  fields: [{ path, message, ...(fix === undefined ? {} : { fix }) }],
});
