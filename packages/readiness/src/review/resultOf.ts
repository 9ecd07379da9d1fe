/** A check's verdict as the report has it. */
import type { Check, Place } from "../checks/Check.ts";
import type { Told } from "./attested.ts";
import type { CheckResult } from "./LaunchReport.ts";

export const resultOf = (
  { id, group, title }: Check,
  { verdict, attestation }: Told,
  counted: Pick<CheckResult, "known" | "blocks">,
): CheckResult => {
  const { status, evidence, details = [], places = [], fix = null, seenAt, expiresAt } = verdict;
  return {
    ...{ id, group, title, status, evidence, details: [...details] },
    places: places.map(unlessSaid([evidence, ...details])),
    fix,
    why: verdict.status === "manual" ? verdict.why : null,
    seenAt: isoOf(seenAt),
    expiresAt: isoOf(expiresAt),
    attestation: attestation ?? null,
    ...counted,
  };
};

/** What the evidence says already is not said again of a place. */
const unlessSaid =
  (said: ReadonlyArray<string>) =>
  ({ message, ...place }: Place): CheckResult["places"][number] =>
    message === undefined || said.some((text) => text.includes(message)) ? place : { ...place, message };

const isoOf = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
