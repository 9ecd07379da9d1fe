import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { nanoUsd, parseUsd, toUsd } from "../src/index.ts";

const junk = [
  ...["1e100", "1e-100", "1".repeat(31), `0.${"0".repeat(41)}`, `0.${"0".repeat(200_000)}`],
  ...["", " ", ".", "-1", "-0", "+1", "1,5", "1 000", "1_000", "1'000", ".5", "5.", "1..2", "1.2.3", "--1", "1-2"],
  ...["0x10", "0b1", "0o7", "1e", "e5", "1e1.5", "1e5e5", "1n", "1/3", "Infinity", "-Infinity", "NaN", "null"],
  ...["$1", "1$", "1 USD", "1%", "free", "unknown", "٣", "１", "½", "1\u0000", "1\n2"],
];

describe("parseUsd", () => {
  it.each(junk)("does not take %j for an amount", (text) => {
    expect(parseUsd(text)).toBeUndefined();
  });

  it.each([NaN, Infinity, -Infinity, -1, -1e-30])("does not take the number %s for an amount", (number) => {
    expect(parseUsd(number)).toBeUndefined();
  });

  it("never takes a text with a letter, a sign or a comma in it, but for an exponent", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!/^\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(text.trim())) expect(parseUsd(text)).toBeUndefined();
      }),
    );
  });

  it.each([
    ["0", 0n],
    ["0.02", 20_000_000n],
    ["20", 20_000_000_000n],
    ["0.000000001", 1n],
    ["1e-9", 1n],
    ["  0.5\n", 500_000_000n],
    ["0.0190", 19_000_000n],
    ["00.5", 500_000_000n],
    ["19E-3", 19_000_000n],
    ["1.5e+2", 150n * 10n ** 9n],
    ["1e99", 10n ** 108n],
    ["1e-99", 0n],
    [`0.${"0".repeat(39)}1`, 0n],
    ["0.1000000009999", 100_000_000n],
    ["123456789012345678901234567890", 123456789012345678901234567890n * 10n ** 9n],
  ])("reads $%s as nano-USD", (text, amount) => {
    expect(parseUsd(text)).toBe(amount);
  });

  it("reads a number by its shortest decimal, not by its bits, and cuts off what is finer than a nano-USD", () => {
    expect(parseUsd(0.1)).toBe(100_000_000n);
    expect(parseUsd(0.1 + 0.2)).toBe(300_000_000n);
    expect(parseUsd(1e21)).toBe(10n ** 30n);
    expect(parseUsd(-0)).toBe(0n);
    expect(parseUsd(1e-99)).toBe(0n);
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

  it("writes a difference with its sign", () => {
    expect(toUsd(nanoUsd(-19_922_944n))).toBe("-0.019922944");
    expect(toUsd(nanoUsd(-1_000_000_000n))).toBe("-1");
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
