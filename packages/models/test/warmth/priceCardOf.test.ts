import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PriceCard } from "../../src/profiles/PriceCard.ts";
import { readNetworkCapabilities } from "../../src/warmth/Network.ts";
import type { NetworkPrice } from "../../src/warmth/networkPrices.ts";
import { priceCardOf } from "../../src/warmth/priceCardOf.ts";
import { capabilities, lightning } from "./samples.ts";

const reading = { at: Date.parse("2026-11-23T23:59:59Z"), source: "http://127.0.0.1:5935/getNetworkCapabilities" };
const ethUsd = { price: "3000", asOf: "2026-11-22" };
const cardOf = (...prices: ReadonlyArray<NetworkPrice>) => priceCardOf({ prices }, reading, ethUsd);
const price = (wei: number, per: number, model?: string, orchestrator = "0x1"): NetworkPrice => ({
  pipeline: "llm",
  orchestrator,
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

  it("are no card when nobody knows of what day they are", () => {
    expect(priceCardOf({ prices: [price(1, 1)] }, { ...reading, at: NaN }, ethUsd)).toBeUndefined();
    expect(priceCardOf({ prices: [price(1, 1)] }, { ...reading, at: Infinity }, ethUsd)).toBeUndefined();
  });

  it.each([
    [
      "another sells it dearer at its price for every model",
      [price(10, 1, "m", "a"), price(100, 1, undefined, "b")],
      "100",
    ],
    ["another sells it cheaper so", [price(10, 1, "m", "a"), price(9, 1, undefined, "b")], "10"],
    [
      "the other names a price for it, too",
      [price(10, 1, "m", "a"), price(11, 1, "m", "b"), price(100, 1, undefined, "b")],
      "11",
    ],
    ["a third does not", [price(10, 1, "m", "a"), price(20, 1, undefined, "b"), price(30, 1, undefined, "c")], "30"],
    [
      "the other's price is of another pipeline",
      [price(10, 1, "m", "a"), { ...price(100, 1, undefined, "b"), pipeline: "upscale" as const }],
      "10",
    ],
    ["the other names a price for another model", [price(10, 1, "m", "a"), price(100, 1, "n", "b")], "10"],
  ])("are what one may have to pay for a model: %s", (_, prices, dearest) => {
    for (const order of [prices, prices.toReversed()]) {
      expect(cardOf(...order)?.rates.find(({ model }) => model === "m")?.price).toBe(dearest);
    }
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

  it("make a card that the profile takes, and that is never below what any orchestrator asks for any model", () => {
    const one = fc
      .record({
        wei: fc.integer({ min: 0, max: 2 ** 53 }),
        per: fc.integer({ min: 1, max: 2 ** 53 }),
        model: fc.constantFrom(undefined, "m", "n"),
        orchestrator: fc.constantFrom("a", "b", "c"),
      })
      .map(({ wei, per, model, orchestrator }) => price(wei, per, model, orchestrator));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1 }), (all) => {
        const { rates } = PriceCard.parse(cardOf(...all));
        for (const { orchestrator, model, wei, per } of all) {
          const named = all.filter((other) => other.orchestrator === orchestrator).map((other) => other.model);
          // What it asks for a model that it does not name is the price that it asks for every one.
          const sold = model === undefined ? ["m", "n", "else"].filter((other) => !named.includes(other)) : [model];
          for (const wanted of sold) {
            const rate = rates.find((each) => each.model === wanted) ?? rates.find((each) => each.model === undefined);
            const [whole, decimals = ""] = rate!.price.split(".");
            const scale = 10n ** BigInt(decimals.length);
            expect(BigInt(whole! + decimals) * BigInt(per) >= BigInt(wei) * BigInt(rate!.per) * scale).toBe(true);
          }
        }
      }),
    );
  });
});
