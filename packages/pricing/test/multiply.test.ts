import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { type Decimal, multiply } from "../src/index.ts";

const decimals: fc.Arbitrary<Decimal> = fc.record({
  digits: fc.bigInt({ min: 0n, max: 10n ** 24n }),
  scale: fc.nat(40),
});
const units = fc.bigInt({ min: 0n, max: 10n ** 15n });

describe("multiply", () => {
  it("is the exact product, rounded up to a nano-USD", () => {
    fc.assert(
      fc.property(units, decimals, (count, rate) => {
        const amount = multiply(count, rate);
        // amount · 10^scale and product · 10^9 are the same sum of money over one denominator.
        const exact = count * rate.digits * 10n ** 9n;
        const denominator = 10n ** BigInt(rate.scale);
        expect(amount * denominator >= exact).toBe(true);
        expect((amount - 1n) * denominator < exact).toBe(true);
      }),
    );
  });

  it("never makes a paid unit free, however small its price", () => {
    expect(multiply(1n, { digits: 1n, scale: 999 })).toBe(1n);
    expect(multiply(0n, { digits: 1n, scale: 999 })).toBe(0n);
    expect(multiply(1n, { digits: 0n, scale: 999 })).toBe(0n);
  });

  it("does not depend on how the rate is written", () => {
    fc.assert(
      fc.property(units, decimals, fc.nat(20), (count, { digits, scale }, zeros) => {
        const padded = { digits: digits * 10n ** BigInt(zeros), scale: scale + zeros };
        expect(multiply(count, padded)).toBe(multiply(count, { digits, scale }));
      }),
    );
  });

  it("grows with the units, and costs no more in one call than in two", () => {
    fc.assert(
      fc.property(units, units, decimals, (a, b, rate) => {
        const [both, apart] = [multiply(a + b, rate), multiply(a, rate) + multiply(b, rate)];
        expect(both >= multiply(a, rate)).toBe(true);
        expect(both <= apart && apart <= both + 1n).toBe(true);
      }),
    );
  });

  it("refuses negative units", () => {
    expect(() => multiply(-1n, { digits: 19n, scale: 9 })).toThrow(RangeError);
    expect(() => multiply(-1n, { digits: 19n, scale: 9 })).toThrow("units must not be negative, but are -1");
  });
});
