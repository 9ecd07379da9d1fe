/** What a drill's scenarios say of one line of the checklist. */
import * as Effect from "effect/Effect";
import type { ScenarioId, ScenarioResult } from "../../drill/DrillReport.ts";
import { codeDigest } from "../../subject/codeDigest.ts";
import type { Subject } from "../../subject/Subject.ts";
import type { Verdict } from "../Check.ts";
import { drillAgain, type FreshDrill, freshDrill, isVerdict } from "./freshDrill.ts";

/** What no drill sees. */
export const undrilledCode = "Code of the program that the drill's command does not run.";

/** The first scenario is the one without which nothing is known; the others are the same failure in other clothes. */
export type Scenarios = readonly [ScenarioId, ...ReadonlyArray<ScenarioId>];

export const byDrill = (subject: Subject, scenarios: Scenarios): Effect.Effect<Verdict> => {
  const drill = freshDrill(subject);
  if (isVerdict(drill)) return Effect.succeed(drill);
  return ifUnchanged(subject, drill, judge(drill, scenarios));
};

/** Code that is newer than the drill may do something else. */
export const ifUnchanged = ({ folder }: Subject, { report }: FreshDrill, verdict: Verdict): Effect.Effect<Verdict> => {
  if (verdict.status !== "pass" || folder === undefined) return Effect.succeed(verdict);
  return Effect.map(codeDigest(folder), (code): Verdict => {
    if (code === report.code) return verdict;
    const evidence = `${verdict.evidence}; but code has changed since`;
    return { ...verdict, status: "warn", evidence, fix: drillAgain(report) };
  });
};

const judge = (drill: FreshDrill, [needed, ...others]: Scenarios): Verdict => {
  const { seenAt, expiresAt, report } = drill;
  const all = [needed, ...others].map((id) => ({ id, result: drill.of(id) }));
  const results = all.flatMap(({ result }) =>
    result === undefined || result.verdict === "not-exercised" ? [] : [result],
  );
  const details = results.length < 2 ? {} : { details: results.map(line) };
  const wrong = results.filter(({ verdict }) => verdict === "wrong");
  const [worst] = wrong;
  if (worst !== undefined) {
    const evidence = wrong.length === 1 ? told(worst) : `${told(worst)}; and ${countOf(wrong.length - 1)}`;
    return { status: "fail", evidence, fix: changesOf(wrong), ...details, seenAt, expiresAt };
  }
  const main = results.find(({ id }) => id === needed);
  if (main === undefined) {
    return {
      status: "manual",
      evidence: `the drill saw nothing of ${needed}${drill.of(needed) === undefined ? ": it was left out" : ""}`,
      why: "the program did nothing that this could be seen of",
      fix: `Drill a command that makes a call: ${drillAgain(report)}`,
      ...details,
      ...{ seenAt, expiresAt },
    };
  }
  const missing = all
    .filter(({ result }) => result === undefined || result.verdict === "not-exercised")
    .map(({ id }) => id);
  const evidence =
    results.length === 1 ? `drill: ${main.seen}` : `drill: ${main.seen}; ${results.length} scenarios right`;
  if (missing.length > 0) {
    const unseen = `${evidence}; not seen: ${missing.join(", ")}`;
    return { status: "warn", evidence: unseen, fix: drillAgain(report), ...details, seenAt, expiresAt };
  }
  return { status: "pass", evidence, ...details, seenAt, expiresAt };
};

const told = ({ id, seen, wrong }: ScenarioResult): string =>
  `drill, ${id}: ${seen}${wrong === null ? "" : `: ${wrong}`}`;

const line = ({ id, verdict, seen, wrong }: ScenarioResult): string =>
  `${id}: ${verdict}: ${seen}${wrong === null ? "" : `: ${wrong}`}`;

const countOf = (others: number): string =>
  others === 1 ? "one scenario more is wrong" : `${others} scenarios more are wrong`;

const changesOf = (wrong: ReadonlyArray<ScenarioResult>): string =>
  [...new Set(wrong.map(({ id, change }) => change ?? `Handle ${id}`))].join(" ");
