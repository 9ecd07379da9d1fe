import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findModel } from "../../src/catalog/Catalog.ts";
import type { Evidence } from "../../src/warmth/Evidence.ts";
import type { WarmthSubject } from "../../src/warmth/Subject.ts";
import { warmthDrift } from "../../src/warmth/warmthDrift.ts";

const now = Date.parse("2026-11-23T00:00:00Z");
const hour = 3_600_000;
const model = "openai/whisper-large-v3";
const warm = { pipeline: "audio-to-text", model } as const;
const onDemand = { pipeline: "text-to-image", model: "stabilityai/sdxl-turbo" } as const;
/** The catalog has it, and no document says how warm it is. */
const unsaid = { pipeline: "text-to-image", model: "black-forest-labs/FLUX.1-dev" } as const;
const unnamed = { pipeline: "llm", model: "acme/own" } as const;

/** The drift of a model by these probes of it. */
const driftOf = (subject: WarmthSubject, probes: ReadonlyArray<Evidence>) =>
  warmthDrift(
    probes.map((one) => ({ ...one, pipeline: subject.pipeline, model: subject.model })),
    subject,
    now,
  );

const probe = (hoursAgo: number, says: Evidence["says"], more: Partial<Evidence> = {}): Evidence => ({
  pipeline: "audio-to-text",
  model,
  from: "probe",
  says,
  at: now - hoursAgo * hour,
  source: "s",
  ...more,
});
const coldStart = (hoursAgo: number, ms: number) => probe(hoursAgo, "warm", { coldStart: true, ms });
const fast = (hoursAgo: number, ms = 400) => probe(hoursAgo, "warm", { ms });

describe("drift", () => {
  it("is a documented warm model whose last three probes were cold", () => {
    expect(driftOf(warm, [coldStart(1, 41_000), coldStart(3, 30_000), coldStart(2, 60_000)])).toEqual({
      kind: "colder",
      since: now - 3 * hour,
      probes: 3,
      medianMs: 41_000,
      sentence: "The catalog says warm (2026-05-12), the last 3 probes were cold (41 s).",
    });
  });

  it("counts those that were told to wait, and times those that were answered", () => {
    const probes = [probe(1, "cold", { ms: 90 }), coldStart(2, 30_000), probe(3, "failing"), coldStart(4, 50_000)];
    expect(driftOf(warm, probes)).toEqual({
      kind: "colder",
      since: now - 4 * hour,
      probes: 4,
      medianMs: 40_000,
      sentence: "The catalog says warm (2026-05-12), the last 4 probes were cold (40 s), or found nobody to run it.",
    });
    expect(
      driftOf(
        warm,
        [1, 2, 3].map((ago) => probe(ago, "cold", { ms: 90 })),
      ),
    ).toEqual({
      kind: "colder",
      since: now - 3 * hour,
      probes: 3,
      sentence: "The catalog says warm (2026-05-12), the last 3 probes were cold.",
    });
  });

  it("is a model documented as on demand that has kept warm", () => {
    expect(driftOf(onDemand, [fast(1), fast(2, 300), fast(3, 900)])).toMatchObject({
      kind: "warmer",
      medianMs: 400,
      sentence: "The catalog says on-demand (2025-11-19), the last 3 probes were warm (0.4 s).",
    });
  });

  it("is a documented warm model that is not offered", () => {
    expect(
      driftOf(
        warm,
        [1, 2, 3].map((ago) => probe(ago, "absent")),
      ),
    ).toMatchObject({
      kind: "absent",
      sentence: "The catalog says warm (2026-05-12), the last 3 probes were told that it is not offered.",
    });
  });

  it("is a failure, and no coldness, when nobody ran any of them", () => {
    const probes = [1, 2, 3].map((ago) => probe(ago, "failing", { ms: 20 }));
    expect(driftOf(warm, probes)).toEqual({
      kind: "failing",
      since: now - 3 * hour,
      probes: 3,
      sentence: "The catalog says warm (2026-05-12), the last 3 probes found nobody to run it.",
    });
    expect(driftOf(warm, [...probes, probe(0, "absent")])).toBeUndefined();
  });

  it("is of the model, and of the gateway where one is named", () => {
    const at = (gateway: string, ago: number) => probe(ago, "cold", { gateway });
    const both = [at("acme", 1), at("acme", 2), at("acme", 3), at("other", 4)];
    expect(warmthDrift(both, warm, now)).toMatchObject({ probes: 4 });
    expect(warmthDrift(both, { ...warm, gateway: "acme" }, now)).toMatchObject({ probes: 3 });
    expect(warmthDrift(both, { ...warm, gateway: "other" }, now)).toBeUndefined();
    expect(warmthDrift(both, { ...warm, model: "openai/whisper-large-v2" }, now)).toBeUndefined();
    expect(warmthDrift(both, findModel("upscale", "stabilityai/stable-diffusion-x4-upscaler")!, now)).toBeUndefined();
  });

  it("begins after the last probe that said otherwise", () => {
    const probes = [coldStart(1, 1), coldStart(2, 1), coldStart(3, 1), fast(4), coldStart(5, 1)];
    expect(driftOf(warm, probes)).toMatchObject({ probes: 3, since: now - 3 * hour });
  });

  it.each([
    ["there are only two", warm, [coldStart(1, 1), coldStart(2, 1)]],
    ["the last one was warm", warm, [fast(1), coldStart(2, 1), coldStart(3, 1), coldStart(4, 1)]],
    ["they agree with the document", warm, [fast(1), fast(2), fast(3)]],
    ["cold is what the document says", onDemand, [1, 2, 3].map((ago) => probe(ago, "cold"))],
    ["failing is no news of a model on demand", onDemand, [1, 2, 3].map((ago) => probe(ago, "failing"))],
    ["the catalog does not have it", unnamed, [1, 2, 3].map((ago) => probe(ago, "cold"))],
    ["no document says anything", unsaid, [1, 2, 3].map((ago) => probe(ago, "cold"))],
    ["they are of last week", warm, [1, 2, 169].map((ago) => probe(ago, "cold"))],
    ["they are of tomorrow", warm, [1, 2, -1].map((ago) => probe(ago, "cold"))],
    ["they are no probes", warm, [1, 2, 3].map((ago) => probe(ago, "cold", { from: "call" }))],
    ["there are none", warm, []],
  ])("is none when %s", (_, one, probes) => {
    expect(driftOf(one, probes)).toBeUndefined();
  });

  it("does not depend on the order of the evidence", () => {
    const one = fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom<Evidence["says"]>("warm", "cold", "absent", "failing"))
      .map(([ago, says]) => probe(ago, says));
    const shuffled = fc
      .array(one, { maxLength: 8 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, mixed]) => {
        expect(driftOf(warm, mixed)).toEqual(driftOf(warm, all));
      }),
    );
  });
});
