import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attestation, statuses } from "../../src/index.ts";
import { checkOf, inDays, review } from "./checks.ts";

const said = (on: number, until: number, more: Partial<Attestation> = {}): Attestation => ({
  ...{ id: "X1", by: "Ada", on: inDays(on), until: inDays(until), evidence: "https://example.com/review" },
  ...more,
});

const manual = checkOf("X1", "manual", { attestedDays: 7 });
const resultWith = async (...attestations: ReadonlyArray<Attestation>) => {
  const { checks, notes } = await review([manual], { attestations });
  return { ...checks[0], notes };
};

describe("a person's word for what software could not tell", () => {
  it("counts until the end of its last day, and the report says whose it is", async () => {
    expect(await resultWith(said(-2, 3))).toMatchObject({
      ...{ status: "pass", blocks: false, why: null, attestation: said(-2, 3) },
      evidence: `Ada, ${inDays(-2)}: https://example.com/review`,
      seenAt: `${inDays(-2)}T00:00:00.000Z`,
      expiresAt: `${inDays(4)}T00:00:00.000Z`,
      notes: [],
    });
  });

  it("counts on its first day and on its last", async () => {
    expect(await resultWith(said(0, 0))).toMatchObject({ status: "pass" });
    expect(await resultWith(said(-7, 0))).toMatchObject({ status: "pass" });
  });

  it("does not count once it has expired", async () => {
    expect(await resultWith(said(-5, -1))).toMatchObject({
      ...{ status: "manual", blocks: true, attestation: said(-5, -1), fix: "do it" },
      evidence: `what Ada said on ${inDays(-5)} held until ${inDays(-1)}`,
    });
  });

  it("does not count before its day", async () => {
    expect(await resultWith(said(1, 5))).toMatchObject({
      ...{ status: "manual", blocks: true },
      evidence: `Ada said so for ${inDays(1)}, which is still to come`,
    });
  });

  it("counts no longer than the check lets it, and says so", async () => {
    const limit = (until: number) => ` (not until ${inDays(until)}: a word for it counts 7 days)`;
    expect(await resultWith(said(-2, 30))).toMatchObject({
      status: "pass",
      evidence: `Ada, ${inDays(-2)}: https://example.com/review${limit(30)}`,
      expiresAt: `${inDays(6)}T00:00:00.000Z`,
    });
    expect(await resultWith(said(-8, 30))).toMatchObject({
      status: "manual",
      evidence: `what Ada said on ${inDays(-8)} held until ${inDays(-1)}${limit(30)}`,
    });
  });

  it("does not count for another check, and a word for what is no check is noted", async () => {
    expect(await resultWith(said(0, 5, { id: "X2" }))).toMatchObject({
      ...{ status: "manual", evidence: "nobody said so", attestation: null },
      notes: ["launch.attest.toml attests X2, which is no check"],
    });
  });

  it("is the one that holds longest; one that is still to come hides none that holds", async () => {
    const longer = said(-1, 4, { by: "Grace" });
    expect(await resultWith(said(-1, 2), longer, said(2, 9))).toMatchObject({ status: "pass", attestation: longer });
  });

  it("does not count where software decides, and that is noted", async () => {
    const { cannot: _, ...decided } = manual;
    const { checks, notes } = await review([decided], { attestations: [said(0, 5)] });
    expect(checks[0]).toMatchObject({ status: "manual", attestation: null });
    expect(notes).toEqual(["launch.attest.toml attests X1, which software decides: it does not count"]);
  });
});

it.each(["fail", "warn"] as const)("a person's word is noted where a %s counts more", async (status) => {
  const { notes } = await review([{ ...manual, ...checkOf("X1", status) }], { attestations: [said(0, 5)] });
  expect(notes).toEqual(["launch.attest.toml attests X1, but what was seen counts more"]);
});

it("a person's word never changes what software has seen", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...statuses.filter((status) => status !== "manual")),
      fc.array(fc.record({ on: fc.integer({ min: -9, max: 2 }), days: fc.integer({ min: 0, max: 99 }) })),
      async (status, words) => {
        const checks = [checkOf("X1", status)];
        const attestations = words.map(({ on, days }) => said(on, on + days));
        expect({ ...(await review(checks, { attestations })), notes: [] }).toEqual(await review(checks));
      },
    ),
    { numRuns: 60 },
  );
});

it("a person's word counts just from its day to the last day that both it and the check allow", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -20, max: 3 }), fc.integer({ min: 0, max: 30 }), async (on, days) => {
      const { status } = await resultWith(said(on, on + days));
      expect(status).toBe(on <= 0 && on + Math.min(days, 7) >= 0 ? "pass" : "manual");
    }),
  );
});
