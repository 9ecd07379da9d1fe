import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PriceCard } from "../../src/profiles/PriceCard.ts";
import { type NetworkPrice, readNetworkCapabilities } from "../../src/warmth/Network.ts";
import { priceCardOf } from "../../src/warmth/priceCardOf.ts";
import { capabilities, lightning } from "./samples.ts";

const reading = { at: Date.parse("2026-11-23T23:59:59Z"), source: "http://127.0.0.1:5935/getNetworkCapabilities" };
const ethUsd = { price: "3000", asOf: "2026-11-22" };
const cardOf = (...prices: ReadonlyArray<NetworkPrice>) => priceCardOf({ prices }, reading, ethUsd);
const price = (wei: number, per: number, model?: string): NetworkPrice => ({
  pipeline: "llm",
  orchestrator: "0x1",
  wei,
  per,
  ...(model === undefined ? {} : { model }),
});

describe("the network's prices as a card", () => {
  it("are the dearest of each model, in wei for the pipeline's unit", () => {
    const card = priceCardOf(readNetworkCapabilities(JSON.parse(capabilities), reading), reading, ethUsd);
    expect(PriceCard.parse(card)).toEqual({
      currency: "wei",
      ethUsd,
      source: reading.source,
      asOf: "2026-11-23",
      rates: [
        // 9,536,743 wei for 2 pixels is dearer than 4,768,371 for one.
        { pipeline: "text-to-image", model: lightning, unit: "pixel", price: "9536743", per: 2 },
        { pipeline: "llm", unit: "token", price: "1", per: 3 },
        {
          pipeline: "audio-to-text",
          model: "openai/whisper-large-v3",
          unit: "millisecond",
          price: "13915084",
          per: 1,
        },
      ],
    });
  });

  it("are no card when nobody names one", () => {
    expect(cardOf()).toBeUndefined();
  });

  it("are kept apart for every model and for one", () => {
    expect(cardOf(price(5, 1), price(1, 1, "a/b"), price(4, 1))?.rates.map((rate) => [rate.model, rate.price])).toEqual(
      [
        [undefined, "5"],
        ["a/b", "1"],
      ],
    );
  });

  it("are rounded up where the fraction takes more digits than JSON keeps", () => {
    expect(cardOf(price(2 ** 62, 3 * 2 ** 60))?.rates).toEqual([
      { pipeline: "llm", unit: "token", price: "1.333333333333333334", per: 1 },
    ]);
    expect(cardOf(price(0, 2 ** 60))?.rates[0]).toMatchObject({ price: "0.000000000000000000", per: 1 });
  });

  it("make a card that the profile takes, and that is never below what any orchestrator asks", () => {
    const asked = fc.tuple(fc.integer({ min: 0, max: 2 ** 53 }), fc.integer({ min: 1, max: 2 ** 53 }));
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1 }), (all) => {
        const { rates } = PriceCard.parse(cardOf(...all.map(([wei, per]) => price(wei, per))));
        const [rate] = rates;
        const [whole, decimals = ""] = rate!.price.split(".");
        const scale = 10n ** BigInt(decimals.length);
        const unscaled = BigInt(whole! + decimals);
        for (const [wei, per] of all) {
          expect(unscaled * BigInt(per) >= BigInt(wei) * BigInt(rate!.per) * scale).toBe(true);
        }
      }),
    );
  });
});
