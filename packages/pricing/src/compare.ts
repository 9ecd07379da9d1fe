/** The same job at other sizes, by other models, from other sellers: what each costs, the cheapest first. */
import type { Job } from "./Job.ts";
import { meterOf } from "./meters.ts";
import { indicative, type Quote, quote, type Seller } from "./quote.ts";
import { toDecimal } from "./Ratio.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is varied; each is tried with each. What is left out stays as it is in the job. */
export interface Variants {
  readonly sizes?: ReadonlyArray<Size> | undefined;
  readonly models?: ReadonlyArray<string> | undefined;
  readonly sellers?: ReadonlyArray<Seller> | undefined;
}

export interface ComparedRow {
  readonly job: Job;
  readonly seller: Seller;
  readonly quote: Quote;
  /** How many times the cheapest, to six decimals: `1` for the cheapest itself; `unknown` with the price, or beside zero. */
  readonly ratio: string;
}

/**
 * Rows from cheap to dear, the unknown last. At one price a gateway that charges nothing comes first, then the order
 * given. Throws a `RangeError` as `quote` does, and for sizes of a job that is not billed by any.
 */
export const compare = (job: Job, { sizes, models, sellers = [indicative] }: Variants): ReadonlyArray<ComparedRow> => {
  const sized = sizes === undefined ? [job] : sizes.map((size) => withSize(job, size));
  const jobs = models === undefined ? sized : sized.flatMap((one) => models.map((model) => withModel(one, model)));
  const rows = jobs
    .flatMap((one) => sellers.map((seller) => ({ job: one, seller, quote: quote(one, seller) })))
    .sort((a, b) => byPrice(a.quote, b.quote));
  const cheapest = rows[0]?.quote.amount;
  return rows.map((row) => ({ ...row, ratio: ratioOf(row.quote, cheapest) }));
};

const byPrice = (a: Quote, b: Quote): number => {
  if (a.amount === "unknown") return b.amount === "unknown" ? 0 : 1;
  if (b.amount === "unknown") return -1;
  return order(a.amount, b.amount) || order(a.range.low, b.range.low);
};

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

const ratioOf = ({ amount }: Quote, cheapest: Quote["amount"] | undefined): string => {
  if (amount === "unknown" || cheapest === "unknown" || cheapest === undefined) return "unknown";
  if (amount === cheapest) return "1";
  return cheapest === 0n ? "unknown" : toDecimal({ num: amount, den: cheapest }, 6);
};

const withSize = (job: Job, { width, height }: Size): Job => {
  switch (meterOf(job).size) {
    case "request":
      return { ...job, request: { ...job.request, width, height } };
    case "input":
      return { ...job, facts: { kind: "image", bytes: job.facts?.bytes ?? 0, width, height } };
    default:
      throw new RangeError(`${job.pipeline} is not billed by a size`);
  }
};

const withModel = (job: Job, model: string): Job => ({
  ...job,
  request: { ...job.request, [job.pipeline === "llm" ? "model" : "model_id"]: model },
});
