/** How much is billed, as a person reads it: `1.05 MP`, `252 s`, `21 characters`. */
import type { Cost } from "@sluice/core/effect";
import { formatMegapixels } from "@sluice/pricing";

export const size = (units: Cost["units"], unit: Cost["unit"]): string => {
  if (units === "unknown") return "size unknown";
  if (unit === "pixel") return formatMegapixels(units);
  if (unit === "millisecond") return `${Number(units) / 1_000} s`;
  return `${units} ${unit}${units === 1n ? "" : "s"}`;
};
