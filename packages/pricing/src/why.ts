/** A quote in sentences: what is counted, who says what it costs, what others say, and what is not known. */
import type { Basis } from "./quote.ts";
import type { Rate } from "./RateCard.ts";

export const explain = ({ job, seller, meter, rates, units }: Basis): ReadonlyArray<string> => {
  const [rate, ...others] = rates;
  const gateway = "profile" in seller ? seller.profile : undefined;
  const owner = gateway?.prices === undefined ? "The price card" : `The price card of ${gateway.name}`;
  return [
    units === "unknown" ? `${meter.missing} So the price is unknown.` : meter.why(job, units),
    ...(rate === undefined
      ? [`${owner} has no rate for ${job.pipeline}. So the price is unknown.`]
      : [`${rate.label}: ${said(rate)}.`]),
    ...others.map((other) => `Another source says ${other.label}: ${said(other)}.`),
    ...(rate !== undefined && gateway?.charges === "nothing"
      ? [`${gateway.name} is free to its callers; the amount is what the same call costs at that rate.`]
      : []),
  ];
};

const said = ({ source, asOf, ethUsd }: Rate): string => {
  const inWei = ethUsd === undefined ? "" : `, in wei at $${ethUsd.price} an ETH (${ethUsd.asOf})`;
  return `${source} (${asOf})${inWei}`;
};
