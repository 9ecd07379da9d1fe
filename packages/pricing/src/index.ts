/** What a call costs, exactly and before it is sent. */
export { type Decimal, formatUsd, multiply, type NanoUsd, nanoUsd, parseDecimal, parseUsd, toUsd } from "./Money.ts";
export { formatMegapixels, quoteTextToImage, type Quote, textToImageUnits, times, type UnknownQuote } from "./quote.ts";
export { checklistTextToImage, indicativeRates, type Rate } from "./RateCard.ts";
