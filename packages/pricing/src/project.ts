/**
 * What a mix of calls costs over time. A figure of one entry is exact and rounded up once; a total is the sum of its
 * entries' figures, so that a table adds up.
 */
import { type Job, whole } from "./Job.ts";
import { type NanoUsd, nanoUsd } from "./Money.ts";
import { type Month, monthAfter } from "./months.ts";
import { type Charges, chargesOf, indicative, type Quote, quote, type Seller } from "./quote.ts";
import { add, ceil, decimal, multiply, one, type Ratio, toDecimal } from "./Ratio.ts";
import { type Sum, sumOf } from "./Sum.ts";

export interface MixEntry {
  readonly job: Job;
  readonly callsPerDay: number;
  /** Where these calls go, if not where the others do. */
  readonly seller?: Seller | undefined;
}

export interface ProjectOptions {
  /** Of every entry that names none. */
  readonly seller?: Seller | undefined;
  /** The share of calls that are made and paid again, as a decimal: `0.04`. None, when absent. */
  readonly retryShare?: string | undefined;
  /** By how much each month has more calls than the one before, as a decimal: `0.1`. None, when absent. */
  readonly growthPerMonth?: string | undefined;
  /** The first month, such as `2026-12`; then each has its own days. Without it, a month has 30 days. */
  readonly month?: string | undefined;
  /** How many months to look ahead, the first included: 1 to 120. */
  readonly months?: number | undefined;
}

export interface ProjectedMonth extends Month {
  readonly sum: Sum;
  /** The same with every call at the upper end of its range. */
  readonly worst: Sum;
}

export interface ProjectedEntry extends MixEntry {
  readonly quote: Quote;
  readonly perDay: NanoUsd | "unknown";
  /** Of the first month. */
  readonly perMonth: NanoUsd | "unknown";
  /** Of what is known of the first month, to four decimals: `0.92`. */
  readonly share: string;
}

export interface Projection {
  readonly perDay: Sum;
  /** The first month, with today's calls. */
  readonly perMonth: ProjectedMonth;
  /** From the first month on, each with more calls than the one before. */
  readonly months: ReadonlyArray<ProjectedMonth>;
  readonly entries: ReadonlyArray<ProjectedEntry>;
  /**
   * `nothing`: every seller is free to its callers, and the sums are what the same calls cost at those rates. `mixed`: some
   * are; each entry's quote tells.
   */
  readonly charges: Charges | "mixed";
}

/** A quoted entry, and how many of its calls are paid in a day: those that are made again too. */
interface Line {
  readonly entry: MixEntry;
  readonly quote: Quote;
  readonly paid: Ratio;
}

/** Throws a `RangeError` that names the field where a number, a decimal or the month is not a possible one. */
export const project = (mix: ReadonlyArray<MixEntry>, options: ProjectOptions = {}): Projection => {
  const { seller = indicative, months: count = 1, retryShare = "0", growthPerMonth = "0" } = options;
  if (!Number.isInteger(count) || count < 1 || count > 120) throw new RangeError("months must be from 1 to 120");
  const again = add(one, decimal("retryShare", retryShare, "0.04"));
  const growth = add(one, decimal("growthPerMonth", growthPerMonth, "0.04"));
  const lines = mix.map((entry, index): Line => {
    const calls = whole(`mix.${index}.callsPerDay`, entry.callsPerDay, 0);
    const quoted = quote(entry.job, entry.seller ?? seller);
    return { entry, quote: quoted, paid: multiply({ num: calls, den: 1n }, again) };
  });
  const monthAt = (ahead: number): ProjectedMonth => {
    const month = monthAfter(options.month, ahead);
    const grown: Ratio = { num: growth.num ** BigInt(ahead) * month.days, den: growth.den ** BigInt(ahead) };
    return {
      ...month,
      sum: sumOf(lines.map((line) => costOf(line, grown, "amount"))),
      worst: sumOf(lines.map((line) => costOf(line, grown, "high"))),
    };
  };
  const perMonth = monthAt(0);
  return {
    perDay: sumOf(lines.map((line) => costOf(line, one))),
    perMonth,
    months: Array.from({ length: count }, (_, ahead) => monthAt(ahead)),
    entries: lines.map((line) => entryOf(line, perMonth)),
    charges: chargedBy(lines, seller),
  };
};

const chargedBy = (lines: ReadonlyArray<Line>, seller: Seller): Projection["charges"] => {
  const [first = chargesOf(seller), ...others] = new Set(lines.map(({ quote: { charges } }) => charges));
  return others.length > 0 ? "mixed" : first;
};

const entryOf = (line: Line, { days, sum }: ProjectedMonth): ProjectedEntry => {
  const perMonth = costOf(line, { num: days, den: 1n });
  return {
    ...line.entry,
    quote: line.quote,
    perDay: costOf(line, one),
    perMonth,
    share: perMonth === "unknown" || sum.amount === "unknown" ? "unknown" : shareOf(perMonth, sum.amount),
  };
};

const shareOf = (part: NanoUsd, all: NanoUsd): string => (all === 0n ? "0" : toDecimal({ num: part, den: all }, 4));

/** What a line costs in so many days, rounded up once. */
const costOf = ({ quote: quoted, paid }: Line, days: Ratio, end: "amount" | "high" = "amount"): NanoUsd | "unknown" => {
  if (quoted.amount === "unknown") return "unknown";
  const perCall = end === "amount" ? quoted.amount : quoted.range.high;
  return nanoUsd(ceil(multiply({ num: perCall, den: 1n }, multiply(paid, days))));
};
