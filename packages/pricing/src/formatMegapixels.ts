/** Megapixels (1,000,000 pixels) to two decimals, for people: `1.05 MP`. */
import { round } from "./Ratio.ts";

export const formatMegapixels = (pixels: bigint): string => {
  const hundredths = round({ num: pixels, den: 10_000n });
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, "0")} MP`;
};
