/** Many jobs quoted in one pass: row by row, with a running total, and nothing kept. */
import type { Job } from "./Job.ts";
import { type NanoUsd, nanoUsd } from "./Money.ts";
import { indicative, type Quote, quote, ratesFrom, type Seller } from "./quote.ts";

export interface QuotedRow {
  /** Counted from 1. */
  readonly row: number;
  /** The row's price; or what is wrong with the row, which then counts nowhere. */
  readonly result: { readonly ok: true; readonly quote: Quote } | { readonly ok: false; readonly problem: string };
  /** Of all rows so far whose price is known. */
  readonly total: NanoUsd;
  /** Rows so far whose price is unknown: with any, the total is "at least". */
  readonly unknown: number;
  /** Rows so far that are wrong. */
  readonly wrong: number;
}

/** Throws a `RangeError` when the first row is asked for and the seller's card is broken; a wrong row stops nothing. */
export function* quoteAll(jobs: Iterable<Job>, seller: Seller = indicative): Generator<QuotedRow, void, undefined> {
  ratesFrom(seller);
  let total = nanoUsd(0n);
  let [row, unknown, wrong] = [0, 0, 0];
  for (const job of jobs) {
    row += 1;
    const result = attempt(job, seller);
    if (!result.ok) wrong += 1;
    else if (result.quote.amount === "unknown") unknown += 1;
    else total = nanoUsd(total + result.quote.amount);
    yield { row, result, total, unknown, wrong };
  }
}

/** A row comes from a file or a database, and may be anything. */
const attempt = (job: Job, seller: Seller): QuotedRow["result"] => {
  try {
    return { ok: true, quote: quote(job, seller) };
  } catch (error) {
    return {
      ok: false,
      problem: error instanceof RangeError ? error.message : "is not a job: a pipeline and a request",
    };
  }
};
