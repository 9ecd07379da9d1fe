/** A quote in sentences: what is counted, who says what it costs, what others say, and what is not known. */
import type { Job } from "./Job.ts";
import type { Meter, Units } from "./meters.ts";
import type { Charges, Seller } from "./quote.ts";
import type { Rate, RateTable } from "./RateCard.ts";

/** What a quote is made of. */
export interface Basis {
  readonly job: Job;
  readonly model: string | undefined;
  readonly seller: Seller;
  readonly charges: Charges;
  readonly meter: Meter;
  readonly units: Units;
  readonly table: RateTable;
  /** Those of the table that hold for the job. */
  readonly rates: ReadonlyArray<Rate>;
}

export const explain = (basis: Basis): ReadonlyArray<string> => {
  const { job, seller, charges, meter, units, rates } = basis;
  const [rate] = rates;
  const gateway = "profile" in seller ? seller.profile : undefined;
  return [
    units === "unknown" ? `${meter.missing} So the price is unknown.` : meter.why(job, units),
    ...(rate === undefined
      ? [`${cardOf(gateway)} has no rate for ${lacking(basis)}. So the price is unknown.`]
      : sentencesOf(rates)),
    ...(rate !== undefined && gateway !== undefined && charges === "nothing"
      ? [`${gateway.name} is free to its callers; the amount is what the same call costs at that rate.`]
      : []),
  ];
};

const cardOf = (gateway: Extract<Seller, { readonly profile: unknown }>["profile"] | undefined): string =>
  gateway?.prices === undefined ? "The price card" : `The price card of ${gateway.name}`;

/** A card may price a pipeline for some models alone. */
const lacking = ({ job: { pipeline }, model, table }: Basis): string => {
  if (!table.rates.some((rate) => rate.pipeline === pipeline)) return pipeline;
  return model === undefined ? `${pipeline} without a model` : `${pipeline} with the model ${model}`;
};

/** Written once for the rates that a card finds, which are the same in every quote. */
const sentencesOf = (rates: ReadonlyArray<Rate>): ReadonlyArray<string> => {
  const known = written.get(rates);
  if (known !== undefined) return known;
  const sentences = rates.map(
    (rate, place) => `${place === 0 ? "" : "Another source says "}${rate.label}: ${said(rate)}.`,
  );
  written.set(rates, sentences);
  return sentences;
};

const written = new WeakMap<ReadonlyArray<Rate>, ReadonlyArray<string>>();

const said = ({ source, asOf, ethUsd }: Rate): string => {
  const inWei = ethUsd === undefined ? "" : `, in wei at $${ethUsd.price} an ETH (${ethUsd.asOf})`;
  return `${source} (${asOf})${inWei}`;
};
