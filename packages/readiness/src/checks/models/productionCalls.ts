/** Calls that ended, at the gateways of production; where nobody says which these are, at all but the emulator. */
import { emulator, type GatewayProfile } from "@sluice/models";
import type { CallEnded } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import type { Subject } from "../../subject/Subject.ts";
import { gatewaysInUse } from "../../subject/gatewaysInUse.ts";

/** In the order of time. */
export const productionCalls = (subject: Subject): Effect.Effect<ReadonlyArray<CallEnded>> =>
  Effect.map(gatewaysInUse(subject), (gateways) => {
    const counts = (name: string): boolean =>
      gateways.length === 0 ? !isCalled(emulator, name) : gateways.some((gateway) => isCalled(gateway, name));
    return subject.calls.flatMap((event) =>
      event.type === "call-ended" && event.pipeline !== "download" && counts(event.gateway) ? [event] : [],
    );
  });

const isCalled = ({ name, baseUrl }: GatewayProfile, given: string): boolean => given === name || given === baseUrl;
