/** A price card from what orchestrators ask, for a gateway of one's own: the network's prices are what it pays. */
import { pipelines } from "../pipelines/pipelines.ts";
import type { PriceCardInput } from "../profiles/PriceCard.ts";
import type { Network, NetworkPrice, ReadingOf } from "./Network.ts";

/**
 * One rate for each model, in wei: the dearest that any orchestrator asks, because the gateway chooses by speed and not
 * by price. `undefined` when nobody names a price.
 */
export const priceCardOf = (
  { prices }: Pick<Network, "prices">,
  { at, source }: ReadingOf,
  ethUsd: NonNullable<PriceCardInput["ethUsd"]>,
): PriceCardInput | undefined => {
  const dearest = new Map<string, NetworkPrice>();
  for (const price of prices) {
    const key = `${price.pipeline} ${price.model ?? ""}`;
    const known = dearest.get(key);
    if (known === undefined || isDearer(price, known)) dearest.set(key, price);
  }
  if (dearest.size === 0) return undefined;
  return {
    currency: "wei",
    ethUsd,
    source,
    asOf: new Date(at).toISOString().slice(0, 10),
    rates: [...dearest.values()].map(({ pipeline, model, wei, per }) => ({
      pipeline,
      ...(model === undefined ? {} : { model }),
      unit: pipelines[pipeline].unit,
      ...priceIn(wei, per),
    })),
  };
};

const isDearer = (one: NetworkPrice, other: NetworkPrice): boolean =>
  BigInt(one.wei) * BigInt(other.per) > BigInt(other.wei) * BigInt(one.per);

/** Exact, but for a fraction that takes more than 2^53: that is rounded up, at the 18th decimal of a wei. */
const priceIn = (wei: number, per: number): { readonly price: string; readonly per: number } => {
  if (Number.isSafeInteger(wei) && Number.isSafeInteger(per)) return { price: String(wei), per };
  const scaled = (BigInt(wei) * scale + BigInt(per) - 1n) / BigInt(per);
  return { price: `${scaled / scale}.${String(scaled % scale).padStart(18, "0")}`, per: 1 };
};

const scale = 10n ** 18n;
