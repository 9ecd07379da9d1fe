/** A price card from what orchestrators ask, for a gateway of one's own: the network's prices are what it pays. */
import { pipelines } from "../pipelines/pipelines.ts";
import type { PriceCardInput } from "../profiles/PriceCard.ts";
import type { Network, ReadingOf } from "./Network.ts";
import type { NetworkPrice } from "./networkPrices.ts";

/**
 * One rate for each model, in wei: the dearest that any orchestrator asks, because the gateway chooses by speed and not
 * by price. An orchestrator that names no price for a model asks the one that it names for every model. `undefined` when
 * nobody names a price, and when `at` is no time: a card has a date.
 */
export const priceCardOf = (
  { prices }: Pick<Network, "prices">,
  { at, source }: ReadingOf,
  ethUsd: NonNullable<PriceCardInput["ethUsd"]>,
): PriceCardInput | undefined => {
  const date = new Date(at);
  if (prices.length === 0 || Number.isNaN(date.getTime())) return undefined;
  const models = prices.filter((price, place) => prices.findIndex((other) => isOfSame(other, price)) === place);
  return {
    currency: "wei",
    ethUsd,
    source,
    asOf: date.toISOString().slice(0, 10),
    rates: models.map((first) => rateOf(first, prices)),
  };
};

const isOfSame = (one: NetworkPrice, other: NetworkPrice): boolean =>
  one.pipeline === other.pipeline && one.model === other.model;

/** The rate of the model that this price is of. */
const rateOf = (first: NetworkPrice, prices: ReadonlyArray<NetworkPrice>): PriceCardInput["rates"][number] => {
  const { pipeline, model } = first;
  const own = prices.filter((price) => isOfSame(price, first));
  const naming = new Set(own.map(({ orchestrator }) => orchestrator));
  const others = prices.filter(
    (price) => price.pipeline === pipeline && price.model === undefined && !naming.has(price.orchestrator),
  );
  const { wei, per } = [...own, ...others].reduce((dearest, one) => (isDearer(one, dearest) ? one : dearest), first);
  const unit = pipelines[pipeline].unit;
  return { pipeline, ...(model === undefined ? {} : { model }), unit, ...priceIn(wei, per) };
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
