/** Where a price comes from, for a person: the rate's source and date, what others say, and how far that is apart. */
import { type Quote, formatUsd, type Rate, ratesOf, indicativeCard, toUsd } from "@sluice/pricing";
import type { GatewayTraits } from "@sluice/models/facts";
import type { Style } from "../output/style.ts";

export const sourceOf = ({ source, asOf, ethUsd }: Rate): string => {
  const inWei = ethUsd === undefined ? "" : `, in wei at $${ethUsd.price} an ETH (${ethUsd.asOf})`;
  return `${source} (${asOf})${inWei}`;
};

/** What another source says of the same thing: the rates of the card that hold for a quote, after the first. */
export const othersOf = ({ pipeline, model }: Quote, { prices = indicativeCard }: GatewayTraits): ReadonlyArray<Rate> =>
  ratesOf(prices).find(pipeline, model).slice(1);

export const rateLines = (quote: Quote, gateway: GatewayTraits, style: Style): ReadonlyArray<string> => {
  const { rate, range, amount, charges } = quote;
  const label = (name: string): string => style.dim(name.padEnd(7));
  return [
    ...(rate === undefined ? [] : [`${label("rate")}${rate.label}  ${style.dim(sourceOf(rate))}`]),
    ...othersOf(quote, gateway).map((other) => `${label("or")}${other.label}  ${style.dim(sourceOf(other))}`),
    ...(amount === "unknown" ? [] : [`${label("exact")}${toUsd(amount)} USD`]),
    ...(range === "unknown" || range.low === range.high
      ? []
      : [`${label("range")}${formatUsd(range.low)} to ${formatUsd(range.high)}`]),
    ...(charges === "nothing"
      ? [`${label("charge")}none: ${gateway.name} is free to its callers; the same call costs this elsewhere`]
      : []),
  ];
};
