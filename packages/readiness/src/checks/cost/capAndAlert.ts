/** C2: what a call or a month may cost is bounded, and an alert about it reaches somebody. */
import * as Effect from "effect/Effect";
import { dayMs, dayOf, isToCome } from "../../evidence/days.ts";
import type { Subject } from "../../subject/Subject.ts";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";
import { type Cap, capsOf } from "./caps.ts";

const deliveryDays = 90;
const span = deliveryDays * dayMs;
const inService = "Set maxCostUsd, or the limits of its keys, in the service's configuration; and [[webhooks]]";
const alertInService =
  "Look that its webhooks take one: sluice api alerts test. The first alert that one takes of this service counts";
const test = "sluice api alerts test --save";

export const capAndAlert: Check = {
  id: "C2",
  group: "cost",
  title: "a cap or a budget holds, and its alert was delivered",
  asks: "Budget alert set, and the cost of a call bounded.",
  verified: `A cap of a call or a budget of a month is set (launch.toml, sluice.config.toml, SLUICE_MAX_COST, the service), and each webhook took an alert in the last ${deliveryDays} days (\`${test}\`).`,
  cannot: "A cap in the application's own code, and whether anybody reads what a webhook is told.",
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    Effect.map(capsOf(subject), (caps) => judged(caps, deliveryOf(subject), subject.service !== undefined)),
};

interface Delivery {
  /** Unix milliseconds. */
  readonly at: number;
  readonly hosts: ReadonlyArray<string>;
  readonly refused: ReadonlyArray<string>;
}

/** The latest; `undefined`: none in the last days. */
const deliveryOf = ({ evidence: { deliveries }, service, now }: Subject): Delivery | undefined => {
  const known: ReadonlyArray<Delivery> = [
    ...(deliveries === undefined
      ? []
      : [
          {
            at: Date.parse(deliveries.at),
            hosts: deliveries.webhooks.map(({ host }) => host),
            refused: deliveries.webhooks.flatMap(({ host, isTaken }) => (isTaken ? [] : [host])),
          },
        ]),
    ...(service?.deliveredAt === undefined ? [] : [{ at: service.deliveredAt, hosts: ["a webhook"], refused: [] }]),
  ];
  return known
    .filter(({ at }) => now - at <= span && !isToCome(at, now))
    .toSorted((one, other) => other.at - one.at)[0];
};

const judged = (caps: ReadonlyArray<Cap>, delivery: Delivery | undefined, isService: boolean): Verdict => {
  const bound = caps.length === 0 ? "no cap and no budget is set" : caps.map(({ said }) => said).join(", ");
  const seen = {
    places: caps.flatMap(({ place }) => place ?? []),
    ...(delivery === undefined ? {} : { seenAt: delivery.at, expiresAt: delivery.at + span }),
  };
  const day = delivery === undefined ? "" : dayOf(delivery.at);
  if (delivery !== undefined && delivery.refused.length > 0) {
    const evidence = `${bound}; ${delivery.refused.join(", ")} did not take the alert of ${day}`;
    return { status: "fail", ...seen, evidence, fix: `Mend the webhook, then ${test}` };
  }
  const told =
    delivery === undefined ? "no alert was delivered lately" : `${delivery.hosts.join(", ")} took an alert on ${day}`;
  const evidence = `${bound}; ${told}`;
  if (caps.length === 0) {
    // A service knows all of its limits.
    if (isService) return { status: "fail", ...seen, evidence, fix: inService };
    const fix = `sluice config set max_cost 0.05, or [cost] budget = "500" in launch.toml${delivery === undefined ? `; then ${test}` : ""}`;
    return { status: "manual", ...seen, evidence, why: "a cap in the application's own code is not seen", fix };
  }
  return delivery === undefined
    ? { status: "warn", ...seen, evidence, fix: isService ? alertInService : test }
    : { status: "pass", ...seen, evidence };
};
