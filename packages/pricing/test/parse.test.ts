import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { type Decimal, nanoUsd, parseDecimal, parseUsd, toUsd } from "../src/index.ts";

const decimals: fc.Arbitrary<Decimal> = fc.record({
  digits: fc.bigInt({ min: 0n, max: 10n ** 24n }),
  scale: fc.nat(40),
});
/** A decimal as a person would write it. */
const written = ({ digits, scale }: Decimal): string => {
  const text = digits.toString().padStart(scale + 1, "0");
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
};

describe("parseDecimal", () => {
  it.each([
    ["0", 0n, 0],
    ["19", 19n, 0],
    ["0.019", 19n, 3],
    ["0.0190", 190n, 4],
    ["00.5", 5n, 1],
    ["1.9073484e-8", 19_073_484n, 15],
    ["19E-9", 19n, 9],
    ["1e3", 1000n, 0],
    ["1.5e+2", 150n, 0],
    ["1.25e1", 125n, 1],
    ["  0.5\n", 5n, 1],
  ])("reads %j exactly", (text, digits, scale) => {
    expect(parseDecimal(text)).toEqual({ digits, scale });
  });

  it("reads every decimal back as it was written", () => {
    fc.assert(
      fc.property(decimals, (decimal) => {
        expect(parseDecimal(written(decimal))).toEqual(decimal);
      }),
    );
  });

  it("reads what no float can hold", () => {
    expect(parseDecimal("0.1000000000000000000000000000001")).toEqual({ digits: 10n ** 30n + 1n, scale: 31 });
  });

  it("takes exponents of up to three digits", () => {
    expect(parseDecimal("1e400")).toEqual({ digits: 10n ** 400n, scale: 0 });
    expect(parseDecimal("1e-999")).toEqual({ digits: 1n, scale: 999 });
    expect(parseDecimal("1e1000")).toBeUndefined();
  });
});

const junk = [
  ...["", " ", ".", "-1", "-0", "+1", "1,5", "1 000", "1_000", "1'000", ".5", "5.", "1..2", "1.2.3", "--1", "1-2"],
  ...["0x10", "0b1", "0o7", "1e", "e5", "1e1.5", "1e5e5", "1n", "1/3", "Infinity", "-Infinity", "NaN", "null"],
  ...["$1", "1$", "1 USD", "1%", "free", "unknown", "٣", "１", "½", "1\u0000", "1\n2"],
];

describe("parseUsd", () => {
  it.each(junk)("does not take %j for an amount", (text) => {
    expect(parseUsd(text)).toBeUndefined();
    expect(parseDecimal(text)).toBeUndefined();
  });

  it.each([NaN, Infinity, -Infinity, -1, -1e-30])("does not take the number %s for an amount", (number) => {
    expect(parseUsd(number)).toBeUndefined();
  });

  it("never takes a text with a letter, a sign or a comma in it, but for an exponent", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!/^\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text.trim())) expect(parseUsd(text)).toBeUndefined();
      }),
    );
  });

  it.each([
    ["0", 0n],
    ["0.02", 20_000_000n],
    ["20", 20_000_000_000n],
    ["0.000000001", 1n],
    ["1e-9", 1n],
    ["123456789012345678901234567890", 123456789012345678901234567890n * 10n ** 9n],
  ])("reads $%s as nano-USD", (text, amount) => {
    expect(parseUsd(text)).toBe(amount);
  });

  it("reads a number by its shortest decimal, not by its bits, and cuts off what is finer than a nano-USD", () => {
    expect(parseUsd(0.1)).toBe(100_000_000n);
    expect(parseUsd(0.1 + 0.2)).toBe(300_000_000n);
    expect(parseUsd(1e21)).toBe(10n ** 30n);
    expect(parseUsd(-0)).toBe(0n);
    expect(parseUsd(Number.MIN_VALUE)).toBe(0n);
  });
});

describe("toUsd", () => {
  it.each([
    [0n, "0"],
    [1n, "0.000000001"],
    [10n, "0.00000001"],
    [19_922_944n, "0.019922944"],
    [500_000_000n, "0.5"],
    [1_000_000_000n, "1"],
    [10_000_000_000n, "10"],
    [100_500_000_000n, "100.5"],
    [1_000_000_001n, "1.000000001"],
  ])("writes %s nano-USD as %s", (amount, text) => {
    expect(toUsd(nanoUsd(amount))).toBe(text);
  });

  it("is read back to the same amount, and has no zeros to spare", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (amount) => {
        const text = toUsd(nanoUsd(amount));
        expect(parseUsd(text)).toBe(amount);
        expect(text).toMatch(/^(0|[1-9]\d*)(\.\d{0,8}[1-9])?$/);
      }),
    );
  });
});
