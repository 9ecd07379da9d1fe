/** E4: a rate limit (429) is respected. */
import * as Effect from "effect/Effect";
import { type Check, usualAttestedDays } from "../Check.ts";
import { byDrill, undrilledCode } from "./byDrill.ts";
import { ownClient } from "./ownClient.ts";

export const rateLimited: Check = {
  id: "E4",
  group: "error handling",
  title: "a rate limit (429) is respected",
  asks: "429: back off and retry; check the limits in Studio's dashboard.",
  verified: "In the drill's rate-limit, the program waits at least as long as Retry-After asks, and then asks again.",
  cannot: undrilledCode,
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    subject.service === undefined
      ? byDrill(subject, ["rate-limit"])
      : Effect.succeed(ownClient(subject.service, "a 429 is tried again when Retry-After says so", true)),
};
