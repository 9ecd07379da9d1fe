import { livepeerCloud, livepeerStudio } from "@sluice/models";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { compare, type ComparedRow, type Job } from "../src/index.ts";
import { audio, cardAt, image } from "./jobs.ts";

const square: Job = { pipeline: "text-to-image", request: { width: 1024, height: 1024, num_images_per_prompt: 2 } };
const shown = (rows: ReadonlyArray<ComparedRow>) =>
  rows.map(({ job: { request, facts }, seller, quote, ratio }) => {
    const size = facts?.kind === "image" ? facts : request;
    const who = "profile" in seller ? seller.profile.name : "card";
    return `${size.width ?? 0}x${size.height ?? 0} ${request.model_id ?? request.model ?? "-"} ${who}: ${quote.amount} ×${ratio}`;
  });

describe("compare", () => {
  it("tries sizes, the cheapest first, and says how many times dearer the others are", () => {
    const sizes = [
      { width: 1024, height: 1024 },
      { width: 512, height: 512 },
      { width: 1024, height: 576 },
    ];
    expect(shown(compare(square, { sizes }))).toEqual([
      "512x512 - card: 9961472 ×1",
      "1024x576 - card: 22413312 ×2.25",
      "1024x1024 - card: 39845888 ×4",
    ]);
  });

  it("tries the sizes of what goes in, where that is billed", () => {
    const job: Job = { pipeline: "upscale", request: {}, facts: { ...image(64, 64)!, format: "png" } };
    const sizes = [
      { width: 512, height: 512 },
      { width: 256, height: 256 },
    ];
    expect(shown(compare(job, { sizes }))).toEqual(["256x256 - card: 1250000 ×1", "512x512 - card: 5000000 ×4"]);
    expect(shown(compare({ ...job, facts: undefined }, { sizes }))).toEqual(shown(compare(job, { sizes })));
    expect(compare(job, { sizes })[0]?.job.facts).toEqual({ kind: "image", bytes: 1000, width: 256, height: 256 });
  });

  it("tries each size with each model of each seller", () => {
    const card = cardAt("1e-9");
    const own = { ...card.rates[0]!, model: "a/b", price: "3e-9" };
    const rows = compare(square, {
      sizes: [
        { width: 8, height: 8 },
        { width: 16, height: 8 },
      ],
      models: ["a/b", "c/d"],
      sellers: [{ card: { ...card, rates: [...card.rates, own] } }, { profile: livepeerStudio }],
    });
    expect(shown(rows)).toEqual([
      "8x8 c/d card: 128 ×1",
      "16x8 c/d card: 256 ×2",
      "8x8 a/b card: 384 ×3",
      "16x8 a/b card: 768 ×6",
      "8x8 a/b livepeer-studio: 2432 ×19",
      "8x8 c/d livepeer-studio: 2432 ×19",
      "16x8 a/b livepeer-studio: 4864 ×38",
      "16x8 c/d livepeer-studio: 4864 ×38",
    ]);
  });

  it("names llm's model by its own field", () => {
    const rows = compare({ pipeline: "llm", request: {} }, { models: ["a/b"] });
    expect(rows[0]?.job.request).toEqual({ model: "a/b" });
    expect(rows[0]?.quote.model).toBe("a/b");
  });

  it("puts the unknown last, and a gateway that charges nothing first among equals", () => {
    const bare = { ...livepeerStudio, name: "bare", prices: { ...cardAt("1"), rates: [] } };
    const sellers = [{ profile: bare }, { profile: livepeerStudio }, { profile: bare }, { profile: livepeerCloud }];
    expect(shown(compare(square, { sellers }))).toEqual([
      "1024x1024 - livepeer-cloud: 39845888 ×1",
      "1024x1024 - livepeer-studio: 39845888 ×1",
      "1024x1024 - bare: unknown ×unknown",
      "1024x1024 - bare: unknown ×unknown",
    ]);
    expect(compare(square, { sellers }).map(({ quote }) => quote.charges)).toEqual([
      ...["nothing", "usage", "usage", "usage"],
    ]);
  });

  it("knows no ratio to what is free", () => {
    const rows = compare(square, { sellers: [{ card: cardAt("1e-9") }, { card: cardAt("0") }] });
    expect(rows.map(({ ratio }) => ratio)).toEqual(["1", "unknown"]);
  });

  it("rounds a ratio to six decimals", () => {
    const rows = compare(square, {
      sellers: [{ card: cardAt("2e-9") }, { card: cardAt("3e-9") }, { card: cardAt("7", 3_000_000_000) }],
    });
    expect(rows.map(({ ratio }) => ratio)).toEqual(["1", "1.166667", "1.5"]);
  });

  it("is in order, whatever the order given", () => {
    const sellers = fc.array(
      fc.nat(1000).map((price) => ({ card: cardAt(`${price}e-9`) })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(sellers, (given) => {
        const amounts = compare(square, { sellers: given }).map(({ quote }) => quote.amount);
        expect(amounts).toHaveLength(given.length);
        expect(amounts.every((amount, index) => index === 0 || amount >= amounts[index - 1]!)).toBe(true);
      }),
    );
  });

  it("with nothing to vary is the job alone; with nothing to try, nothing", () => {
    expect(shown(compare(square, {}))).toEqual(["1024x1024 - card: 39845888 ×1"]);
    expect(compare(square, { sizes: [] })).toEqual([]);
  });

  it("refuses sizes where none is billed", () => {
    const job: Job = { pipeline: "audio-to-text", request: {}, facts: audio(9) };
    const sizes = [{ width: 8, height: 8 }];
    expect(() => compare(job, { sizes })).toThrow(new RangeError("audio-to-text is not billed by a size"));
  });
});
