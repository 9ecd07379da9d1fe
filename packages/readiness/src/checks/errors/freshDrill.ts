/** The drill that counts: there is one, and it is not old. Without it nobody knows what a program does when a gateway fails. */
import type { DrillReport, ScenarioId, ScenarioResult } from "../../drill/DrillReport.ts";
import { dayMs, dayOf, spanOf } from "../../evidence/days.ts";
import type { Subject } from "../../subject/Subject.ts";
import type { Verdict } from "../Check.ts";

const drillDays = 30;

export interface FreshDrill {
  readonly report: DrillReport;
  /** Unix milliseconds. */
  readonly seenAt: number;
  readonly expiresAt: number;
  readonly of: (id: ScenarioId) => ScenarioResult | undefined;
}

const drillCommand = "sluice launch drill -- <your test command>";

const why = "what a program does when a gateway fails is seen only when one fails";

/** Or why there is none. */
export const freshDrill = ({ evidence: { drill }, now }: Subject): FreshDrill | Verdict => {
  if (drill === undefined) {
    return { status: "manual", evidence: "no drill has been held", why, fix: drillCommand };
  }
  const { age, seenAt, expiresAt } = spanOf(drill.at, drillDays, now);
  if (age !== "fresh") {
    const days = Math.floor((now - seenAt) / dayMs);
    const evidence =
      age === "old"
        ? `the drill is ${days} days old; it counts for ${drillDays}`
        : `the drill is of ${dayOf(seenAt)}, which is still to come`;
    return { status: "manual", evidence, why, fix: drillAgain(drill), seenAt, expiresAt };
  }
  return { report: drill, seenAt, expiresAt, of: (id) => drill.scenarios.find((one) => one.id === id) };
};

export const isVerdict = (drill: FreshDrill | Verdict): drill is Verdict => "status" in drill;

/** The drill's own command, again. */
export const drillAgain = ({ command }: DrillReport): string =>
  `sluice launch drill -- ${command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(" ")}`;
