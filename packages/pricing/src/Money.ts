/**
 * Exact money. An amount is a whole number of nano-USD (a billionth of a dollar) in a bigint; floats never touch it.
 * A decimal is a scaled bigint: `digits · 10^-scale`.
 */

declare const nanoUsdBrand: unique symbol;
/** An amount in nano-USD. */
export type NanoUsd = bigint & { readonly [nanoUsdBrand]: true };

/** An exact decimal: `{ digits: 19n, scale: 3 }` is 0.019. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const nanoScale = 9;
const decimalPattern = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;

export const nanoUsd = (amount: bigint): NanoUsd => amount as NanoUsd;

/** Reads a non-negative decimal such as `0.019` or `1.9e-8` exactly; `undefined` when it is not one. */
export const parseDecimal = (text: string): Decimal | undefined => {
  const [, whole, fraction = "", exponent = "0"] = decimalPattern.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
};

/** `units · rate` dollars as nano-USD, rounded up once. Throws a `RangeError` on negative units. */
export const multiply = (units: bigint, rate: Decimal): NanoUsd => {
  if (units < 0n) throw new RangeError(`units must not be negative, but are ${units}`);
  const product = units * rate.digits;
  if (rate.scale <= nanoScale) return nanoUsd(product * 10n ** BigInt(nanoScale - rate.scale));
  const divisor = 10n ** BigInt(rate.scale - nanoScale);
  return nanoUsd((product + divisor - 1n) / divisor);
};

/**
 * A dollar limit given by a person or a program, as nano-USD; `undefined` when it is not a non-negative decimal. What is
 * finer than a nano-USD is cut off: a limit must not let more through than was said.
 */
export const parseUsd = (usd: string | number): NanoUsd | undefined => {
  const decimal = parseDecimal(String(usd));
  if (decimal === undefined) return undefined;
  const shift = nanoScale - decimal.scale;
  return nanoUsd(shift >= 0 ? decimal.digits * 10n ** BigInt(shift) : decimal.digits / 10n ** BigInt(-shift));
};

/** The exact amount as a decimal, such as `0.019922944`. */
export const toUsd = (amount: NanoUsd): string => {
  const digits = amount.toString().padStart(nanoScale + 1, "0");
  return `${digits.slice(0, -nanoScale)}.${digits.slice(-nanoScale)}`.replace(/\.?0+$/, "");
};

/** For people: four decimals below a dollar, two from there on, rounded half up: `$0.0199`, `$19.92`. */
export const formatUsd = (amount: NanoUsd): string => {
  const decimals = amount < 1_000_000_000n ? 4 : 2;
  const unit = 10n ** BigInt(nanoScale - decimals);
  const rounded = ((amount + unit / 2n) / unit).toString().padStart(decimals + 1, "0");
  return `$${rounded.slice(0, -decimals)}.${rounded.slice(-decimals)}`;
};
