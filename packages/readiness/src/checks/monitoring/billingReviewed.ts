/** O5: somebody looks at the bill every week. A habit of people, where there is a bill. */
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import type { Check, Verdict } from "../Check.ts";
import { gatewaysInUse } from "../../subject/gatewaysInUse.ts";

export const billingReviewed: Check = {
  id: "O5",
  group: "monitoring",
  title: "billing is looked at every week",
  asks: "Monitor the Studio billing dashboard weekly during ramp-up.",
  verified:
    "By the word of a person, each week, where production's gateway charges for usage: it never fails, and keeps a launch back without one that counts.",
  cannot: "Whether somebody looked: it is a habit of people.",
  attestedDays: 7,
  judge: (subject) => Effect.map(gatewaysInUse(subject), judged),
};

const judged = (gateways: ReadonlyArray<GatewayProfile>): Verdict => {
  const names = gateways.map(({ name }) => name).join(", ");
  if (gateways.length > 0 && gateways.every(({ charges }) => charges === "nothing"))
    return { status: "skip", evidence: `${names} sends no bill` };
  return {
    status: "manual",
    evidence: gateways.length === 0 ? "nobody says which gateway production calls" : `${names} sends a bill`,
    why: "that somebody looks at a bill leaves no trace that a program could read",
    fix: `Look at the gateway's billing dashboard and compare it with sluice stats, then sluice launch attest O5 --by you --evidence "…"`,
  };
};
