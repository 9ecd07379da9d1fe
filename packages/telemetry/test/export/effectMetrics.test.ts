import * as Effect from "effect/Effect";
import * as Metric from "effect/Metric";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectMetrics } from "../../src/export/effectMetrics.ts";
import { type CallEvent, operationDurationBounds } from "../../src/index.ts";
import { anyStory, cost, story } from "../story.ts";

/** The metrics of a program of its own, after these events. */
const after = (events: ReadonlyArray<CallEvent>, models: ReadonlyArray<string> = []) =>
  Effect.runSync(
    Effect.gen(function* () {
      const onEvent = yield* effectMetrics({ models });
      for (const event of events) onEvent(event);
      return yield* Metric.snapshot;
    }).pipe(Effect.provideService(Metric.MetricRegistry, new Map())),
  );

const common = {
  "gen_ai.operation.name": "generate_content",
  "gen_ai.provider.name": "livepeer",
  "gen_ai.request.model": "SG161222/RealVisXL_V4.0_Lightning",
  "livepeer.pipeline": "text-to-image",
  "livepeer.gateway": "livepeer-studio",
};

/** By name: each series' own attributes, and its count, or the count and the sum of a histogram. */
const shown = (metrics: ReadonlyArray<Metric.Metric.Snapshot>) =>
  metrics
    .map(({ id, attributes = {}, state }): readonly [string, object, unknown] => {
      const own = Object.fromEntries(Object.entries(attributes).filter(([name]) => !(name in common)));
      return [id, own, "sum" in state ? [state.count, state.sum] : "count" in state ? state.count : undefined];
    })
    .sort((one, other) => (JSON.stringify(one.slice(0, 2)) < JSON.stringify(other.slice(0, 2)) ? -1 : 1));

