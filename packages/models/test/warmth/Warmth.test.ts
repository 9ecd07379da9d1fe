import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalog, findModel } from "../../src/catalog/Catalog.ts";
import type { Evidence } from "../../src/warmth/Evidence.ts";
import { warmthOf } from "../../src/warmth/Warmth.ts";

const now = Date.parse("2026-11-23T00:00:00Z");
const minute = 60_000;
const model = "SG161222/RealVisXL_V4.0_Lightning";
const entry = findModel("text-to-image", model)!;
const onDemand = findModel("text-to-image", "stabilityai/sdxl-turbo")!;

const seen = (from: Evidence["from"], says: Evidence["says"], minutesAgo: number, more: Partial<Evidence> = {}) => ({
  pipeline: "text-to-image" as const,
  model,
  from,
  says,
  at: now - minutesAgo * minute,
  source: "s",
  ...more,
});

const stateOf = (...evidence: ReadonlyArray<Evidence>) => warmthOf(evidence, entry, now).state;

describe("without evidence", () => {
  it("a documented warm model is claimed to be warm, by the newest document and with its age", () => {
    const warmth = warmthOf([], entry, now);
    expect(warmth).toEqual({
      state: "claimed",
      ageMs: now - Date.parse("2026-05-12"),
      confidence: expect.closeTo(0.3 * 2 ** -(195 / 90), 10) as number,
      because: [
        "Documented as warm (2026-05-12, https://github.com/livepeer/docs/blob/d498d7c7/v2/developers/build/ai-and-agents/model-support.mdx).",
      ],
    });
  });

  it("every documented warm model stays claimed, however old the document", () => {
    const later = now + 100 * 365 * 1440 * minute;
    expect(warmthOf([], entry, later)).toMatchObject({ state: "claimed" });
    expect(warmthOf([], entry, later).confidence).toBeLessThan(0.001);
  });

  it("a model that is documented as on demand is unknown: a document never says cold", () => {
    expect(warmthOf([], onDemand, now)).toMatchObject({ state: "unknown", confidence: 0 });
    expect(warmthOf([], onDemand, now).because[0]).toMatch(/^Documented as on-demand \(2025-11-19, /);
  });

  it("a model that nobody names is unknown", () => {
    expect(warmthOf([], undefined, now)).toEqual({ state: "unknown", confidence: 0, because: [] });
  });
});

describe("evidence", () => {
  it.each([
    ["a probe beats the network", "cold", [seen("probe", "cold", 0), seen("network", "warm", 0)]],
    ["for a quarter of an hour", "cold", [seen("probe", "cold", 14), seen("network", "warm", 0)]],
    ["and no longer", "warm", [seen("probe", "cold", 16), seen("network", "warm", 0)]],
    ["a call beats a gateway's pool", "warm", [seen("call", "warm", 5), seen("pool", "absent", 5)]],
    ["a newer call beats an older probe", "cold", [seen("probe", "warm", 2), seen("call", "cold", 1)]],
    ["the network beats the documents", "cold", [seen("network", "cold", 5)]],
    [
      "a failure beats what orchestrators say of themselves",
      "cold",
      [seen("call", "failing", 0), seen("network", "warm", 0)],
    ],
    ["but not an answer of just before", "warm", [seen("call", "failing", 0), seen("call", "warm", 5)]],
    [
      "a failure is an absence if the network knows nobody",
      "absent",
      [seen("call", "failing", 0), seen("network", "absent", 0)],
    ],
    ["and a cold model otherwise", "cold", [seen("call", "failing", 0), seen("network", "cold", 0)]],
    ["a cold start leaves a warm model", "warm", [seen("probe", "warm", 0, { coldStart: true, ms: 41_000 })]],
    ["evidence that has faded leaves the claim", "claimed", [seen("probe", "cold", 60)]],
    ["a clock that runs ahead is of now", "cold", [seen("probe", "cold", -5)]],
    ["a time that is none counts for nothing", "claimed", [seen("probe", "cold", NaN)]],
  ] as const)("%s: %s", (_, state, evidence) => {
    expect(stateOf(...evidence)).toBe(state);
  });

  it("that has faded, of a model that no document calls warm, leaves nothing", () => {
    expect(warmthOf([seen("probe", "warm", 64)], onDemand, now).state).toBe("warm");
    expect(warmthOf([seen("probe", "warm", 66)], onDemand, now).state).toBe("unknown");
  });

  it("counts half after a half-life: 15 minutes for what was tried, 10 for what was said", () => {
    const confidence = (one: Evidence) => warmthOf([one], undefined, now).confidence;
    expect(confidence(seen("probe", "warm", 0))).toBe(1);
    expect(confidence(seen("call", "cold", 15))).toBeCloseTo(0.5, 10);
    expect(confidence(seen("network", "warm", 0))).toBe(0.5);
    expect(confidence(seen("pool", "warm", 10))).toBeCloseTo(0.25, 10);
    expect(confidence(seen("probe", "failing", 0))).toBe(0.6);
  });

  it("is told in sentences: what decided, the best of every other kind, and the document", () => {
    const warmth = warmthOf(
      [
        seen("network", "warm", 4, { orchestrators: 1, capacity: { total: 2, inUse: 2 } }),
        seen("probe", "cold", 30),
        seen("probe", "warm", 12, { ms: 412, source: "livepeer-cloud" }),
        seen("call", "failing", 1),
        seen("pool", "cold", 25 * 60),
      ],
      entry,
      now,
    );
    expect(warmth).toMatchObject({ state: "warm", ageMs: 12 * minute });
    expect(warmth.because.slice(0, -1)).toEqual([
      "A probe was answered in 0.4 s (12 min ago, livepeer-cloud).",
      "A call found nobody to run it, whether it is cold or absent (1 min ago, s).",
      "Kept warm by 1 orchestrator, 2 of 2 places in use (4 min ago, s).",
    ]);
  });

  it.each([
    [
      seen("probe", "warm", 0, { ms: 41_000, coldStart: true }),
      "A probe was answered after 41 s, so it was cold and is warm now (now, s).",
    ],
    [seen("call", "cold", 0.5), "A call was told to wait (503), as while a model loads (30 s ago, s)."],
    [seen("call", "absent", 0), "A call was told that the gateway does not offer it (now, s)."],
    [seen("network", "cold", 0, { orchestrators: 3 }), "Listed by 3 orchestrators, warm at none (now, s)."],
    [seen("network", "absent", 0, { orchestrators: 0 }), "No orchestrator lists it (now, s)."],
    [seen("pool", "warm", 0), "The gateway's next request goes to an orchestrator that keeps it warm (now, s)."],
    [seen("pool", "cold", 0), "The gateway knows only orchestrators that would have to load it (now, s)."],
    [seen("pool", "failing", 0), "The gateway has suspended every orchestrator that has it (now, s)."],
    [seen("pool", "absent", 0), "The gateway knows no orchestrator that has it (now, s)."],
  ])("%#: is told as such", (one, sentence) => {
    expect(warmthOf([one], undefined, now).because).toEqual([sentence]);
  });
});

const evidence: fc.Arbitrary<Evidence> = fc
  .record({
    from: fc.constantFrom("network", "pool", "probe", "call"),
    says: fc.constantFrom("warm", "cold", "absent", "failing"),
    minutesAgo: fc.integer({ min: -5, max: 60 }),
    more: fc.record({
      source: fc.constantFrom("a", "b"),
      ms: fc.constantFrom(400, 41_000),
      orchestrators: fc.constantFrom(1, 2),
      capacity: fc.record({ total: fc.constantFrom(1, 2), inUse: fc.constantFrom(0, 1) }),
    }),
  })
  .map(({ from, says, minutesAgo, more }) => seen(from, says, minutesAgo, more));
const bag = fc.array(evidence, { maxLength: 12 });
const known = fc.option(fc.constantFrom(...catalog), { nil: undefined });

describe("whatever the evidence", () => {
  it("confidence never rises as time passes", () => {
    const wait = fc.integer({ min: 0, max: 30 * 1440 * minute });
    fc.assert(
      fc.property(bag, known, wait, (all, one, ms) => {
        expect(warmthOf(all, one, now + ms).confidence).toBeLessThanOrEqual(warmthOf(all, one, now).confidence);
      }),
    );
  });

  it("its order does not matter", () => {
    const shuffled = bag.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, known, ([all, mixed], one) => {
        expect(warmthOf(mixed, one, now)).toEqual(warmthOf(all, one, now));
      }),
    );
  });

  it("a probe that is newer than all of it decides", () => {
    const says = fc.constantFrom("warm", "cold", "absent");
    fc.assert(
      fc.property(bag, known, says, fc.integer({ min: 0, max: 15 }), (all, one, sign, minutesAgo) => {
        const older = all.map((each) => ({ ...each, at: each.at - (minutesAgo + 6) * minute }));
        const warmth = warmthOf([...older, seen("probe", sign, minutesAgo)], one, now);
        expect(warmth).toMatchObject({ state: sign, ageMs: minutesAgo * minute });
      }),
    );
  });

  it("the answer is total: a state, a confidence from 0 to 1, and reasons, never a throw", () => {
    const odd = fc.record({
      ...{ pipeline: fc.constant("llm" as const), model: fc.string(), source: fc.string() },
      from: fc.constantFrom("network", "pool", "probe", "call"),
      says: fc.constantFrom("warm", "cold", "absent", "failing"),
      at: fc.double(),
      ms: fc.double(),
    });
    fc.assert(
      fc.property(fc.array(odd), known, fc.double(), (all, one, time) => {
        const { state, confidence, ageMs = 0, because } = warmthOf(all, one, time);
        expect(["warm", "claimed", "cold", "absent", "unknown"]).toContain(state);
        expect(confidence >= 0 && confidence <= 1).toBe(true);
        expect(Number.isNaN(ageMs) || ageMs >= 0).toBe(true);
        expect(state === "unknown" || because.length > 0).toBe(true);
      }),
    );
  });

  it("no evidence makes a claim of what no document calls warm", () => {
    fc.assert(
      fc.property(bag, known, (all, one) => {
        const { state } = warmthOf(all, one, now);
        if (state === "claimed") expect(one?.warmth.some(({ says }) => says === "warm")).toBe(true);
        if (all.length === 0) expect(["claimed", "unknown"]).toContain(state);
      }),
    );
  });
});
