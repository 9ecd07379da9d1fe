import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { formatMegapixels, formatUsd, nanoUsd } from "../src/index.ts";

describe("formatUsd, for people", () => {
  it.each([
    [0n, "$0.0000"],
    [1n, "<$0.0001"],
    [49_999n, "<$0.0001"],
    [50_000n, "$0.0001"],
    [77_824n, "$0.0001"],
    [19_922_944n, "$0.0199"],
    [19_950_000n, "$0.0200"],
    [500_000_000n, "$0.5000"],
    [999_949_999n, "$0.9999"],
    [999_950_000n, "$1.0000"],
    [1_000_000_000n, "$1.00"],
    [1_004_999_999n, "$1.00"],
    [1_005_000_000n, "$1.01"],
    [19_922_944_000n, "$19.92"],
    [1_234_567_890_000_000_000n, "$1234567890.00"],
    [-1n, ">-$0.0001"],
    [-49_999n, ">-$0.0001"],
    [-50_000n, "-$0.0001"],
    [-19_922_944n, "-$0.0199"],
    [-19_922_944_000n, "-$19.92"],
  ])("writes %s nano-USD as %s", (amount, text) => {
    expect(formatUsd(nanoUsd(amount))).toBe(text);
  });

  it("writes nothing alone as nothing", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -100_000n, max: 100_000n }), (amount) => {
        expect(/[1-9]/.test(formatUsd(nanoUsd(amount)))).toBe(amount !== 0n);
      }),
    );
  });

  it("is never further off than half of its last digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 50_000n, max: 10n ** 20n }), (amount) => {
        const text = formatUsd(nanoUsd(amount));
        const half = amount < 1_000_000_000n ? 50_000n : 5_000_000n;
        const shown = BigInt(text.replace(/[$.]/g, "")) * half * 2n;
        expect(text).toMatch(amount < 1_000_000_000n ? /^\$[01]\.\d{4}$/ : /^\$\d+\.\d{2}$/);
        expect(shown - amount <= half && amount - shown <= half).toBe(true);
      }),
    );
  });
});

describe("formatMegapixels, for people", () => {
  it.each([
    [0n, "0.00 MP"],
    [4999n, "0.00 MP"],
    [5000n, "0.01 MP"],
    [262_144n, "0.26 MP"],
    [589_824n, "0.59 MP"],
    [1_000_000n, "1.00 MP"],
    [1_048_576n, "1.05 MP"],
    [1_048_576_000n, "1048.58 MP"],
  ])("writes %s pixels as %s", (pixels, text) => {
    expect(formatMegapixels(pixels)).toBe(text);
  });
});
