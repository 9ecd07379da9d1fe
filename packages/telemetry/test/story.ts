/** Calls as events: each kind with all that it can say, and stories of whole calls for properties. */
import { ColdOrNoCapacity } from "@sluice/errors";
import fc from "fast-check";
import type { CallEvent, Cost, WaitFor } from "../src/index.ts";

export const asked = {
  gateway: "livepeer-studio",
  pipeline: "text-to-image",
  model: "SG161222/RealVisXL_V4.0_Lightning",
  origin: "https://livepeer.studio",
};

export const cost: Cost = {
  units: 1_048_576n,
  unit: "pixel",
  usd: "0.019922944",
  charges: "usage",
  rate: { label: "$0.019/MP", source: "docs", asOf: "2024-11-01" },
};

export const cold = new ColdOrNoCapacity({ ...asked, signal: "unavailable", status: 503 });

const id = { requestId: "req_1", at: 1_795_000_000_000 };

/** A call that is told 503, waits at the gate, and is answered. */
export const story = [
  { ...id, type: "call-started", ...asked, timeoutMs: 300_000, cost },
  { ...id, type: "attempt-started", ...asked, attempt: 1, traceparent: "00-01-02-01" },
  {
    ...id,
    type: "attempt-ended",
    ...asked,
    attempt: 1,
    status: 503,
    outcome: "SLUICE-503-COLD",
    mayHaveRun: false,
    ms: 100,
  },
  { ...id, type: "waiting", ...asked, for: "gate", attempt: 1, reason: cold },
  { ...id, type: "gate-opened", ...asked, waitedMs: 41_500 },
  { ...id, type: "attempt-started", ...asked, attempt: 2 },
  { ...id, type: "attempt-ended", ...asked, attempt: 2, status: 200, outcome: "ok", ms: 2_800, firstTokenMs: 400 },
  {
    ...id,
    type: "call-ended",
    ...asked,
    outcome: "ok",
    ms: 44_400,
    attempts: 2,
    statuses: [503, 200],
    coldStart: true,
    waitedMs: 41_500,
    cost,
  },
] as const satisfies ReadonlyArray<CallEvent>;

const wait = fc.constantFrom<WaitFor>("retry", "gate", "pace", "turn");

/** A call in order, with any number of attempts and of waits between them. */
export const anyStory = (requestId = "req_1"): fc.Arbitrary<ReadonlyArray<CallEvent>> =>
  fc
    .tuple(fc.array(fc.array(wait, { maxLength: 3 }), { maxLength: 4 }), fc.array(wait, { maxLength: 2 }), fc.boolean())
    .map(([attempts, after, answered]) => {
      const known = { requestId, at: 0, ...asked };
      const waits = (attempt: number, list: ReadonlyArray<WaitFor>) =>
        list.flatMap((what): ReadonlyArray<CallEvent> => {
          const waiting: CallEvent = { ...known, type: "waiting", for: what, attempt };
          return what === "gate" ? [waiting, { ...known, type: "gate-opened", waitedMs: 1 }] : [waiting];
        });
      const tries = attempts.flatMap((before, made): ReadonlyArray<CallEvent> => {
        const attempt = made + 1;
        const outcome = answered && attempt === attempts.length ? "ok" : "SLUICE-503-COLD";
        return [
          ...waits(made, before),
          { ...known, type: "attempt-started", attempt },
          { ...known, type: "attempt-ended", attempt, status: 503, outcome, ms: 1 },
        ];
      });
      const ok = answered && attempts.length > 0;
      return [
        { ...known, type: "call-started", timeoutMs: 1 },
        ...tries,
        ...(ok ? [] : waits(attempts.length, after)),
        {
          ...known,
          type: "call-ended",
          outcome: ok ? "ok" : "SLUICE-503-COLD",
          ms: 1,
          attempts: attempts.length,
          statuses: attempts.map(() => 503),
          coldStart: false,
          waitedMs: 0,
        },
      ];
    });
