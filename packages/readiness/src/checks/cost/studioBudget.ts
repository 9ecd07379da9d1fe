/** C3: Studio itself warns before a bill surprises. Only a person who is signed in there can see it. */
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";
import { gatewaysInUse } from "../../subject/gatewaysInUse.ts";

export const studioBudget: Check = {
  id: "C3",
  group: "cost",
  title: "a budget alert is set in Studio",
  asks: "Cost projection completed and budget alert set in Studio.",
  verified:
    "By the word of a person, where production calls Livepeer Studio: it never fails, and keeps a launch back without one that counts.",
  cannot: "The alert itself: Studio has no API for it that an API key may read.",
  attestedDays: usualAttestedDays,
  judge: (subject) => Effect.map(gatewaysInUse(subject), judged),
};

const judged = (gateways: ReadonlyArray<GatewayProfile>): Verdict => {
  if (gateways.length > 0 && gateways.every(({ dialect }) => dialect !== "studio"))
    return { status: "skip", evidence: `production calls ${gateways.map(({ name }) => name).join(", ")}, not Studio` };
  return {
    status: "manual",
    evidence: gateways.length === 0 ? "nobody says which gateway production calls" : "production calls Studio",
    why: "Studio has no API for budget alerts that an API key may read",
    fix: `Set it in the billing settings of Studio's dashboard, then sluice launch attest C3 --by you --evidence "…"`,
  };
};
