/** Exact money: an amount is a whole number of nano-USD (a billionth of a dollar) in a bigint; floats never touch it. */
import { ceil, parseRatio, type Ratio } from "./Ratio.ts";

declare const nanoUsdBrand: unique symbol;
/** An amount in nano-USD. */
export type NanoUsd = bigint & { readonly [nanoUsdBrand]: true };

export const nanoUsdPerUsd = 1_000_000_000n;
const nanoPlaces = 9;

export const nanoUsd = (amount: bigint): NanoUsd => amount as NanoUsd;

/** What so many units cost at a rate in nano-USD for one, rounded up once. */
export const price = (units: bigint, rate: Ratio): NanoUsd => nanoUsd(ceil({ num: units * rate.num, den: rate.den }));

/** What so many calls cost, exactly: such as 1,000 a day. */
export const times = (amount: NanoUsd, calls: bigint): NanoUsd => nanoUsd(amount * calls);

/**
 * A dollar limit given by a person or a program, as nano-USD; `undefined` when it is not a non-negative decimal. What is
 * finer than a nano-USD is cut off: a limit must not let more through than was said.
 */
export const parseUsd = (usd: string | number): NanoUsd | undefined => {
  const ratio = parseRatio(String(usd));
  return ratio === undefined ? undefined : nanoUsd((ratio.num * nanoUsdPerUsd) / ratio.den);
};

/** The exact amount as a decimal, such as `0.019922944`; a difference may be negative. */
export const toUsd = (amount: NanoUsd): string => {
  const digits = (amount < 0n ? 0n - amount : amount).toString().padStart(nanoPlaces + 1, "0");
  const point = digits.length - nanoPlaces;
  let end = digits.length;
  while (end > point && digits.endsWith("0", end)) end -= 1;
  const usd = end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`;
  return amount < 0n ? `-${usd}` : usd;
};

const leastShown = 50_000n;

/**
 * For people: four decimals below a dollar, two from there on, rounded half up: `$0.0199`, `$19.92`, `-$0.0020`. What
 * would round to nothing is `<$0.0001`, or `>-$0.0001`: only nothing is `$0.0000`.
 */
export const formatUsd = (amount: NanoUsd): string => {
  const size = amount < 0n ? 0n - amount : amount;
  if (size > 0n && size < leastShown) return amount < 0n ? ">-$0.0001" : "<$0.0001";
  const decimals = size < nanoUsdPerUsd ? 4 : 2;
  const unit = 10n ** BigInt(nanoPlaces - decimals);
  const rounded = ((size + unit / 2n) / unit).toString().padStart(decimals + 1, "0");
  return `${amount < 0n ? "-" : ""}$${rounded.slice(0, -decimals)}.${rounded.slice(-decimals)}`;
};
