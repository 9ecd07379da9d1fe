import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { type Billed, drift, nanoUsd } from "../src/index.ts";

const call = (quoted: bigint | "unknown", billed: bigint, more: Partial<Billed> = {}): Billed => ({
  pipeline: "text-to-image",
  model: "a/b",
  quoted: quoted === "unknown" ? quoted : nanoUsd(quoted),
  billed: nanoUsd(billed),
  ...more,
});

describe("drift", () => {
  it("adds up what was quoted and what was billed, and tells the difference", () => {
    expect(drift([call(100n, 110n), call(300n, 310n)], "0.01")).toMatchObject({
      ...{ calls: 2, quoted: 400n, billed: 420n, difference: 20n, basisPoints: 500n, verdict: "over" },
      unquoted: { calls: 0, billed: 0n },
    });
  });

  it.each([
    [10_000n, 10_100n, "within", 100n],
    [10_000n, 10_101n, "over", 101n],
    [10_000n, 9900n, "within", -100n],
    [10_000n, 9899n, "under", -101n],
    // A share that basis points cannot show, and the verdict knows.
    [1_000_000n, 1_010_001n, "over", 100n],
    [1_000_000n, 989_999n, "under", -100n],
    [0n, 0n, "within", "unknown"],
    [0n, 1n, "over", "unknown"],
  ] as const)("of %s quoted and %s billed is %s a tolerance of 1 %%", (quoted, billed, verdict, basisPoints) => {
    expect(drift([call(quoted, billed)], "0.01")).toMatchObject({ verdict, basisPoints });
  });

  it("without a tolerance forgives nothing", () => {
    expect(drift([call(10_000n, 10_000n)], "0").verdict).toBe("within");
    expect(drift([call(10n ** 18n, 10n ** 18n + 1n)], "0").verdict).toBe("over");
  });

  it("is told per pipeline and model, in the order of their calls", () => {
    const { groups, verdict } = drift(
      [
        call(100n, 200n),
        call(100n, 50n, { pipeline: "llm", model: undefined }),
        call(100n, 100n, { model: "c/d" }),
        call(100n, 50n, { pipeline: "llm", model: undefined }),
      ],
      "0.1",
    );
    expect(verdict).toBe("within");
    expect(groups.map((group) => [group.pipeline, group.model, group.calls, group.difference, group.verdict])).toEqual([
      ["text-to-image", "a/b", 1, 100n, "over"],
      ["llm", undefined, 2, -100n, "under"],
      ["text-to-image", "c/d", 1, 0n, "within"],
    ]);
  });

  it("keeps calls without a quote apart", () => {
    const { groups, ...all } = drift([call(100n, 100n), call("unknown", 70n)], "0");
    expect(all).toMatchObject({
      calls: 2,
      quoted: 100n,
      billed: 100n,
      verdict: "within",
      unquoted: { calls: 1, billed: 70n },
    });
    expect(groups).toMatchObject([all]);
  });

  it("has no verdict on calls without a quote alone, nor on none", () => {
    expect(drift([call("unknown", 70n)], "0")).toMatchObject({
      verdict: "unknown",
      basisPoints: "unknown",
      quoted: 0n,
    });
    expect(drift([], "0")).toMatchObject({ calls: 0, verdict: "unknown", groups: [] });
  });

  it("tells the rate that a bill implies", () => {
    const units = 1_048_576n;
    const impliedBy = (...entries: ReadonlyArray<Billed>) => drift(entries, "0").groups[0]?.implied;
    const billed = units * 21n;
    const twice = [call(units * 19n, billed, { units }), call("unknown", billed, { units })];
    expect(impliedBy(...twice)).toEqual({ perUnit: { num: 21n, den: 1n }, label: "$0.021/MP" });
    expect(impliedBy(...twice, call(1n, 10n ** 12n, { units: "unknown" }), call(1n, 10n ** 12n))).toMatchObject({
      label: "$0.021/MP",
    });
    expect(impliedBy(call(1n, 1n))).toBe("unknown");
    expect(impliedBy(call(1n, 80_000n, { pipeline: "llm", units: 1000n }))).toMatchObject({ label: "$0.08/M tokens" });
  });

  it("loses nothing: the groups add up to the whole", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    const entries = fc.array(
      fc
        .tuple(fc.oneof(amount, fc.constant("unknown" as const)), amount, fc.constantFrom("a/b", "c/d", undefined))
        .map(([quoted, billed, model]) => call(quoted, billed, { model })),
    );
    fc.assert(
      fc.property(entries, (calls) => {
        const { groups, ...all } = drift(calls, "0.05");
        const sum = (of: (figures: typeof all) => bigint) => groups.reduce((total, group) => total + of(group), 0n);
        expect(sum(({ quoted }) => quoted)).toBe(all.quoted);
        expect(sum(({ billed }) => billed)).toBe(all.billed);
        expect(sum(({ difference }) => difference)).toBe(all.difference);
        expect(all.billed + all.unquoted.billed).toBe(calls.reduce((total, { billed }) => total + billed, 0n));
        expect(groups.reduce((total, group) => total + group.calls, 0)).toBe(calls.length);
        expect(all.difference === all.billed - all.quoted).toBe(true);
      }),
    );
  });

  it("refuses a tolerance that is no decimal", () => {
    for (const tolerance of ["1 %", "-0.01", 0.01 as never, undefined as never, "9".repeat(31)]) {
      const refused = new RangeError('tolerance must be a decimal in quotes such as "0.01"');
      expect(() => drift([], tolerance)).toThrow(refused);
    }
  });
});