describe("the metrics", () => {
  it("of a call that found its model cold have OpenTelemetry's names and seconds", () => {
    const metrics = after(story);
    for (const { attributes } of metrics) expect(attributes).toMatchObject(common);
    expect(shown(metrics)).toEqual([
      ["gen_ai.client.operation.duration", { unit: "s" }, [1, 44.4]],
      ["gen_ai.client.operation.time_to_first_chunk", { unit: "s" }, [1, 0.4]],
      ["livepeer.gateway.attempt.duration", { "error.type": "SLUICE-503-COLD", unit: "s" }, [1, 0.1]],
      ["livepeer.gateway.attempt.duration", { unit: "s" }, [1, 2.8]],
      ["livepeer.gateway.attempts", { "http.response.status_code": "200", unit: "{attempt}" }, 1n],
      [
        "livepeer.gateway.attempts",
        { "http.response.status_code": "503", "error.type": "SLUICE-503-COLD", unit: "{attempt}" },
        1n,
      ],
      ["livepeer.gateway.billing.units", { "livepeer.billing.unit": "pixel", unit: "{unit}" }, 1_048_576n],
      ["livepeer.gateway.cold_starts", { unit: "{operation}" }, 1n],
      ["livepeer.gateway.cost.usd", { unit: "USD" }, 0.019922944],
      ["livepeer.gateway.operations", { unit: "{operation}" }, 1n],
      ["livepeer.gateway.retries", { unit: "{attempt}" }, 1n],
      ["livepeer.gateway.wait.duration", { unit: "s" }, [1, 41.5]],
    ]);
  });

  it("of durations have the buckets in which a cold start is seen", () => {
    const durations = after(story).filter(({ type }) => type === "Histogram");
    expect(durations).toHaveLength(5);
    for (const { state } of durations) {
      const buckets = "buckets" in state ? state.buckets : [];
      expect(buckets.map(([bound]) => bound)).toEqual(operationDurationBounds);
    }
  });

  it("of a call that failed name the failure, and no cost", () => {
    const { cost: _, ...ended } = story[7];
    const none = { outcome: "SLUICE-499-ABORTED", attempts: 0, statuses: [], waitedMs: 0, coldStart: false };
    expect(shown(after([{ ...ended, ...none }]))).toEqual([
      ["gen_ai.client.operation.duration", { "error.type": "SLUICE-499-ABORTED", unit: "s" }, [1, 44.4]],
      ["livepeer.gateway.operations", { "error.type": "SLUICE-499-ABORTED", unit: "{operation}" }, 1n],
      ["livepeer.gateway.wait.duration", { unit: "s" }, [1, 0]],
    ]);
    const unanswered = after([{ ...story[2], status: null }]).find(({ id }) => id === "livepeer.gateway.attempts");
    expect(unanswered?.attributes).not.toHaveProperty(["http.response.status_code"]);
  });

  it("count a price that is not known, and add nothing for one that is not charged", () => {
    const spent = (own: Partial<typeof cost>) =>
      shown(after([{ ...story[7], cost: { ...cost, ...own } }])).filter(([id]) => /cost|units|unpriced/.test(id));
    const units = ["livepeer.gateway.billing.units", { "livepeer.billing.unit": "pixel", unit: "{unit}" }, 1_048_576n];
    expect(spent({ usd: "unknown", units: "unknown" })).toEqual([
      ["livepeer.gateway.unpriced", { unit: "{operation}" }, 1n],
    ]);
    expect(spent({ charges: "nothing" })).toEqual([units]);
    expect(spent({ charges: "nothing", usd: "unknown" })).toEqual([units]);
  });

  it("add up: as many calls, attempts and retries as there were, in any order", () => {
    const interleaved = fc.array(anyStory(), { maxLength: 5 }).map((stories) => stories.flat());
    const many = interleaved.chain((events) =>
      fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length }),
    );
    fc.assert(
      fc.property(many, (events) => {
        const metrics = after(events);
        const total = (name: string) =>
          metrics
            .filter(({ id }) => id === name)
            .reduce((sum, { state }) => sum + ("count" in state ? Number(state.count) : 0), 0);
        const ends = events.filter((event) => event.type === "call-ended");
        expect(total("livepeer.gateway.operations")).toBe(ends.length);
        expect(total("gen_ai.client.operation.duration")).toBe(ends.length);
        expect(total("livepeer.gateway.attempts")).toBe(events.filter(({ type }) => type === "attempt-ended").length);
        expect(total("livepeer.gateway.retries")).toBe(
          ends.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0),
        );
      }),
    );
  });

  it("are split by what is known alone, whatever models, codes and statuses there are", () => {
    const calls = Array.from({ length: 50 }, (_, index) => ({
      ...story[7],
      model: `model-${index}`,
      outcome: `SLUICE-${index}`,
    }));
    const operations = (models: ReadonlyArray<string>) =>
      after(calls, models)
        .filter(({ id }) => id === "livepeer.gateway.operations")
        .map(({ attributes = {}, state }) => [attributes["gen_ai.request.model"], attributes["error.type"], state]);
    const count = (count: bigint) => ({ count, incremental: true });
    expect(operations([])).toEqual([["other", "other", count(50n)]]);
    expect(operations(["model-7"])).toEqual([
      ["other", "other", count(49n)],
      ["model-7", "other", count(1n)],
    ]);
    const attempts = Array.from({ length: 2_000 }, (_, status) => ({ ...story[2], status }));
    expect(after(attempts).filter(({ id }) => id === "livepeer.gateway.attempts")).toHaveLength(501);
  });

  it("name no model where there is none, and no secret of a gateway's URL", () => {
    const { model: _, ...ended } = story[7];
    const metrics = after([{ ...ended, pipeline: "download", gateway: "https://a:hunter2@b.example/hunter2?hunter2" }]);
    expect(JSON.stringify(metrics.map(({ attributes }) => attributes))).not.toMatch(/hunter2|gen_ai\.request\.model/);
    expect(metrics[0]?.attributes).toMatchObject({
      "gen_ai.operation.name": "download",
      "livepeer.gateway": "https://b.example",
    });
  });
});
