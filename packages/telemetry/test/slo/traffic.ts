/** Streams of calls and attempts, and what the alerts say of them, in minutes since the stream's start. */
import type { CallEvent } from "../../src/index.ts";
import type { Alert } from "../../src/slo/Alert.ts";
import { Evaluator } from "../../src/slo/Evaluator.ts";
import { Indicators } from "../../src/slo/Indicators.ts";
import type { IndicatorsData } from "../../src/slo/IndicatorsData.ts";
import { defaultSlo, type SloFile } from "../../src/slo/SloFile.ts";

export const minuteMs = 60_000;

/** A whole minute, and no whole hour. */
export const start = Date.UTC(2026, 10, 2, 9, 17);
export const startMinute = start / minuteMs;

export interface Sort {
  readonly outcome?: string;
  readonly gateway?: string;
  readonly pipeline?: string;
  readonly ms?: number;
  readonly coldStart?: boolean;
}

const asked = ({ gateway = "g", pipeline = "text-to-image" }: Sort) => ({ requestId: "r", gateway, pipeline });

export const attempt = (at: number, sort: Sort = {}): CallEvent => {
  const { outcome = "ok", ms = 100 } = sort;
  return { type: "attempt-ended", at, ...asked(sort), attempt: 1, status: null, outcome, ms };
};

export const call = (at: number, sort: Sort = {}): CallEvent => {
  const { outcome = "ok", ms = 100, coldStart = false } = sort;
  const spent = { attempts: 1, statuses: [null], waitedMs: 0 };
  return { type: "call-ended", at, ...asked(sort), outcome, ms, coldStart, ...spent };
};

type Make = typeof attempt;

/** So many in each minute of `[from, to)`, evenly spread; `sort` tells each by its number. */
export const spread = (
  make: Make,
  from: number,
  to: number,
  perMinute: number,
  sort: Sort | ((number: number) => Sort),
): ReadonlyArray<CallEvent> =>
  Array.from({ length: (to - from) * perMinute }, (_, number) =>
    make(
      start + from * minuteMs + Math.floor((number * minuteMs) / perMinute),
      typeof sort === "function" ? sort(number) : sort,
    ),
  );

/** Of each `of` in a row, the first `bad` have that outcome. */
export const share =
  (bad: number, of: number, outcome: string) =>
  (number: number): Sort => ({ outcome: number % of < bad ? outcome : "ok" });

export const inOrder = (...streams: ReadonlyArray<ReadonlyArray<CallEvent>>): ReadonlyArray<CallEvent> =>
  streams.flat().sort((a, b) => a.at - b.at);

export const recorded = (events: Iterable<CallEvent>, slo: SloFile = defaultSlo): Indicators => {
  const indicators = new Indicators(slo);
  for (const event of events) indicators.record(event, event.gateway, event.pipeline);
  return indicators;
};

/** What goes on from data. */
export const restored = (data: IndicatorsData, slo: SloFile = defaultSlo): Indicators => {
  const indicators = new Indicators(slo);
  indicators.merge(data);
  return indicators;
};

/** All that is told up to a minute, in one go. */
export const replay = (events: Iterable<CallEvent>, until: number, slo: SloFile = defaultSlo): ReadonlyArray<Alert> =>
  new Evaluator(slo).advance(recorded(events, slo), start + until * minuteMs);

/** All that is told when somebody asks before each event is counted, as `Telemetry` does. */
export const live = (events: Iterable<CallEvent>, until: number, slo: SloFile = defaultSlo): ReadonlyArray<Alert> => {
  const evaluator = new Evaluator(slo);
  const indicators = new Indicators(slo);
  const alerts: Array<Alert> = [];
  for (const event of events) {
    alerts.push(...evaluator.advance(indicators, event.at));
    indicators.record(event, event.gateway, event.pipeline);
  }
  return [...alerts, ...evaluator.advance(indicators, start + until * minuteMs)];
};

/** `LivepeerUnavailable fires at 11`. */
export const said = (alerts: ReadonlyArray<Alert>): ReadonlyArray<string> =>
  alerts.map(({ name, state, at }) => `${name} ${state} ${(at - start) / minuteMs}`);

export const fired = (alerts: ReadonlyArray<Alert>): ReadonlyArray<string> =>
  [...new Set(alerts.filter(({ state }) => state === "firing").map(({ name }) => name))].sort();
