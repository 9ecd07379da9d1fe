import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CallEvent, Report, Snapshot, Telemetry, type TelemetryOptions } from "../src/index.ts";
import { cost, story } from "./story.ts";
import { anyCall, eventsOf, noon, type Told } from "./traffic.ts";

const day = 24 * 3_600_000;

const clockAt = (at: number) => ({ currentTimeMillisUnsafe: () => at });

const told = (calls: ReadonlyArray<Told>, options: TelemetryOptions & { readonly now?: number } = {}): Telemetry => {
  const { now = noon + 1_000, ...rest } = options;
  const telemetry = new Telemetry({ clock: clockAt(now), ...rest });
  tell(telemetry, calls.flatMap(eventsOf));
  return telemetry;
};

const tell = (telemetry: Telemetry, events: ReadonlyArray<CallEvent>): void => {
  for (const event of events) telemetry.onEvent(event);
};

const merged = (parts: ReadonlyArray<Telemetry>, now: number): Telemetry => {
  const whole = new Telemetry({ clock: clockAt(now) });
  for (const part of parts) whole.merge(JSON.parse(JSON.stringify(part.snapshot())) as Snapshot);
  return whole;
};

/** Where the order in which things were first seen says nothing. */
const inOrder = (snapshot: Snapshot): unknown => ({
  ...snapshot,
  inflight: Object.entries(snapshot.inflight).toSorted(),
  series: snapshot.series.map((series) => ({
    ...series,
    units: series.units.toSorted((a, b) => (a.unit < b.unit ? -1 : 1)),
    latencies: series.latencies.toSorted((a, b) => (a.start + a.result < b.start + b.result ? -1 : 1)),
  })),
});

