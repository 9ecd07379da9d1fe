/** A program's telemetry after calls of every kind: all of its metrics have samples. */
import { type CallEvent, type Cost, Telemetry } from "@sluice/telemetry";
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";

const start = Date.UTC(2026, 10, 23, 12);
const end = start + 20 * 60_000;

const outcomes = ["ok", "SLUICE-503-COLD", "SLUICE-500-INFERENCE", "SLUICE-429-RATE-LIMITED", "SLUICE-499-ABORTED"];

const eventsOf = (call: number): ReadonlyArray<CallEvent> => {
  const outcome = outcomes[call % outcomes.length] ?? "ok";
  const usd = call % 3 === 0 ? "unknown" : "0.000123";
  const cost: Cost = { units: 1_000n, unit: "token", usd, charges: "usage" };
  const happening = {
    gateway: "livepeer-studio",
    pipeline: "llm",
    model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    requestId: `req_${call}`,
    at: start + call * 2_000,
  };
  return [
    { ...happening, type: "call-started", timeoutMs: 300_000 },
    { ...happening, type: "waiting", for: "gate", attempt: 0 },
    { ...happening, type: "attempt-ended", attempt: 1, status: 503, outcome: "SLUICE-503-COLD", ms: 90 },
    { ...happening, type: "attempt-ended", attempt: 2, status: 200, outcome, ms: 900, firstTokenMs: 120 },
    {
      ...happening,
      type: "call-ended",
      outcome,
      ms: 2_000,
      attempts: 2,
      statuses: [503, 200],
      coldStart: call % 2 === 0,
      waitedMs: 1_010,
      ...(outcome === "ok" ? { cost } : {}),
    },
  ];
};

/** What a scrape gets. */
export const metricsText = (): string => {
  const machine = Context.get(Context.empty(), Clock.Clock);
  const clock: Clock.Clock = Object.assign(Object.create(machine) as Clock.Clock, {
    currentTimeMillisUnsafe: () => end,
  });
  const telemetry = new Telemetry({ clock });
  for (let call = 0; call < 600; call++) for (const event of eventsOf(call)) telemetry.onEvent(event);
  const [underWay] = eventsOf(600);
  if (underWay !== undefined) telemetry.onEvent(underWay);
  return telemetry.prometheus();
};
