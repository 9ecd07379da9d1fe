/** From what a user says of a gateway (a profile's name, a base URL, both, or its data) to a profile with an address. */
import type { FieldError } from "@sluice/errors";
import { builtin, goLivepeer, hosted, isForDevelopment, livepeerCloud, profileNames } from "./builtin.ts";
import { mistakeInBaseUrl, shown, tidyBaseUrl } from "./baseUrl.ts";
import { nearest } from "../nearest.ts";
import type { GatewayProfile } from "./GatewayProfile.ts";
import { type GatewayFile, parseProfile } from "./parseProfile.ts";

export interface GatewayChoice {
  /**
   * A profile's name, a base URL, or a gateway of the user's own as data. Without it and `gatewayUrl`: the free development
   * gateway.
   */
  readonly gateway?: string | GatewayFile | GatewayProfile | undefined;
  /** The address of the profile that `gateway` names; alone, a base URL. A base URL in `gateway` has no use for it. */
  readonly gatewayUrl?: string | undefined;
}

export type Resolution =
  | { readonly ok: true; readonly profile: GatewayProfile }
  | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

/** Empty strings count as not given: that is what `NAME=` in an `.env` file means. A text alone is the `gateway`. */
export const resolveGateway = (given: GatewayChoice | string): Resolution => {
  const { gateway = "", gatewayUrl = "" } = typeof given === "string" ? { gateway: given } : given;
  if (typeof gateway !== "string") return ofOwn(gatewayUrl === "" ? gateway : { ...gateway, baseUrl: gatewayUrl });
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

/** A bare URL is a go-livepeer gateway, unless a known gateway lives there. */
const fromUrl = (field: keyof GatewayChoice, url: string): Resolution =>
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

const at = (field: keyof GatewayChoice, text: string, profileAt: (baseUrl: string) => GatewayProfile): Resolution => {
  const mistake = mistakeInBaseUrl(text);
  if (mistake !== undefined) return refuse(field, mistake);
  const profile = profileAt(tidyBaseUrl(text));
  return { ok: true, profile: isForDevelopment(profile.baseUrl) ? { ...profile, stage: "development" } : profile };
};

const refuse = (path: string, message: string, fix?: string): Resolution => ({
  ok: false,
  fields: [{ path, message, ...(fix === undefined ? {} : { fix }) }],
});
