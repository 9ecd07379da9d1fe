/** Figures of this machine's record: its events, told to a `Telemetry` again. */
import { type CallEvent, callRecord, Telemetry } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import { readHistory } from "../history/readHistory.ts";
import { Output } from "../output/Output.ts";
import type { Call, Source } from "./Source.ts";

const replay = (events: ReadonlyArray<CallEvent>): Telemetry => {
  const models = new Set(events.flatMap(({ model }) => model ?? []));
  const telemetry = new Telemetry({ models: [...models] });
  for (const event of events) telemetry.onEvent(event);
  return telemetry;
};

export const fromHistory = (sinceMs: number): Source => {
  const read = Effect.gen(function* () {
    const output = yield* Output;
    const { events, broken } = yield* readHistory();
    const lines = broken === 1 ? "1 line" : `${broken} lines`;
    if (broken > 0) output.note(`${output.noteStyle.warn("!")} ${lines} of the record could not be read: left out`);
    return events;
  });
  const since = (events: ReadonlyArray<CallEvent>): ReadonlyArray<CallEvent> => {
    const from = Date.now() - sinceMs;
    const ended = new Set(
      events.flatMap((event) => (event.type === "call-ended" && event.at >= from ? [event.requestId] : [])),
    );
    return events.filter(({ requestId }) => ended.has(requestId));
  };
  return {
    name: "history",
    // Alerts look back as far as their windows reach, whatever the figures are of.
    counted: Effect.map(read, (events) => ({
      snapshot: replay(since(events)).snapshot(),
      alerts: replay(events).report().alerts,
    })),
    calls: Effect.map(read, (events) =>
      since(events).flatMap((event) => (event.type === "call-ended" ? [callOf(event)] : [])),
    ),
  };
};

const callOf = (event: Extract<CallEvent, { readonly type: "call-ended" }>): Call => {
  const { time: at, requestId, gateway, pipeline, model = null, outcome, statuses, ...rest } = callRecord(event);
  const { ms, waitedMs, coldStart, costUsd = null } = rest;
  return { at, requestId, gateway, pipeline, model, outcome, statuses, ms, waitedMs, coldStart, costUsd };
};
