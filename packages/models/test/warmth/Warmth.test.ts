import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalog, findModel } from "../../src/catalog/Catalog.ts";
import type { Evidence } from "../../src/warmth/Evidence.ts";
import type { WarmthSubject } from "../../src/warmth/Subject.ts";
import { warmthOf } from "../../src/warmth/Warmth.ts";

const now = Date.parse("2026-11-23T00:00:00Z");
const minute = 60_000;
const model = "SG161222/RealVisXL_V4.0_Lightning";
const entry = findModel("text-to-image", model)!;
const onDemand = findModel("text-to-image", "stabilityai/sdxl-turbo")!;
/** In no document. */
const unnamed = { pipeline: "text-to-image", model: "acme/own" } as const;

const seen = (from: Evidence["from"], says: Evidence["says"], minutesAgo: number, more: Partial<Evidence> = {}) => ({
  pipeline: "text-to-image" as const,
  model,
  from,
  says,
  at: now - minutesAgo * minute,
  source: "s",
  ...more,
});

/** The same evidence, about another model. */
const about = ({ pipeline, model }: WarmthSubject, evidence: ReadonlyArray<Evidence>): ReadonlyArray<Evidence> =>
  evidence.map((one) => ({ ...one, pipeline, model }));

const of = (subject: WarmthSubject, ...evidence: ReadonlyArray<Evidence>) =>
  warmthOf(about(subject, evidence), subject, now);

const stateOf = (...evidence: ReadonlyArray<Evidence>) => warmthOf(evidence, entry, now).state;
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as unknown;
const seconds = (count: number) => count / 60;

describe("a clock that runs ahead", () => {
  it.each([10, 1e9, Infinity])("does not outlast an honest one: by %s minutes", (ahead) => {
    const early = seen("probe", "warm", -ahead);
    expect(stateOf(early, seen("probe", "cold", 0))).toBe("cold");
    expect(warmthOf([early], entry, now + 365 * 1440 * minute).state).toBe(
      Number.isFinite(ahead) && ahead > 1e6 ? "warm" : "claimed",
    );
  });
});

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
    expect(warmthOf([], unnamed, now)).toEqual({ state: "unknown", confidence: 0, because: [] });
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
    [
      "but not an answer of just before at another gateway",
      "warm",
      [seen("call", "failing", 0, { gateway: "a" }), seen("call", "warm", 5, { gateway: "b" })],
    ],
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
    ["and replaces nothing", "cold", [seen("probe", "warm", NaN), seen("probe", "cold", 1)]],
  ] as const)("%s: %s", (_, state, evidence) => {
    expect(stateOf(...evidence)).toBe(state);
  });

  it("that has faded, of a model that no document calls warm, leaves nothing", () => {
    expect(of(onDemand, seen("probe", "warm", 64)).state).toBe("warm");
    expect(of(onDemand, seen("probe", "warm", 66)).state).toBe("unknown");
  });

  it("counts half after a half-life: 15 minutes for what was tried, 10 for what was said", () => {
    const confidence = (one: Evidence) => of(unnamed, one).confidence;
    expect(confidence(seen("probe", "warm", 0))).toBe(1);
    expect(confidence(seen("call", "cold", 15))).toBeCloseTo(0.5, 10);
    expect(confidence(seen("network", "warm", 0))).toBe(0.5);
    expect(confidence(seen("pool", "warm", 10))).toBeCloseTo(0.25, 10);
    expect(confidence(seen("probe", "failing", 0))).toBe(0.6);
  });

  it("is told in sentences: what decided, the best of every other kind, the newest that contradicts, the document", () => {
    const warmth = warmthOf(
      [
        seen("network", "warm", 4, { orchestrators: 1, capacity: { total: 2, inUse: 2 } }),
        seen("probe", "cold", 30, { gateway: "livepeer-cloud" }),
        seen("probe", "warm", 12, { gateway: "livepeer-cloud", ms: 412, source: "livepeer-cloud" }),
        seen("call", "failing", 20, { gateway: "acme" }),
        seen("call", "cold", 2, { gateway: "livepeer-cloud" }),
        seen("call", "warm", 1, { gateway: "livepeer-cloud", ms: 1_300 }),
        seen("pool", "cold", 25 * 60),
      ],
      entry,
      now,
    );
    expect(warmth).toMatchObject({ state: "warm", ageMs: minute });
    expect(warmth.because).toEqual([
      "A call was answered in 1.3 s (1 min ago, s).",
      "Kept warm by 1 orchestrator, 2 of 2 places in use (4 min ago, s).",
      "A call was told to wait (503), as while a model loads (2 min ago, s).",
      expect.stringMatching(/^Documented as warm /),
    ]);
  });

  it("that decides is not told twice", () => {
    expect(of(unnamed, seen("probe", "cold", 0), seen("probe", "cold", 0), seen("pool", "warm", 1)).because).toEqual([
      "A probe was told to wait (503), as while a model loads (now, s).",
      "The gateway's next request goes to an orchestrator that keeps it warm (1 min ago, s).",
    ]);
  });

  it("that contradicts is told if it is the newest, and not the heaviest", () => {
    const answers = [
      seen("probe", "warm", 0, { gateway: "a" }),
      seen("probe", "cold", 3, { gateway: "b" }),
      seen("probe", "failing", 1, { gateway: "c" }),
    ];
    for (const all of [answers, answers.toReversed()]) {
      expect(of(unnamed, ...all).because).toEqual([/answered/, /found nobody.*1 min ago/].map(matching));
    }
  });

  it("against a claim that outweighs it is told after the document", () => {
    const warmth = warmthOf([seen("network", "cold", 30, { orchestrators: 1 })], entry, now);
    expect(warmth).toMatchObject({ state: "claimed", because: [/^Documented/, /^Listed by/].map(matching) });
    // A claim is of a warm model, which a failure denies.
    const both = [seen("probe", "cold", 59, { gateway: "a" }), seen("probe", "failing", 49.5, { gateway: "b" })];
    expect(warmthOf(both, entry, now)).toMatchObject({
      state: "claimed",
      because: [/^Documented/, /told to wait/, /found nobody/].map(matching),
    });
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
    expect(of(unnamed, one).because).toEqual([sentence]);
  });
});

