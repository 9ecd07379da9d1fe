/** E3: a cold model (503) is waited for. */
import * as Effect from "effect/Effect";
import { type Check, usualAttestedDays } from "../Check.ts";
import { byDrill, undrilledCode } from "./byDrill.ts";
import { ownClient } from "./ownClient.ts";

export const coldModel: Check = {
  id: "E3",
  group: "error handling",
  title: "a cold model (503) is waited for",
  asks: "503: retry with exponential backoff; a cold model's load is expected, and no failure.",
  verified:
    "In the drill, a cold model refuses, holds the request, closes the socket, answers null, and hides behind a masked 500 and a proxy's page: the program ends with a result, and does not give up too soon or go on for ever.",
  cannot: undrilledCode,
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    subject.service === undefined
      ? byDrill(subject, [
          "cold-503",
          "cold-hold",
          "closed-socket",
          "null-result",
          "masked-500",
          "proxy-page",
          "retry-later",
        ])
      : Effect.succeed(
          ownClient(
            subject.service,
            "a cold model is asked again until the deadline, in whatever clothes it comes",
            true,
          ),
        ),
};
