import { livepeerStudio, PriceCard, type PriceCardInput } from "@sluice/models";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { indicativeCard, type Job, quote, ratesOf } from "../src/index.ts";
import { cardAt } from "./jobs.ts";

const square: Job = { pipeline: "text-to-image", request: { model_id: "a/b", width: 1024, height: 1024 } };
const parsed = (card: Partial<PriceCardInput>) =>
  PriceCard.parse({ source: "a contract", asOf: "2026-11-01", rates: [], ...card });
const perImage = (
  price: string,
  more: Partial<PriceCardInput["rates"][number]> = {},
): PriceCardInput["rates"][number] => ({
  pipeline: "text-to-image",
  unit: "pixel",
  price,
  per: 1,
  ...more,
});

describe("the indicative card", () => {
  it("goes through the same schema as anybody's card", () => {
    expect(PriceCard.parse(indicativeCard)).toEqual(indicativeCard);
  });

  it("has these rates", () => {
    expect(ratesOf(indicativeCard).rates.map(({ pipeline, label, asOf }) => `${pipeline} ${label} ${asOf}`)).toEqual([
      "text-to-image $0.019/MP 2026-04-05",
      "text-to-image $0.01907/MP 2025-11-19",
      "image-to-image $0.01907/MP 2025-11-19",
      "image-to-video $0.01356/MP 2025-11-19",
      "upscale $0.01907/MP 2025-11-19",
      "segment-anything-2 $0.0000322/MP 2025-11-19",
      "image-to-text $0.00025/MP 2025-11-19",
      "audio-to-text $0.0012/min 2025-11-19",
      "text-to-speech $1.5/M characters 2025-11-19",
      "llm $0.08/M tokens 2025-11-19",
    ]);
  });

  it("says of each where it is from", () => {
    for (const { pipeline, source } of ratesOf(indicativeCard).rates.slice(1)) {
      expect(source).toBe(`https://github.com/livepeer/docs/blob/e874eb66/ai/pipelines/${pipeline}.mdx`);
    }
  });
});

describe("a card in dollars", () => {
  it.each([
    ["0.019", 1_000_000, 19n, 1n, "$0.019/MP"],
    ["1.9073484e-8", 1, 4_768_371n, 250_000n, "$0.01907/MP"],
    ["1", 3, 1_000_000_000n, 3n, "$333333/MP"],
    ["1E-6", 1, 1000n, 1n, "$1/MP"],
    ["0.999999e-6", 1, 999_999n, 1000n, "$1/MP"],
    ["123.456e-6", 1, 123_456n, 1n, "$123.5/MP"],
    ["0", 1, 0n, 1n, "$0/MP"],
    ["1e2", 1, 100_000_000_000n, 1n, "$100000000/MP"],
    ["0.1000000000000000000000000000001", 1, 10n ** 30n + 1n, 10n ** 22n, "$100000/MP"],
  ])("of %s for %i is exactly %s/%s nano-USD a pixel, and %s for people", (price, per, num, den, label) => {
    const [rate] = ratesOf(parsed({ rates: [perImage(price, { per })] })).rates;
    expect(rate).toEqual({
      ...{ pipeline: "text-to-image", unit: "pixel", perUnit: { num, den }, label },
      ...{ source: "a contract", asOf: "2026-11-01", currency: "USD" },
    });
  });

  it("of one price for so many units is that of a smaller price for one", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(12), (digits, zeros) => {
        const [together] = ratesOf(cardAt(`${digits}`, 10 ** zeros)).rates;
        const [alone] = ratesOf(cardAt(`${digits}e-${zeros}`)).rates;
        expect(together?.perUnit).toEqual(alone?.perUnit);
      }),
    );
  });
});

describe("a card in wei", () => {
  const inWei = (ethUsd: string) =>
    parsed({ currency: "wei", ethUsd: { price: ethUsd, asOf: "2025-11-19" }, rates: [perImage("4768371")] });

  it("at $4,000 an ETH asks the published price, to the last digit", () => {
    const [published] = ratesOf({ ...indicativeCard, rates: indicativeCard.rates.slice(1) }).rates;
    expect(ratesOf(inWei("4000")).rates[0]?.perUnit).toEqual(published?.perUnit);
  });

  it.each([
    ["4000", 19_999_998n],
    ["3000", 14_999_999n],
    ["2999.99", 14_999_949n],
  ])("at $%s an ETH prices an image, and says at what figure of which day", (ethUsd, amount) => {
    const quoted = quote(square, { card: inWei(ethUsd) });
    expect(quoted).toMatchObject({
      amount,
      rate: { currency: "wei", ethUsd: { price: ethUsd, asOf: "2025-11-19" } },
    });
    expect(quoted.why.at(-1)).toMatch(`a contract (2026-11-01), in wei at $${ethUsd} an ETH (2025-11-19).`);
  });

  it("leaves out the figure where the prices are dollars all the same", () => {
    const card = parsed({ ethUsd: { price: "4000", asOf: "2025-11-19" }, rates: [perImage("1")] });
    expect(ratesOf(card).rates[0]).not.toHaveProperty("ethUsd");
  });
});