describe("the figures of a program", () => {
  it("count attempts and calls apart, by status, outcome and class", () => {
    const cold = [503, "SLUICE-503-COLD"] as const;
    const { pipelines, series } = told([
      { ms: 1_000 },
      { ms: 31_000, attempts: [cold, cold, [200, "ok"]], coldStart: true, waitedMs: 28_000 },
      { ms: 300_000, attempts: [cold, [null, "SLUICE-504-DEADLINE"]], coldStart: true, waitedMs: 100_000 },
    ]).report();
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({
      gateway: "livepeer-studio",
      pipeline: "text-to-image",
      model: "SG161222/RealVisXL_V4.0_Lightning",
      calls: {
        total: 3,
        byOutcome: { ok: 2, "SLUICE-504-DEADLINE": 1 },
        byClass: { ok: 2, unavailable: 1 },
      },
      attempts: {
        total: 6,
        byStatus: { 200: 2, 503: 3, none: 1 },
        byOutcome: { ok: 2, "SLUICE-503-COLD": 3, "SLUICE-504-DEADLINE": 1 },
        byClass: { ok: 2, unavailable: 4 },
      },
      retries: 3,
      coldStarts: 1,
      waits: { retry: 3, gate: 0, pace: 0, turn: 0 },
      waitedMs: 128_000,
      cost: { usd: "0.039845888", unpriced: 0, free: 0 },
      units: [{ unit: "pixel", count: "2097152" }],
    });
    expect(pipelines).toMatchObject([{ pipeline: "text-to-image", calls: { total: 3 }, cost: { usd: "0.039845888" } }]);
  });

  it("tell each kind of wait, and the first token of a stream", () => {
    const telemetry = told([]);
    tell(telemetry, story);
    expect(telemetry.report().series[0]?.waits).toEqual({ retry: 0, gate: 1, pace: 0, turn: 0 });
    expect(telemetry.prometheus()).toMatch(/time_to_first_chunk_seconds_sum\{.*\} 0\.4\n/);
  });

  it("have the percentiles of rolling windows, warm and cold and failed apart", () => {
    const minutes = (count: number): number => noon - count * 60_000;
    const report = told(
      [
        { at: minutes(25 * 60), ms: 90_000, coldStart: true },
        { at: minutes(23 * 60), ms: 60_000, coldStart: true },
        { at: minutes(50), ms: 4_000 },
        { at: minutes(4), ms: 2_000 },
        { at: minutes(0), ms: 300_000, attempts: [], coldStart: true },
      ],
      { now: noon },
    ).report();
    const of = (window: "all" | "24h" | "1h" | "5m") => report.pipelines[0]?.latency[window];
    const calls = (window: "all" | "24h" | "1h" | "5m") =>
      (["ok", "warm", "cold", "failed"] as const).map((kind) => of(window)?.[kind].calls);
    expect(calls("all")).toEqual([4, 2, 2, 1]);
    expect(calls("24h")).toEqual([3, 2, 1, 1]);
    expect(calls("1h")).toEqual([2, 2, 0, 1]);
    expect(calls("5m")).toEqual([1, 1, 0, 1]);
    expect(of("5m")?.warm).toEqual({ calls: 1, p50Ms: 2_000, p95Ms: 2_000, p99Ms: 2_000 });
    expect(of("1h")?.cold).toEqual({ calls: 0, p50Ms: null, p95Ms: null, p99Ms: null });
  });

  it("go on in their windows when a clock was ahead for one event, or is set back", () => {
    const [pipeline] = told([{ at: noon + 10 * day }, { at: noon }, { at: noon + 1_000 }]).report().pipelines;
    expect(pipeline?.latency["5m"].ok.calls).toBe(2);
    expect(pipeline?.latency["24h"].ok.calls).toBe(2);
    expect(pipeline?.latency.all.ok.calls).toBe(3);
  });

  it("are a copy in a snapshot, which nothing changes afterwards", () => {
    const telemetry = told([{}]);
    const snapshot = telemetry.snapshot();
    const before = structuredClone(snapshot);
    tell(telemetry, [
      ...story,
      ...eventsOf({
        attempts: [
          [503, "SLUICE-503-COLD"],
          [200, "ok"],
        ],
      }),
    ]);
    expect(snapshot).toEqual(before);
  });

  it("are there whatever time is asked about", () => {
    const telemetry = told([{}]);
    for (const at of [Infinity, -Infinity, Number.NaN]) telemetry.evaluate(at);
    expect(telemetry.report().pipelines[0]?.calls.total).toBe(1);
  });

  it("never take an unknown price for nothing, nor what is free for unknown", () => {
    const [series] = told([
      { cost: { ...cost, usd: "unknown", units: "unknown" } },
      { cost: { ...cost, charges: "nothing" } },
      { cost: { ...cost, usd: "12345678.000000001" } },
    ]).report().series;
    expect(series?.cost).toEqual({ usd: "12345678.000000001", unpriced: 1, free: 1 });
  });

  it("keep no more series for a million models", () => {
    const telemetry = told([{ model: "acme/known" }], { models: ["acme/known"] });
    for (let made = 0; made < 1_000_000; made += 1) {
      const known = { requestId: "r", at: noon, gateway: "livepeer-studio", pipeline: "llm", model: `acme/${made}` };
      telemetry.onEvent({ ...known, type: "attempt-ended", attempt: 1, status: 200, outcome: "ok", ms: 10 });
    }
    const { series } = telemetry.report();
    expect(series.map(({ model, attempts }) => [model, attempts.total])).toEqual([
      ["other", 1_000_000],
      ["acme/known", 1],
    ]);
    const names = new Set(telemetry.prometheus().match(/model="[^"]*"/g));
    expect([...names].toSorted()).toEqual(['model="acme/known"', 'model="other"']);
  });

  it("keep no more series for statuses and codes that a gateway makes up", () => {
    const attempts = Array.from({ length: 2_000 }, (_, at) => [at, `SLUICE-500-${"A".repeat(at % 40)}`] as const);
    const lines = told([{ attempts }])
      .prometheus()
      .match(/livepeer_gateway_attempts_total\{/g);
    expect(lines?.length).toBeLessThanOrEqual(101);
  });

  it("are in order whatever the calls", () => {
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 20 }), (calls) => {
        const telemetry = told(calls, { now: noon + day / 2 });
        const report = Report.parse(telemetry.report());
        const attempts = calls.reduce((sum, call) => sum + (call.attempts?.length ?? 0), 0);
        expect(report.series.reduce((sum, one) => sum + one.attempts.total, 0)).toBe(attempts);
        expect(report.series.reduce((sum, one) => sum + one.calls.total, 0)).toBe(calls.length);
        expect(report.pipelines.reduce((sum, one) => sum + one.calls.total, 0)).toBe(calls.length);
        expect(JSON.stringify(report)).not.toContain("secret");
        expect(Object.values(telemetry.snapshot().inflight).every((count) => count === 0)).toBe(true);
      }),
    );
  });
});

