/** G2: the gateway of production is there, and is not open to anybody. */
import * as Effect from "effect/Effect";
import { productionGateway } from "../../subject/productionGateway.ts";
import type { Check, Verdict } from "../Check.ts";
import { judgeAnswer, questionFor } from "./judgeAnswer.ts";
import { nobodySays } from "./nobodySays.ts";

const offline = { why: "nothing may be asked of the network", fix: "Run without --offline" };
const inService = {
  why: "a service asks nothing of its gateway by itself",
  fix: "Run sluice launch check where the application is, or sluice doctor",
};

export const gatewayAnswers: Check = {
  id: "G2",
  group: "gateway",
  title: "the gateway answers, and asks for a key",
  asks: "Production gateway: authenticated.",
  verified:
    "One request without a key to the gateway of G1, which costs nothing: Studio must say 401; a go-livepeer on the internet must have something in front of it that asks for a key.",
  cannot: "Whether calls with a key are answered in time: that takes calls.",
  attestedDays: 30,
  judge: (subject) =>
    Effect.flatMap(productionGateway(subject), (gateway) => {
      const { network } = subject;
      if (gateway === undefined) {
        return Effect.succeed<Verdict>({ ...nobodySays, evidence: "nobody says which gateway to ask" });
      }
      const { profile } = gateway;
      if (network === undefined) {
        return Effect.succeed<Verdict>({
          status: "manual",
          evidence: `${profile.baseUrl} was not asked`,
          ...(subject.service === undefined ? offline : inService),
        });
      }
      return network.ask(questionFor(profile)).pipe(
        Effect.map((answer) => judgeAnswer(answer, profile)),
        Effect.catch(({ message }) =>
          Effect.succeed<Verdict>({
            status: "fail",
            evidence: `${profile.baseUrl} does not answer: ${message}`,
            fix: `sluice doctor --gateway ${profile.baseUrl}   # or correct it, where ${gateway.from} says so`,
          }),
        ),
      );
    }),
};
