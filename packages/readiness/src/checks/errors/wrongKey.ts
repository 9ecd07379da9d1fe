/** E1: a wrong key (401) is tried once. */
import * as Effect from "effect/Effect";
import { type Check, usualAttestedDays } from "../Check.ts";
import { byDrill, undrilledCode } from "./byDrill.ts";
import { ownClient } from "./ownClient.ts";

export const wrongKey: Check = {
  id: "E1",
  group: "error handling",
  title: "a wrong key (401) is tried once",
  asks: "401: log it and surface a configuration error; do not retry, for the key is wrong.",
  verified: "In the drill's wrong-key, the program asks once, and does not print the key.",
  cannot: `${undrilledCode} Whether what it says names the key as the cause.`,
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    subject.service === undefined
      ? byDrill(subject, ["wrong-key"])
      : Effect.succeed(ownClient(subject.service, "a 401 is tried once, and names the key", false)),
};