describe("the alerts of a program", () => {
  const outage = (from: number): ReadonlyArray<Told> =>
    Array.from({ length: 180 }, (_, at) => ({ at: from + at * 10_000, attempts: [[503, "SLUICE-503-COLD"]] }));
  const firing = (calls: ReadonlyArray<Told>): number => {
    let fired = 0;
    told(calls, {
      onAlert: ({ name, state }) => {
        if (name === "LivepeerUnavailable" && state === "firing") fired += 1;
      },
    });
    return fired;
  };

  it("come with the events, with nobody to look", () => {
    expect(firing(outage(noon))).toBe(1);
  });

  it("come again after one event of a clock that is years ahead", () => {
    expect(firing([{ at: noon }, { at: noon + 50 * 365 * day }, ...outage(noon + 60_000)])).toBe(1);
  });

  it("are told whatever an observer throws", () => {
    const telemetry = told(outage(noon), {
      now: noon + 30 * 60_000,
      onAlert: () => {
        throw new Error("not my day");
      },
    });
    expect(telemetry.alerts.map(({ name }) => name)).toContain("LivepeerUnavailable");
    expect(telemetry.report().alerts.map(({ name }) => name)).toContain("LivepeerUnavailable");
  });
});

describe("the figures of several processes", () => {
  it("add up to those of one, however their calls were split", () => {
    const parts = fc.array(fc.array(anyCall, { maxLength: 5 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(parts, (split) => {
        const now = noon + day / 2;
        const whole = told(split.flat(), { now });
        const added = merged(
          split.map((calls) => told(calls, { now })),
          now,
        );
        expect(inOrder(added.snapshot())).toEqual(inOrder(whole.snapshot()));
        expect(added.report().series).toEqual(whole.report().series);
        expect(added.prometheus().split("\n").toSorted()).toEqual(whole.prometheus().split("\n").toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it("have no pipeline that a process made up", () => {
    const snapshot = { ...told([{}]).snapshot(), inflight: { "sk-secret": 2, llm: 1 } };
    const fleet = new Telemetry({ clock: clockAt(noon) });
    fleet.merge(snapshot);
    expect(fleet.snapshot().inflight).toEqual({ other: 2, llm: 1 });
  });

  it("are refused when they do not add up", () => {
    const snapshot = told([{}]).snapshot();
    const [series] = snapshot.series;
    if (series === undefined) throw new Error("there is a series");
    const bent = (change: object) => ({ ...snapshot, series: [{ ...series, ...change }] });
    expect(Snapshot.safeParse(snapshot).success).toBe(true);
    const { attemptMs } = series;
    for (const wrong of [
      { ...snapshot, version: 2 },
      bent({ attemptMs: { ...attemptMs, count: 2 } }),
      bent({ attemptMs: { ...attemptMs, minUs: 1 } }),
      bent({ attemptMs: { ...attemptMs, bins: [...attemptMs.bins, 1e9, 0] } }),
      bent({ attempts: [{ status: "200 ", outcome: "ok", count: 1 }] }),
      bent({ attempts: [{ status: "200", outcome: "SLUICE-503-COLD x", count: 1 }] }),
      bent({ nanoUsd: "1.5" }),
      bent({ retries: -1 }),
    ]) {
      expect(Snapshot.safeParse(wrong).success).toBe(false);
    }
  });
});
