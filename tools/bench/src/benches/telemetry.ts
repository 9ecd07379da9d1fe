/**
 * What it costs to keep figures of a call: CPU per call, of all its events. prom-client, told the same by hand with the
 * labels of our own metrics, is 1. Besides: how the memory grows over ten million events, of a million models.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type CallEvent, type Cost, operationDurationBounds, Telemetry } from "@sluice/telemetry";
import type { Bench, Runner } from "../Bench.ts";
import { importPeer } from "../peers.ts";

const start = Date.UTC(2026, 10, 23);
const callsPerSecond = 20;
const manyEvents = 10_000_000;
const manyModels = 1_000_000;

export const telemetry = async (): Promise<Bench> => {
  const { Counter, Histogram } = (await importPeer("prom-client")) as PromClient;
  return {
    unit: "µs CPU",
    rounds: 9,
    heats: [
      {
        name: "a call's events",
        anchor: "prom-client",
        contenders: [byHand(Counter, Histogram), ours()],
        times: 50_000,
      },
    ],
    close: () => Promise.resolve(memory()),
  };
};

const ours = (): Runner => {
  const kept = new Telemetry();
  let made = 0;
  return {
    name: "Telemetry",
    run: (times) => {
      for (let one = 0; one < times; one += 1) for (const event of eventsOf((made += 1))) kept.onEvent(event);
      return Promise.resolve();
    },
  };
};

/** What a team writes that has nothing but a client for Prometheus: two counters and two histograms. */
const byHand = (Counter: PromClient["Counter"], Histogram: PromClient["Histogram"]): Runner => {
  const labelNames = ["gateway", "pipeline", "model"];
  const metric = { help: "help", registers: [] };
  const attempts = new Counter({ ...metric, name: "attempts_total", labelNames: [...labelNames, "status", "outcome"] });
  const calls = new Counter({ ...metric, name: "calls_total", labelNames: [...labelNames, "outcome"] });
  const buckets = operationDurationBounds;
  const seconds = new Histogram({ ...metric, name: "seconds", labelNames, buckets });
  const attemptSeconds = new Histogram({ ...metric, name: "attempt_seconds", labelNames, buckets });
  let made = 0;
  const onEvent = (event: CallEvent): void => {
    const { gateway, pipeline, model = "" } = event;
    if (event.type === "attempt-ended") {
      attempts.inc({ gateway, pipeline, model, status: String(event.status), outcome: event.outcome });
      attemptSeconds.observe({ gateway, pipeline, model }, event.ms / 1_000);
    }
    if (event.type === "call-ended") {
      calls.inc({ gateway, pipeline, model, outcome: event.outcome });
      seconds.observe({ gateway, pipeline, model }, event.ms / 1_000);
    }
  };
  return {
    name: "prom-client",
    run: (times) => {
      for (let one = 0; one < times; one += 1) for (const event of eventsOf((made += 1))) onEvent(event);
      return Promise.resolve();
    },
  };
};

/** Heap after a full collection, in MiB: when the first million events are in, and when all are. */
const memory = (): Readonly<Record<string, number>> => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heapMiB = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1_048_576;
  };
  const kept = new Telemetry();
  let [events, made, first] = [0, 0, Number.NaN];
  while (events < manyEvents) {
    for (const event of eventsOf((made += 1), `acme/model-${made % manyModels}`)) {
      kept.onEvent(event);
      events += 1;
    }
    if (Number.isNaN(first) && events >= manyEvents / 10) first = heapMiB();
  }
  return { series: kept.snapshot().series.length, heapMiB: first, heapGrowthMiB: heapMiB() - first };
};

const cost: Cost = { units: 1_048_576n, unit: "pixel", usd: "0.019922944", charges: "usage" };

/** A call's events, as `@sluice/core` tells them: one in twenty has found the model cold. */
const eventsOf = (call: number, model = "SG161222/RealVisXL_V4.0_Lightning"): ReadonlyArray<CallEvent> => {
  const at = start + (call * 1_000) / callsPerSecond;
  const known = { requestId: `req_${call}`, at, gateway: "livepeer-studio", pipeline: "text-to-image", model };
  const ms = 1_000 + ((call * 7_919) % 4_000_000) / 1_000;
  const isCold = call % 20 === 0;
  const end = { outcome: "ok", coldStart: isCold, waitedMs: isCold ? 30_000 : 0, cost };
  const first: ReadonlyArray<CallEvent> = isCold
    ? [
        { ...known, type: "attempt-started", attempt: 1 },
        { ...known, type: "attempt-ended", attempt: 1, status: 503, outcome: "SLUICE-503-COLD", ms: 80 },
        { ...known, type: "waiting", for: "gate", attempt: 1 },
        { ...known, type: "gate-opened", waitedMs: 30_000 },
      ]
    : [];
  const attempt = isCold ? 2 : 1;
  const statuses = isCold ? [503, 200] : [200];
  return [
    { ...known, type: "call-started", timeoutMs: 300_000, cost },
    ...first,
    { ...known, type: "attempt-started", attempt },
    { ...known, type: "attempt-ended", attempt, status: 200, outcome: "ok", ms },
    { ...known, type: "call-ended", ms: ms + end.waitedMs, attempts: attempt, statuses, ...end },
  ];
};

interface PromClient {
  readonly Counter: new (settings: object) => { readonly inc: (labels: object) => void };
  readonly Histogram: new (settings: object) => { readonly observe: (labels: object, value: number) => void };
}