describe("a newer finding of the same means at the same gateway", () => {
  const answered = (from: "probe" | "call", minutesAgo: number) =>
    seen(from, "warm", minutesAgo, { gateway: "acme", ms: 400 });
  const failed = (secondsAgo: number, gateway = "acme") => seen("probe", "failing", seconds(secondsAgo), { gateway });

  it.each([
    ["a probe of 10 min ago", answered("probe", 10), [1, 2, 3], "A probe was answered in 0.4 s (10 min ago, s)."],
    ["a call of 8 min ago", answered("call", 8), [10, 20, 30], "A call was answered in 0.4 s (8 min ago, s)."],
  ])("replaces %s that was answered: three closed sockets since are no warm model", (_, older, failures, sentence) => {
    const { state, confidence, because } = of(unnamed, older, ...failures.map((ago) => failed(ago)));
    expect(state).toBe("cold");
    expect(confidence).toBeCloseTo(0.6 * 2 ** -(seconds(failures[0]!) / 15), 10);
    expect(because).toEqual([
      `A probe found nobody to run it, whether it is cold or absent (${failures[0]} s ago, s).`,
      sentence,
    ]);
  });

  it.each([
    ["a failure, an answer", "cold", [failed(1), answered("call", 1)]],
    ["an answer, failures", "warm", [answered("call", 0), failed(1), failed(2)]],
    ["a pool that is suspended, a warm one", "cold", [seen("pool", "failing", 0), seen("pool", "warm", 1)]],
    ["but not one of the same time", "warm", [failed(0), answered("call", 0)]],
    ["nor one by other means", "warm", [seen("pool", "failing", 0), seen("network", "warm", 1)]],
    ["nor one at another gateway", "warm", [failed(1, "other"), answered("call", 1)]],
  ])("replaces it, however weak: %s: %s", (_, state, evidence) => {
    expect(of(unnamed, ...evidence).state).toBe(state);
  });

  it("still replaces it when it no longer counts itself", () => {
    const evidence = about(unnamed, [failed(0), answered("probe", 1)]);
    expect(warmthOf(evidence, unnamed, now + 54 * minute)).toEqual({ state: "unknown", confidence: 0, because: [] });
  });

  it("of no named gateway is of the one that is asked about", () => {
    const evidence = about(unnamed, [seen("probe", "failing", 1), answered("probe", 2)]);
    expect(warmthOf(evidence, unnamed, now).state).toBe("warm");
    expect(warmthOf(evidence, { ...unnamed, gateway: "acme" }, now).state).toBe("cold");
  });
});

describe("the subject", () => {
  const here = seen("probe", "warm", 5, { gateway: "acme" });

  it.each<[string, Partial<Evidence>]>([
    ["another model", { model: "stabilityai/sd-turbo" }],
    ["another spelling", { model: model.toLowerCase() }],
    ["another pipeline", { pipeline: "image-to-image" }],
    ["another gateway", { gateway: "livepeer-cloud" }],
  ])("leaves out what is about %s", (_, changes) => {
    const subject = { ...entry, gateway: "acme" };
    const elsewhere = { ...here, says: "cold", at: now, ...changes } as const;
    expect(warmthOf([elsewhere, here], subject, now)).toEqual(warmthOf([here], subject, now));
    expect(warmthOf([elsewhere], subject, now).state).toBe("claimed");
  });

  it("keeps what names no gateway, and with none named what is of any", () => {
    const nowhere = seen("network", "cold", 0, { orchestrators: 1 });
    expect(warmthOf([nowhere], { ...entry, gateway: "acme" }, now).state).toBe("cold");
    expect(warmthOf([nowhere, here], entry, now).state).toBe("warm");
  });

  it("is looked up in the catalog by its name, whatever else it has", () => {
    const { pipeline } = entry;
    const outdated = { ...entry, warmth: [] };
    expect(warmthOf([], { pipeline, model }, now)).toMatchObject({ state: "claimed" });
    expect(warmthOf([], outdated, now)).toEqual(warmthOf([], entry, now));
  });
});

