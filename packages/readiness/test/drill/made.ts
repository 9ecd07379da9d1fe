/** Runs that were never made, for judgements. */
import type { Habits } from "../../src/drill/judging/Habits.ts";
import { habitsOf } from "../../src/drill/judging/Habits.ts";
import type { Exit, Seen, SeenRequest } from "../../src/drill/judging/Seen.ts";
import { type Judged, judge } from "../../src/drill/judging/judge.ts";
import type { Pace } from "../../src/drill/Pace.ts";
import { type ScenarioId, scenarios } from "../../src/drill/index.ts";

/** In seconds where a real drill has minutes. */
export const pace: Pace = { coldMs: 10_000, slowMs: 10_000, retryAfterMs: 3_000, workMs: 12_000, silenceMs: 60_000 };

export const asked = (ms: number, status: number | null, more: Partial<SeenRequest> = {}): SeenRequest => ({
  ...{ ms, tookMs: 10, method: "POST", path: "/text-to-image", status, end: status === null ? "closed" : "answered" },
  ...{ place: "gateway", authorized: true, digest: "a fox", streams: false },
  ...more,
});

/** Its body did not come. */
export const unread = ({ digest: _, ...request }: SeenRequest): SeenRequest => request;

export const exit = (code: number | null, more: Partial<Exit> = {}): Exit => ({
  ...{ code, signal: null, seconds: 1, overdue: false },
  ...more,
});

export const seen = (requests: ReadonlyArray<SeenRequest>, more: Partial<Seen> = {}): Seen => ({
  ...{ requests, exit: exit(0), keyPrinted: false, keySentTo: [] },
  ...more,
});

/** A program that makes one call. */
export const oneCall: Habits = habitsOf(seen([asked(0, 200)]));
export const oneStream: Habits = habitsOf(seen([asked(0, 200, { streams: true })]));

export const judged = (
  id: ScenarioId,
  run: Seen,
  { habits = oneCall, exitTells = true }: { readonly habits?: Habits; readonly exitTells?: boolean } = {},
): Judged => {
  const scenario = scenarios.find((known) => known.id === id);
  if (scenario === undefined) throw new Error(`There is no scenario ${id}.`);
  return judge(scenario, { seen: run, habits, pace, exitTells });
};

/** `right`, why it was not exercised, or what is wrong. */
export const opinion = (...told: Parameters<typeof judged>): string => {
  const { judgement } = judged(...told);
  return judgement.verdict === "right" ? "right" : judgement.verdict === "wrong" ? judgement.wrong : judgement.why;
};
