/** S2: somebody can be called. */
import * as Effect from "effect/Effect";
import { type Check, usualAttestedDays } from "../Check.ts";

export const incidentContact: Check = {
  id: "S2",
  group: "launch",
  title: "somebody is called when it fails",
  asks: "Incident response contact: who answers for this application, and how Livepeer is reached.",
  verified: "`[incident] contact` is set in launch.toml.",
  attestedDays: usualAttestedDays,
  judge: ({ settings: { incident }, service }) =>
    Effect.succeed(
      incident !== undefined
        ? { status: "pass", evidence: incident.contact }
        : service !== undefined
          ? { status: "skip", evidence: "a service has no launch.toml" }
          : {
              status: "fail",
              evidence: "launch.toml names nobody",
              fix: 'Add to launch.toml: [incident] and contact = "…" (Livepeer itself: Discord #builders, support@livepeer.org)',
            },
    ),
};
