/** Looks at a subject with every check, and says whether it may launch. */
import * as Effect from "effect/Effect";
import { type Attestation, attestationFile } from "../attestations/Attestation.ts";
import { isAttestable } from "../attestations/lastDay.ts";
import { checks as allChecks } from "../checks/all.ts";
import { type Check, type Status, statuses } from "../checks/Check.ts";
import type { Subject } from "../subject/Subject.ts";
import { attested } from "./attested.ts";
import type { Baseline } from "./Baseline.ts";
import type { CheckResult, LaunchReport, Threshold } from "./LaunchReport.ts";
import { resultOf } from "./resultOf.ts";
import { selected } from "./selected.ts";
import { severity } from "./severity.ts";

export interface ReviewOptions {
  /** What is looked at, for people: a folder's name, or a service. */
  readonly name: string;
  readonly gateway?: string;
  /** Default: all that there are. */
  readonly checks?: ReadonlyArray<Check>;
  /** Ids and groups; absent: all. */
  readonly only?: ReadonlyArray<string>;
  /** Default: `manual`. What nobody has looked at keeps a launch back too. */
  readonly failOn?: Threshold;
  readonly baseline?: Baseline;
  readonly attestations?: ReadonlyArray<Attestation>;
  readonly notes?: ReadonlyArray<string>;
  /** Told of each result as it comes; results do not come in order. */
  readonly onResult?: (result: CheckResult) => void;
}

/** Never fails: what a check could not see is in its result. `only` must name what there is (`selected`). */
export const checkLaunch = (subject: Subject, options: ReviewOptions): Effect.Effect<LaunchReport> => {
  const { name, gateway, checks: all = allChecks, failOn = "manual", baseline, attestations = [], onResult } = options;
  const look = (check: Check): Effect.Effect<CheckResult> =>
    Effect.map(check.judge(subject), (verdict) => {
      const told = attested(check, verdict, attestations, subject.now);
      const known = baseline?.has(check.id, told.verdict.status, told.verdict.places ?? []) ?? false;
      const blocks = !known && severity[told.verdict.status] >= severity[failOn];
      const result = resultOf(check, told, { known, blocks });
      onResult?.(result);
      return result;
    });
  return Effect.map(Effect.forEach(selected(all, options.only), look, { concurrency: 4 }), (checks) => ({
    version: 1,
    at: new Date(subject.now).toISOString(),
    subject: name,
    gateway: gateway ?? null,
    ready: checks.every(({ blocks }) => !blocks),
    failOn,
    counts: countsOf(checks),
    checks,
    notes: [
      ...subject.evidence.mistakes,
      ...uselessWords(all, attestations, checks),
      ...(baseline?.stale(all, checks) ?? []),
      ...(options.notes ?? []),
    ],
  }));
};

const countsOf = (checks: ReadonlyArray<CheckResult>): Record<Status, number> => {
  const none = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>;
  for (const { status } of checks) none[status] += 1;
  return none;
};

const uselessWords = (
  all: ReadonlyArray<Check>,
  attestations: ReadonlyArray<Attestation>,
  results: ReadonlyArray<CheckResult>,
): ReadonlyArray<string> =>
  [...new Set(attestations.map(({ id }) => id))].flatMap((id) => {
    const check = all.find((one) => one.id === id);
    if (check === undefined) return [`${attestationFile} attests ${id}, which is no check`];
    if (!isAttestable(check)) return [`${attestationFile} attests ${id}, which software decides: it does not count`];
    const isBad = results.some((one) => one.id === id && (one.status === "fail" || one.status === "warn"));
    return isBad ? [`${attestationFile} attests ${id}, but what was seen counts more`] : [];
  });
