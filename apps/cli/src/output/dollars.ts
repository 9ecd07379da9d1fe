/** An exact decimal of USD, such as `0.019922944`, rounded for a person: `$0.0199`. */
import { formatUsd, parseUsd } from "@sluice/pricing";

export const dollars = (usd: string): string => {
  const amount = parseUsd(usd);
  return amount === undefined ? usd : formatUsd(amount);
};
