/**
 * Livepeer's indicative prices, as a card like any other. They are recommendations: orchestrators set their own, and a
 * profile with a card of its own does without these.
 */
import type { PriceCard, PricedRate } from "@sluice/models";

const docsAt = "https://github.com/livepeer/docs/blob/e874eb66/ai/pipelines";
const docsAsOf = "2025-11-19";

type Docs = Pick<PricedRate, "pipeline" | "unit" | "price"> & { readonly per?: number };

/** From the section "Recommended Pipeline Pricing" of a pipeline's page. */
const docs = ({ pipeline, unit, price, per = 1 }: Docs): PricedRate => ({
  pipeline,
  unit,
  price,
  per,
  source: `${docsAt}/${pipeline}.mdx`,
  asOf: docsAsOf,
});

export const indicativeCard: PriceCard = {
  currency: "USD",
  source: "https://docs.livepeer.org/v2/developers/guides/ai/production-checklist",
  asOf: "2026-04-05",
  rates: [
    // The checklist's $0.019 a megapixel. The page of the pipeline says a little more: 4,768,371 wei at $4,000 an ETH.
    { pipeline: "text-to-image", unit: "pixel", price: "0.019", per: 1_000_000 },
    docs({ pipeline: "text-to-image", unit: "pixel", price: "1.9073484e-8" }),
    docs({ pipeline: "image-to-image", unit: "pixel", price: "1.9073484e-8" }),
    docs({ pipeline: "image-to-video", unit: "pixel", price: "1.3563368e-8" }),
    docs({ pipeline: "upscale", unit: "pixel", price: "1.9073484e-8" }),
    docs({ pipeline: "segment-anything-2", unit: "pixel", price: "3.22e-11" }),
    docs({ pipeline: "image-to-text", unit: "pixel", price: "2.5e-10" }),
    docs({ pipeline: "audio-to-text", unit: "millisecond", price: "0.02e-6" }),
    docs({ pipeline: "text-to-speech", unit: "character", price: "1.5e-6" }),
    // What llama-3-8b-instruct costs elsewhere, named there for reference; Livepeer recommends none of its own.
    docs({ pipeline: "llm", unit: "token", price: "0.08", per: 1_000_000 }),
  ],
};
