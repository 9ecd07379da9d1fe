/** What a unit of work costs, and who says so. */
import type { PipelineName } from "@sluice/models";
import type { Decimal } from "./Money.ts";

export interface Rate {
  readonly pipeline: PipelineName;
  readonly unit: "pixel";
  /** USD for one unit, exact. */
  readonly usdPerUnit: Decimal;
  /** The same for people. */
  readonly label: string;
  readonly source: string;
  /** ISO date on which the source said so. */
  readonly asOf: string;
}

/** $0.019 per megapixel of output (a megapixel is 1,000,000 pixels): 19 nano-USD per pixel. */
export const checklistTextToImage: Rate = {
  pipeline: "text-to-image",
  unit: "pixel",
  usdPerUnit: { digits: 19n, scale: 9 },
  label: "$0.019/MP",
  source: "https://docs.livepeer.org/v2/developers/guides/ai/production-checklist",
  asOf: "2026-04-05",
};

/** Livepeer's indicative rates. Orchestrators set their own prices; a gateway's card may say otherwise. */
export const indicativeRates: ReadonlyArray<Rate> = [checklistTextToImage];
