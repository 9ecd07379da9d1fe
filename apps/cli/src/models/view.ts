/** What a look at the models is based on: the gateway that is meant, and the network where one is named. */
import { InvalidConfiguration } from "@sluice/errors";
import { type GatewayProfile, resolveGateway } from "@sluice/models";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { Failed } from "../failures/Failed.ts";
import { isGatewayFile, readGateway } from "../gateway/gatewayFile.ts";
import { gatewayOf } from "../settings/gatewayOf.ts";
import { loadSettings } from "../settings/Settings.ts";
import { readNetwork, type Seen } from "./network.ts";

/** For a profile whose address nobody needs to know here. */
const anywhere = "http://127.0.0.1";

/** As a client reads it; but no key is needed, and no address. */
export const profileOf = (
  gateway: Option.Option<string>,
): Effect.Effect<GatewayProfile, Failed | InvalidConfiguration> =>
  Effect.gen(function* () {
    const { gateway: name = "", gatewayUrl } = gatewayOf(yield* loadSettings({ gateway }));
    const found = isGatewayFile(name)
      ? readGateway(name, gatewayUrl)
      : resolveGateway({ gateway: name, gatewayUrl: gatewayUrl ?? anywhere });
    if (found.ok) return found.profile;
    return yield* new InvalidConfiguration({ gateway: name, pipeline: "models", fields: found.fields });
  });

export const seenOn = (network: Option.Option<string>): Effect.Effect<Seen | undefined, Failed> =>
  Option.isSome(network) ? readNetwork(network.value) : Effect.succeed(undefined);
