/** E2: a refused request (422) is tried once. */
import * as Effect from "effect/Effect";
import { type Check, usualAttestedDays } from "../Check.ts";
import { byDrill, undrilledCode } from "./byDrill.ts";
import { ownClient } from "./ownClient.ts";

export const badField: Check = {
  id: "E2",
  group: "error handling",
  title: "a refused request (422) is tried once",
  asks: "422: log the full response body to find the failing field, and fix the request's shape.",
  verified: "In the drill's bad-field, the program asks once.",
  cannot: `${undrilledCode} Whether what it says names the field.`,
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    subject.service === undefined
      ? byDrill(subject, ["bad-field"])
      : Effect.succeed(ownClient(subject.service, "a 422 is tried once, and names the field", false)),
};
