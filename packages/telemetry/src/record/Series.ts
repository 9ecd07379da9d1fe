/** All that is counted of one gateway, pipeline and model. */
import type { Unit } from "@sluice/models";
import { nanoUsd } from "@sluice/pricing";
import type { AttemptEnded, CallEnded, WaitFor } from "../CallEvent.ts";
import { Latency } from "../measure/Latency.ts";
import { Sketch } from "../measure/Sketch.ts";
import type { SeriesData } from "../snapshot/Snapshot.ts";
import type { Labels } from "./Labels.ts";
import { spentOn } from "./spentOn.ts";
import { outcomeLabel, statusLabel } from "./outcomeLabel.ts";
import { Tally } from "./Tally.ts";

/** Whether a call met a cold model, and whether it gave a result. */
export type Start = "warm" | "cold";
export type Result = "ok" | "failed";

/** More statuses and codes than any gateway has; one that makes them up fills no memory. */
const mostOutcomes = 100;

export class Series {
  readonly labels: Labels;
  /** By status and outcome, with a space between them. */
  readonly attempts = new Tally<string>(mostOutcomes, "other other");
  /** By outcome. */
  readonly calls = new Tally<string>(mostOutcomes, "other");
  readonly waits: Record<WaitFor, number> = { retry: 0, gate: 0, pace: 0, turn: 0 };
  readonly units = new Map<Unit, bigint>();
  /** Of calls. */
  readonly latencies = new Map<`${Start} ${Result}`, Latency>();
  readonly attemptMs = new Sketch();
  readonly firstChunkMs = new Sketch();
  retries = 0;
  /** Calls that gave a result after they had met a cold model: an outage is no cold start. */
  coldStarts = 0;
  /** Microseconds, so that a sum does not depend on its order. */
  waitedUs = 0;
  nanoUsd = nanoUsd(0n);
  /** Calls that succeeded at a price that nobody knows, and at a gateway that charges nothing. */
  unpriced = 0;
  free = 0;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  attemptEnded({ status, outcome, ms, firstTokenMs }: AttemptEnded): void {
    this.attempts.add(`${statusLabel(status)} ${outcomeLabel(outcome)}`);
    this.attemptMs.record(ms);
    if (firstTokenMs !== undefined) this.firstChunkMs.record(firstTokenMs);
  }

  callEnded({ at, outcome, ms, attempts, coldStart, waitedMs, cost }: CallEnded): void {
    this.calls.add(outcomeLabel(outcome));
    const isOk = outcome === "ok";
    this.#latency(coldStart ? "cold" : "warm", isOk ? "ok" : "failed").record(at, ms);
    this.retries += Math.max(0, attempts - 1);
    this.coldStarts += isOk && coldStart ? 1 : 0;
    this.waitedUs += Math.round(waitedMs * 1_000);
    if (cost === undefined) return;
    const spent = spentOn(cost);
    if (spent === undefined) this.unpriced += 1;
    else this.nanoUsd = nanoUsd(this.nanoUsd + spent);
    this.free += cost.charges === "nothing" ? 1 : 0;
    if (cost.units !== "unknown") this.#add(cost.unit, cost.units);
  }

  merge(data: SeriesData): void {
    for (const { status, outcome, count } of data.attempts) this.attempts.add(`${status} ${outcome}`, count);
    for (const { outcome, count } of data.calls) this.calls.add(outcome, count);
    for (const [what, count] of Object.entries(data.waits)) this.waits[what as WaitFor] += count;
    for (const { unit, count } of data.units) this.#add(unit, BigInt(count));
    for (const { start, result, ...latency } of data.latencies) this.#latency(start, result).merge(latency);
    this.attemptMs.merge(Sketch.of(data.attemptMs));
    this.firstChunkMs.merge(Sketch.of(data.firstChunkMs));
    this.retries += data.retries;
    this.coldStarts += data.coldStarts;
    this.waitedUs += data.waitedUs;
    this.nanoUsd = nanoUsd(this.nanoUsd + BigInt(data.nanoUsd));
    this.unpriced += data.unpriced;
    this.free += data.free;
  }

  toData(): SeriesData {
    return {
      ...this.labels,
      attempts: this.attempts.entries.map(([key, count]) => ({ ...attemptOf(key), count })),
      calls: this.calls.entries.map(([outcome, count]) => ({ outcome, count })),
      waits: { ...this.waits },
      units: [...this.units].map(([unit, count]) => ({ unit, count: count.toString() })),
      latencies: [...this.latencies].map(([key, latency]) => ({ ...kindOf(key), ...latency.toData() })),
      attemptMs: this.attemptMs.toData(),
      firstChunkMs: this.firstChunkMs.toData(),
      retries: this.retries,
      coldStarts: this.coldStarts,
      waitedUs: this.waitedUs,
      nanoUsd: this.nanoUsd.toString(),
      unpriced: this.unpriced,
      free: this.free,
    };
  }

  #latency(start: Start, result: Result): Latency {
    const known = this.latencies.get(`${start} ${result}`);
    if (known !== undefined) return known;
    const made = new Latency();
    this.latencies.set(`${start} ${result}`, made);
    return made;
  }

  #add(unit: Unit, count: bigint): void {
    this.units.set(unit, (this.units.get(unit) ?? 0n) + count);
  }
}

/** Of a key of `attempts`. */
export const attemptOf = (key: string): { readonly status: string; readonly outcome: string } => {
  const [status = "", outcome = ""] = key.split(" ");
  return { status, outcome };
};

/** Of a key of `latencies`. */
export const kindOf = (key: `${Start} ${Result}`): { readonly start: Start; readonly result: Result } => {
  const [start, result] = key.split(" ") as [Start, Result];
  return { start, result };
};
