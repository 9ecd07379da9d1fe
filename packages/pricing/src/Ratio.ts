/**
 * Exact fractions of two bigints: rates, shares and factors, which a decimal cannot always hold (a price for 3 units) and
 * a float never does.
 */

export interface Ratio {
  readonly num: bigint;
  /** Above zero. */
  readonly den: bigint;
}

/** Bounded: a price comes from a file, and what is done with a number takes the longer the more digits it has. */
const decimalPattern = /^(\d{1,30})(?:\.(\d{1,40}))?(?:e([+-]?\d{1,2}))?$/i;

export const one: Ratio = { num: 1n, den: 1n };

/**
 * Reads a non-negative decimal such as `0.019` or `1.9e-8` exactly; `undefined` when it is not one, or has more than 30
 * digits before the point, 40 after it, or an exponent beyond 99.
 */
export const parseRatio = (text: string): Ratio | undefined => {
  const [, whole, fraction = "", exponent = "0"] = decimalPattern.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const num = BigInt(whole + fraction);
  const shift = BigInt(exponent) - BigInt(fraction.length);
  return shift < 0n ? { num, den: 10n ** -shift } : { num: num * 10n ** shift, den: 1n };
};

/** A decimal that a person or a program gave as text. Throws a `RangeError` that names the field, with an example. */
export const decimal = (field: string, text: unknown, example: string): Ratio => {
  const ratio = typeof text === "string" ? parseRatio(text) : undefined;
  if (ratio === undefined) throw new RangeError(`${field} must be a decimal in quotes such as "${example}"`);
  return ratio;
};

export const multiply = (a: Ratio, b: Ratio): Ratio => ({ num: a.num * b.num, den: a.den * b.den });

export const add = (a: Ratio, b: Ratio): Ratio => ({ num: a.num * b.den + b.num * a.den, den: a.den * b.den });

/** In lowest terms: what is used often is divided once. */
export const reduced = ({ num, den }: Ratio): Ratio => {
  let [a, b] = [num, den];
  while (b !== 0n) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
};

/** The least whole number that is not below a non-negative ratio. */
export const ceil = ({ num, den }: Ratio): bigint => (den === 1n ? num : (num + den - 1n) / den);

/** The nearest whole number; a half goes away from zero. */
export const round = ({ num, den }: Ratio): bigint =>
  num < 0n ? -((2n * -num + den) / (2n * den)) : (2n * num + den) / (2n * den);

/** As a decimal of at most so many places, rounded half away from zero: `1.053`. */
export const toDecimal = (ratio: Ratio, places: number): string => {
  const scaled = round({ num: ratio.num * 10n ** BigInt(places), den: ratio.den });
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, "0");
  const cut = digits.length - places;
  const fraction = digits.slice(cut).replace(/0+$/, "");
  return (scaled < 0n ? "-" : "") + digits.slice(0, cut) + (fraction === "" ? "" : `.${fraction}`);
};

/** A non-negative ratio as a decimal of so many significant digits: `0.01907`, but all the digits of `1234567`. */
export const toSignificant = (ratio: Ratio, digits: number): string => {
  let places = digits - 1;
  for (let { num } = ratio; num !== 0n && num < ratio.den; num *= 10n) places += 1;
  for (let { den } = ratio; places > 0 && ratio.num >= den * 10n; den *= 10n) places -= 1;
  return toDecimal(ratio, places);
};
