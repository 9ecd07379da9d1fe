/** What a call costs, before it is sent. */
import type { TextToImageRequest } from "@sluice/models";
import { multiply, type NanoUsd, nanoUsd } from "./Money.ts";
import { indicativeRates, type Rate } from "./RateCard.ts";

export interface Quote {
  readonly units: bigint;
  readonly unit: "pixel";
  readonly amount: NanoUsd;
  readonly rate: Rate;
}

/** No rate is known, so neither is the price; it is not zero. */
export interface UnknownQuote {
  readonly units: bigint;
  readonly unit: "pixel";
  readonly amount: "unknown";
}

/** The pixels that a text-to-image call is billed for: width × height × images. Steps and guidance do not count. */
export const textToImageUnits = ({
  width,
  height,
  num_images_per_prompt: images,
}: Pick<TextToImageRequest, "width" | "height" | "num_images_per_prompt">): bigint =>
  BigInt(width) * BigInt(height) * BigInt(images);

/** Prices a text-to-image call by the first matching rate, rounded up once. */
export const quoteTextToImage = (
  request: Pick<TextToImageRequest, "width" | "height" | "num_images_per_prompt">,
  rates: ReadonlyArray<Rate> = indicativeRates,
): Quote | UnknownQuote => {
  const units = textToImageUnits(request);
  const rate = rates.find(({ pipeline }) => pipeline === "text-to-image");
  return rate === undefined
    ? { units, unit: "pixel", amount: "unknown" }
    : { units, unit: "pixel", amount: multiply(units, rate.usdPerUnit), rate };
};

/** What so many calls cost: the calculator's exact sum, such as 1,000 a day. */
export const times = (amount: NanoUsd, calls: bigint): NanoUsd => nanoUsd(amount * calls);

/** Megapixels (1,000,000 pixels) to two decimals, for people: `1.05 MP`. */
export const formatMegapixels = (pixels: bigint): string => {
  const hundredths = (pixels + 5_000n) / 10_000n;
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, "0")} MP`;
};