describe("a card's rates", () => {
  const card = parsed({
    rates: [
      perImage("3e-9"),
      perImage("5e-9", { model: "a/b", source: "an invoice", asOf: "2026-11-22" }),
      perImage("4e-9"),
      { pipeline: "llm", unit: "token", price: "7e-9", per: 1, model: "a/b" },
    ],
  });

  it("of a model win over those of its pipeline, in price and range", () => {
    const pixels = 1_048_576n;
    expect(quote(square, { card })).toMatchObject({
      ...{ amount: pixels * 5n, range: { low: pixels * 5n, high: pixels * 5n } },
      rate: { model: "a/b", source: "an invoice", asOf: "2026-11-22" },
    });
    const other: Job = { ...square, request: { ...square.request, model_id: "c/d" } };
    const range = { low: pixels * 3n, high: pixels * 4n };
    expect(quote(other, { card })).toMatchObject({ amount: pixels * 3n, range });
    const none: Job = { ...square, request: { width: 1024, height: 1024 } };
    expect(quote(none, { card })).toMatchObject({ amount: pixels * 3n, range });
  });

  it("of one model say nothing of others, nor of the pipeline", () => {
    expect(quote({ pipeline: "llm", request: { model: "a/b", max_tokens: 2 } }, { card })).toMatchObject({
      amount: 14n,
    });
    for (const model of ["A/b", "", undefined, "a/b "]) {
      expect(quote({ pipeline: "llm", request: { model } }, { card }).amount).toBe("unknown");
    }
    expect(quote({ pipeline: "llm", request: { model_id: "a/b" } }, { card }).amount).toBe("unknown");
  });

  it.each([
    [{ model: "c/d" }, "The price card has no rate for llm with the model c/d. So the price is unknown."],
    [{}, "The price card has no rate for llm without a model. So the price is unknown."],
  ])("of one model are not taken for those of the pipeline: %j", (request, sentence) => {
    expect(quote({ pipeline: "llm", request }, { card }).why.at(-1)).toBe(sentence);
  });

  it("are asked for in dollars where no currency is said, as the schema has it", () => {
    const { currency: _, ...bare } = cardAt("1e-9");
    expect(ratesOf(bare as PriceCard)).toMatchObject({ rates: ratesOf(cardAt("1e-9")).rates });
  });

  it.each([
    [null, "prices must be a price card"],
    [undefined, "prices must be a price card"],
    [{ currency: "wei", ethUsd: null, rates: [] }, "prices.ethUsd is needed for prices in wei"],
    [{ rates: [{ pipeline: ["llm"] }] }, "prices.rates.0.pipeline must be the name of a pipeline"],
    [{ rates: [{ pipeline: "llm", model: null }] }, "prices.rates.0.model must be a model's name, or absent"],
  ])("%j is refused: %s", (card, message) => {
    expect(() => ratesOf(card as never)).toThrow(new RangeError(message));
  });

  it("are read once", () => {
    expect(ratesOf(card)).toBe(ratesOf(card));
    expect(ratesOf({ ...card })).not.toBe(ratesOf(card));
  });
});

describe("a broken card, which no schema has seen,", () => {
  const good = cardAt("1");
  const [first] = good.rates;
  const broken = (change: object): PriceCard => ({ ...good, rates: [first!, { ...first!, ...change }] });

  it.each([
    ["prices.rates.1.unit must be pixel: what text-to-image is billed by", broken({ unit: "token" })],
    ["prices.rates.1.unit must be token: what llm is billed by", broken({ pipeline: "llm" })],
    ["prices.rates.1.per must be a whole number of at least 1, but is 0", broken({ per: 0 })],
    ["prices.rates.1.per must be a whole number of at least 1, but is 0.5", broken({ per: 0.5 })],
    ["prices.rates.1.per must be a whole number of at least 1, but is undefined", broken({ per: undefined })],
    ["prices.rates.1.per must be a whole number of at least 1, but is 1000", broken({ per: "1000" })],
    ...["free", "-1", 0.019, undefined, `0.${"0".repeat(200_000)}`, "1e100"].map(
      (price) =>
        ['prices.rates.1.price must be a decimal in quotes such as "0.019"', broken({ price })] as [string, PriceCard],
    ),
    ["prices.rates.1.pipeline must be the name of a pipeline", broken({ pipeline: "text-to-music" })],
    ["prices.rates.0.pipeline must be the name of a pipeline", { ...good, rates: [null as never] }],
    ["prices.rates must be a list of rates", { ...good, rates: undefined as never }],
    ["prices.rates must be a list of rates", { ...good, rates: {} as never }],
    ['prices.currency must be "USD" or "wei"', { ...good, currency: "EUR" as never }],
    ["prices.ethUsd is needed for prices in wei", { ...good, currency: "wei" }],
    [
      'prices.ethUsd.price must be a decimal in quotes such as "4000"',
      { ...good, currency: "wei", ethUsd: { price: "high", asOf: "2026-11-23" } },
    ],
  ] satisfies ReadonlyArray<readonly [string, PriceCard]>)("is refused: %s", (message, card) => {
    expect(() => ratesOf(card)).toThrow(new RangeError(message));
    expect(() => quote(square, { profile: { ...livepeerStudio, prices: card } })).toThrow(new RangeError(message));
  });
});