const evidence: fc.Arbitrary<Evidence> = fc
  .record({
    from: fc.constantFrom("network", "pool", "probe", "call"),
    says: fc.constantFrom("warm", "cold", "absent", "failing"),
    minutesAgo: fc.integer({ min: -5, max: 60 }),
    more: fc.record({
      source: fc.constantFrom("a", "b"),
      gateway: fc.constantFrom("acme", "livepeer-cloud"),
      ms: fc.constantFrom(400, 41_000),
      orchestrators: fc.constantFrom(1, 2),
      capacity: fc.record({ total: fc.constantFrom(1, 2), inUse: fc.constantFrom(0, 1) }),
    }),
  })
  .map(({ from, says, minutesAgo, more }) => seen(from, says, minutesAgo, more));
const subjects = fc
  .tuple(fc.constantFrom(unnamed, ...catalog), fc.constantFrom(undefined, "acme"))
  .map(([{ pipeline, model }, gateway]): WarmthSubject => ({ pipeline, model, gateway }));
const bag = fc.array(evidence, { maxLength: 12 });
/** A subject, and evidence about it. */
const known = fc.tuple(subjects, bag).map(([one, all]) => ({ one, all: about(one, all) }));

describe("whatever the evidence", () => {
  it("confidence never rises as time passes", () => {
    const wait = fc.integer({ min: 0, max: 30 * 1440 * minute });
    fc.assert(
      fc.property(known, wait, ({ one, all }, ms) => {
        expect(warmthOf(all, one, now + ms).confidence).toBeLessThanOrEqual(warmthOf(all, one, now).confidence);
      }),
    );
  });

  it("its order does not matter", () => {
    const shuffled = known.chain(({ one, all }) =>
      fc.tuple(fc.constant(one), fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, all, mixed]) => {
        expect(warmthOf(mixed, one, now)).toEqual(warmthOf(all, one, now));
      }),
    );
  });

  it("a probe that is newer than all of it decides", () => {
    const says = fc.constantFrom("warm", "cold", "absent");
    fc.assert(
      fc.property(known, says, fc.integer({ min: 0, max: 15 }), ({ one, all }, sign, minutesAgo) => {
        const older = all.map((each) => ({ ...each, at: each.at - (minutesAgo + 6) * minute }));
        const warmth = warmthOf([...older, ...about(one, [seen("probe", sign, minutesAgo)])], one, now);
        expect(warmth).toMatchObject({ state: sign, ageMs: minutesAgo * minute });
      }),
    );
  });

  it("at one gateway, the newest that was tried decides over all that was", () => {
    const tried = bag.map((all) => all.filter(({ from }) => from === "probe" || from === "call"));
    fc.assert(
      fc.property(subjects, tried, fc.constantFrom("warm", "cold", "absent", "failing"), (one, all, says) => {
        const older = all.map((each) => ({ ...each, gateway: "acme", at: each.at - 6 * minute }));
        const state = warmthOf(about(one, [...older, seen("call", says, 0, { gateway: "acme" })]), one, now).state;
        expect(state).toBe(says === "failing" ? "cold" : says);
      }),
    );
  });

  it("what is about others changes nothing", () => {
    fc.assert(
      fc.property(known, bag, ({ one, all }, others) => {
        const elsewhere = about({ ...one, model: `${one.model}-2` }, others);
        expect(warmthOf([...elsewhere, ...all], one, now)).toEqual(warmthOf(all, one, now));
      }),
    );
  });

  it("the answer is total: a state, a confidence from 0 to 1, and reasons, never a throw", () => {
    const odd = fc.record({
      ...{ pipeline: fc.constant("llm" as const), model: fc.string(), source: fc.string(), gateway: fc.string() },
      from: fc.constantFrom("network", "pool", "probe", "call"),
      says: fc.constantFrom("warm", "cold", "absent", "failing"),
      at: fc.double(),
      ms: fc.double(),
    });
    fc.assert(
      fc.property(fc.array(odd), subjects, fc.double(), (all, one, time) => {
        const { state, confidence, ageMs = 0, because } = warmthOf(about(one, all), one, time);
        expect(["warm", "claimed", "cold", "absent", "unknown"]).toContain(state);
        expect(confidence >= 0 && confidence <= 1).toBe(true);
        expect(Number.isNaN(ageMs) || ageMs >= 0).toBe(true);
        expect(state === "unknown" || because.length > 0).toBe(true);
      }),
    );
  });

  it("no evidence makes a claim of what no document calls warm", () => {
    fc.assert(
      fc.property(known, ({ one, all }) => {
        const { state } = warmthOf(all, one, now);
        const documents = findModel(one.pipeline, one.model)?.warmth ?? [];
        if (state === "claimed") expect(documents.some(({ says }) => says === "warm")).toBe(true);
        if (all.length === 0) expect(["claimed", "unknown"]).toContain(state);
      }),
    );
  });
});
