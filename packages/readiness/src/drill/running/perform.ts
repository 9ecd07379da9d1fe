/** Runs the program through one scenario, and judges it. */
import * as Effect from "effect/Effect";
import type { DrillFailed } from "../DrillOptions.ts";
import type { ScenarioResult } from "../DrillReport.ts";
import type { Habits } from "../judging/Habits.ts";
import { judge } from "../judging/judge.ts";
import { asksOf, type Seen } from "../judging/Seen.ts";
import { summary } from "../judging/words.ts";
import type { Pace } from "../Pace.ts";
import type { Scenario } from "../scenarios/Scenario.ts";
import { notThere, type Rehearsal } from "./rehearse.ts";
import type { Stage } from "./Stage.ts";
import { watch } from "./watch.ts";

export interface Performance {
  readonly stage: Stage;
  readonly pace: Pace;
  readonly rehearsal: Rehearsal;
  readonly patienceMs: number;
  readonly exitTells: boolean;
}

export interface Performed {
  readonly result: ScenarioResult;
  readonly seen: Seen;
}

export const perform = (
  scenario: Scenario,
  { stage, pace, rehearsal, patienceMs, exitTells }: Performance,
): Effect.Effect<Performed, DrillFailed> => {
  const why = scenario.spares?.(rehearsal.habits);
  if (why !== undefined) return Effect.succeed(spared(scenario, why));
  const limitMs = scenario.takesMs(pace) + rehearsal.seconds * 1_000 + patienceMs;
  return watch(stage, scenario.gateway(pace), limitMs).pipe(
    Effect.mapError((error) => notThere(stage, error)),
    Effect.map(({ seen }) => ({ seen, result: resultOf(scenario, seen, rehearsal.habits, pace, exitTells) })),
  );
};

const resultOf = (scenario: Scenario, seen: Seen, habits: Habits, pace: Pace, exitTells: boolean): ScenarioResult => {
  const { judgement, calls } = judge(scenario, { seen, habits, pace, exitTells });
  const said = summary(calls, seen.exit);
  const { code, signal, seconds } = seen.exit;
  return {
    id: scenario.id,
    title: scenario.title,
    verdict: judgement.verdict,
    seen: judgement.verdict === "not-exercised" ? `${judgement.why}: ${said}` : said,
    wrong: judgement.verdict === "wrong" ? judgement.wrong : null,
    change: judgement.verdict === "wrong" ? (judgement.change ?? scenario.change) : null,
    requests: asksOf(seen).map(({ ms, path, status, end }) => ({ ms, path, status, end })),
    exit: { code, signal, seconds },
  };
};

/** Of a scenario that does not concern the program, without a run. */
const spared = ({ id, title }: Scenario, why: string): Performed => {
  const exit = { code: null, signal: null, seconds: 0 };
  const result: ScenarioResult = {
    ...{ id, title, verdict: "not-exercised", seen: why, wrong: null, change: null },
    ...{ requests: [], exit },
  };
  return { result, seen: { requests: [], exit: { ...exit, overdue: false }, keyPrinted: false, keySentTo: [] } };
};
