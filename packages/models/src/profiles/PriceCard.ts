/**
 * A price card as data: what a gateway asks for a unit of each pipeline, and who says so. Prices are decimals in text, so
 * that no float ever holds one. @sluice/pricing turns a card into exact integers.
 */
import * as z from "zod";
import { pipelineNames } from "../Pipeline.ts";
import { pipelines } from "../pipelines/pipelines.ts";
import { type Unit, unitNames } from "../Unit.ts";

const decimal = z
  .string()
  .regex(
    /^\d{1,30}(\.\d{1,40})?(e[+-]?\d{1,2})?$/i,
    'must be a decimal that is not negative, such as "0.019" or "1.9073484e-8"',
  );

export const isoDate = z.iso.date("must be a date such as 2026-11-22");

/** For JSON Schema: the pipelines that are metered by a unit. */
const meteredBy = (unit: Unit) => ({
  properties: {
    unit: { const: unit },
    pipeline: { enum: pipelineNames.filter((name) => pipelines[name].unit === unit) },
  },
});

const rate = z
  .strictObject({
    pipeline: z.enum(pipelineNames),
    model: z.string().min(1).optional().describe("For this model alone; without it, for every model of the pipeline."),
    unit: z.enum(unitNames).describe("What is counted; the pipeline's own unit."),
    price: decimal.describe("Of `per` units, in the card's currency."),
    // Without a default: who forgets it would be a million times too dear.
    per: z
      .int()
      .min(1)
      .describe("How many units the price is for: 1000000 for a price per megapixel, 1 for one per pixel."),
    source: z.string().min(1).optional().describe("Who says so; the card's source, when absent."),
    asOf: isoDate.optional().describe("When they said so; the card's date, when absent."),
  })
  .superRefine(({ pipeline, unit }, context) => {
    const metered = pipelines[pipeline].unit;
    if (unit === metered) return;
    const message = `must be "${metered}", which is what ${pipeline} is metered by`;
    context.addIssue({ code: "custom", path: ["unit"], message, params: { fix: `Give the price of a ${metered}.` } });
  })
  .meta({ anyOf: unitNames.map(meteredBy) })
  .readonly();

const ethUsd = z
  .strictObject({
    price: decimal.describe("Dollars for one ETH."),
    asOf: isoDate,
    source: z.string().min(1).optional(),
  })
  .readonly();

export const PriceCard = z
  .strictObject({
    currency: z.enum(["USD", "wei"]).default("USD"),
    ethUsd: ethUsd.optional().describe("What an ETH cost, and when: needed to tell dollars from wei."),
    source: z.string().min(1).describe("Who says so: an address, a contract, a person."),
    asOf: isoDate.describe("When they said so."),
    rates: z.array(rate).readonly(),
  })
  .refine(({ currency, ethUsd: given }) => currency === "USD" || given !== undefined, {
    path: ["ethUsd"],
    message: "is needed for prices in wei",
    params: { fix: 'Say what one ETH cost, and when: { "price": "4000", "asOf": "2026-11-22" }.' },
  })
  .meta({ anyOf: [{ properties: { currency: { const: "USD" } } }, { required: ["ethUsd"] }] })
  .readonly();

/** A card as it is written: `currency` may be left out. */
export type PriceCardInput = z.input<typeof PriceCard>;
export type PriceCard = z.output<typeof PriceCard>;
export type PricedRate = PriceCard["rates"][number];
