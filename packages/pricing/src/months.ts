/** Months as a plan counts them: of 30 days each, or those of the calendar. */

export interface Month {
  /** Such as `2026-12`; absent where months have 30 days. */
  readonly month?: string;
  readonly days: bigint;
}

/** The month so many after a first one, such as `2026-12`. Throws a `RangeError` when the first is not a month. */
export const monthAfter = (first: string | undefined, ahead: number): Month => {
  if (first === undefined) return { days: 30n };
  const [, from = "", since = ""] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(first) ?? [];
  if (from === "") throw new RangeError(`month must be one such as 2026-12, but is ${first}`);
  const index = BigInt(since) - 1n + BigInt(ahead);
  const [year, month] = [BigInt(from) + index / 12n, (index % 12n) + 1n];
  return {
    month: `${year.toString().padStart(4, "0")}-${month.toString().padStart(2, "0")}`,
    days: daysIn(year, month),
  };
};

const daysIn = (year: bigint, month: bigint): bigint => {
  const leap = year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n);
  if (month === 2n) return leap ? 29n : 28n;
  return [4n, 6n, 9n, 11n].includes(month) ? 30n : 31n;
};
