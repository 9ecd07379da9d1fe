/** The gateways that production calls: of a service all of its own, else the one that somebody or something names. */
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import { isResolved } from "./gateway/GatewaySaying.ts";
import { gatewaySayings, productionGateway } from "./productionGateway.ts";
import type { Subject } from "./Subject.ts";

/** Empty: nobody says. */
export const gatewaysInUse = (subject: Subject): Effect.Effect<ReadonlyArray<GatewayProfile>> =>
  subject.service === undefined
    ? Effect.map(productionGateway(subject), (found) => (found === undefined ? [] : [found.profile]))
    : Effect.map(gatewaySayings(subject), (sayings) =>
        sayings
          .filter(({ source }) => source === "service")
          .filter(isResolved)
          .map(({ profile }) => profile),
      );
