/** Checks made for a test, which say what they are told to. */
import * as Effect from "effect/Effect";
import {
  type Check,
  checkLaunch,
  type LaunchReport,
  type ReviewOptions,
  type Status,
  type Verdict,
} from "../../src/index.ts";
import { now, subjectOf } from "../subject.ts";

export const verdictOf = (status: Status): Verdict => {
  const fix = "do it";
  if (status === "manual") return { status, evidence: "nobody said so", why: "it is in people's heads", fix };
  return { status, evidence: "seen", fix };
};

export const checkOf = (id: string, verdict: Verdict | Status, more: Partial<Check> = {}): Check => ({
  ...{ id, group: "launch", title: `title of ${id}`, asks: "is it so?", verified: "by a look", attestedDays: 90 },
  cannot: "it is in people's heads",
  judge: () => Effect.succeed(typeof verdict === "string" ? verdictOf(verdict) : verdict),
  ...more,
});

export const review = (checks: ReadonlyArray<Check>, options: Partial<ReviewOptions> = {}): Promise<LaunchReport> =>
  Effect.runPromise(
    Effect.flatMap(subjectOf(), (subject) => checkLaunch(subject, { name: "app", checks, ...options })),
  );

const dayMs = 86_400_000;

/** A day so many days after the tests' now, as `2026-11-22`. */
export const inDays = (days: number): string => new Date(now + days * dayMs).toISOString().slice(0, 10);
