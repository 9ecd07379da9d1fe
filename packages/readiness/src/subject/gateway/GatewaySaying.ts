/** What somebody, or a file, says about the gateway that production calls. */
import { type GatewayChoice, type GatewayProfile, livepeerStudio, resolveGateway } from "@sluice/models";
import type { Place } from "../../checks/Check.ts";

/** From what counts most to what counts least. */
export type SayingSource = "settings" | "service" | "environment" | "env file" | "deployment" | "code";

interface Said {
  readonly source: SayingSource;
  /** Who says so, such as `launch.toml` or `LIVEPEER_GATEWAY_URL`, with the line of a file. */
  readonly from: string;
  readonly place?: Place;
}

export type GatewaySaying = Said & ({ readonly profile: GatewayProfile } | { readonly mistake: string });

export const sayingOf = (said: Said, choice: GatewayChoice): GatewaySaying => {
  const resolution = resolveGateway(choice);
  if (!resolution.ok) {
    return {
      ...said,
      mistake: resolution.fields.map(({ message, fix = "" }) => `${message}. ${fix}`.trim()).join(" "),
    };
  }
  const { profile } = resolution;
  const { hostname, pathname } = new URL(profile.baseUrl);
  if (hostname !== new URL(livepeerStudio.baseUrl).hostname) return { ...said, profile };
  // Studio has the same routes with and without `beta`; the checklist names those with it.
  if (/^\/api\/(beta\/)?generate$/.test(pathname)) {
    return { ...said, profile: { ...livepeerStudio, baseUrl: profile.baseUrl } };
  }
  return { ...said, mistake: `${profile.baseUrl} is Studio, but not its gateway, which is ${livepeerStudio.baseUrl}.` };
};

export const isResolved = (saying: GatewaySaying): saying is Said & { readonly profile: GatewayProfile } =>
  "profile" in saying;
