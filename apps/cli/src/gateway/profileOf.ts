/** The gateway that the settings mean, as a profile with its address, for those who need to know it before they call. */
import { type GatewayProfile, resolveGateway } from "@sluice/models";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";
import { gatewayOf } from "../settings/gatewayOf.ts";
import type { Settings } from "../settings/Settings.ts";
import { isGatewayFile, readGateway } from "./gatewayFile.ts";

export const profileOf = (settings: Settings): Effect.Effect<GatewayProfile, Failed> =>
  Effect.suspend(() => {
    const choice = gatewayOf(settings);
    const { gateway = "", gatewayUrl } = choice;
    const resolved = isGatewayFile(gateway) ? readGateway(gateway, gatewayUrl) : resolveGateway(choice);
    if (resolved.ok) return Effect.succeed(resolved.profile);
    const { from, where } = settings.gateway.origin;
    const [{ message, fix } = { message: "it is no gateway" }] = resolved.fields;
    const facts = { message: `gateway (${where}): ${message}`, ...(fix === undefined ? {} : { fix }) };
    return Effect.fail(failed(from === "flag" ? "SLUICE-USAGE" : "SLUICE-CONFIG", facts));
  });
