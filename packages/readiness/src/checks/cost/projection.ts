/** C1: somebody has worked out what a month costs, lately and with rates that still hold. */
import * as Effect from "effect/Effect";
import type { Projection } from "../../evidence/Evidence.ts";
import { dayMs, dayOf, isToCome, spanOf } from "../../evidence/days.ts";
import { evidenceFile } from "../../evidence/files.ts";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";

const freshDays = 30;
const rateDays = 365;
const project = "sluice cost project --mix text-to-image=1000 --save (with your own mix of calls a day)";

export const projection: Check = {
  id: "C1",
  group: "cost",
  title: "a cost projection that is not stale",
  asks: "Cost projection completed: calls a day, at what a call costs.",
  verified: `\`sluice cost project … --save\` left one in ${evidenceFile("projection")}, less than ${freshDays} days ago. A rate that is older than ${rateDays} days, and calls without a known price, are told.`,
  cannot: "One that was made elsewhere, and whether the calls will be as many as it says.",
  attestedDays: usualAttestedDays,
  judge: ({ evidence, service, now }) =>
    Effect.succeed(
      service !== undefined
        ? { status: "skip", evidence: "a service does not know the calls that are to come" }
        : evidence.projection === undefined
          ? none
          : judged(evidence.projection, now),
    ),
};

const none: Verdict = {
  status: "manual",
  evidence: `${evidenceFile("projection")} holds no projection`,
  why: "what was worked out elsewhere, in a spreadsheet say, is not seen here",
  fix: project,
};

const judged = ({ at, perMonth, rates, unpriced }: Projection, now: number): Verdict => {
  const { age, seenAt, expiresAt } = spanOf(at, freshDays, now);
  const sum = `${perMonth.atLeast ? "at least " : ""}$${perMonth.usd} a month`;
  const evidence = `${sum}, worked out on ${dayOf(seenAt)}${by(rates)}`;
  const seen = {
    seenAt,
    expiresAt,
    details: rates.map(({ label, source, asOf }) => `${label}: ${source}, ${asOf}`),
    places: [{ file: evidenceFile("projection") }],
  };
  if (age !== "fresh") {
    const told = age === "old" ? `which is more than ${freshDays} days ago` : "which is still to come";
    return { status: "fail", ...seen, evidence: `${evidence}, ${told}`, fix: project };
  }
  if (unpriced.length > 0) {
    const fix = `Give them a price in a gateway's file ("prices"), then ${project}`;
    return { status: "warn", ...seen, evidence: `${evidence}; without a known price: ${unpriced.join(", ")}`, fix };
  }
  const old = rates.find(({ asOf }) => {
    const time = Date.parse(asOf);
    return !(now - time <= rateDays * dayMs) || isToCome(time, now);
  });
  if (old === undefined) return { status: "pass", ...seen, evidence };
  return {
    ...{ status: "warn", ...seen },
    evidence: `${evidence}; the rate ${old.label} is of ${old.asOf}`,
    fix: `Compare it with a bill, put what you pay in a gateway's file ("prices"), then ${project}`,
  };
};

const by = ([first, ...others]: Projection["rates"]): string =>
  first === undefined
    ? ""
    : `, at ${first.label} (${first.source}, ${first.asOf})${others.length === 0 ? "" : ` and ${others.length} more`}`;
