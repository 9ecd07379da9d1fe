import { TextToImage } from "@sluice/models";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  checklistTextToImage,
  formatUsd,
  indicativeRates,
  type NanoUsd,
  parseDecimal,
  quoteTextToImage,
  type Rate,
  textToImageUnits,
  times,
  toUsd,
} from "../src/index.ts";

type Size = Parameters<typeof quoteTextToImage>[0];

const square: Size = { width: 1024, height: 1024, num_images_per_prompt: 1 };

const priceOf = (size: Size, rates?: ReadonlyArray<Rate>): NanoUsd => {
  const { amount } = quoteTextToImage(size, rates);
  if (amount === "unknown") throw new Error("No rate is known.");
  return amount;
};

const sides = fc.integer({ min: 1, max: 4096 });
const images = fc.integer({ min: 1, max: 12 });
const sizes: fc.Arbitrary<Size> = fc.record({ width: sides, height: sides, num_images_per_prompt: images });

/** A rate with more digits than a nano-USD has, so that every price is rounded. */
const fine: Rate = { ...checklistTextToImage, usdPerUnit: parseDecimal("1.9073484e-8")!, label: "$0.0191/MP" };

describe("an image of 1024 × 1024", () => {
  it("costs exactly $0.019922944 by the checklist's rate", () => {
    const quote = quoteTextToImage(square);
    expect(quote).toEqual({ units: 1_048_576n, unit: "pixel", amount: 19_922_944n, rate: checklistTextToImage });
    expect(toUsd(priceOf(square))).toBe("0.019922944");
    expect(formatUsd(priceOf(square))).toBe("$0.0199");
  });

  it("costs $19.92 a day at 1,000 a day", () => {
    const aDay = times(priceOf(square), 1000n);
    expect(aDay).toBe(19_922_944_000n);
    expect(formatUsd(aDay)).toBe("$19.92");
    expect(toUsd(aDay)).toBe("19.922944");
  });

  it("is what the defaults of a request ask for", () => {
    expect(priceOf(TextToImage.input.parse({ prompt: "a red fox" }))).toBe(19_922_944n);
  });
});

describe("the units of a text-to-image call", () => {
  it.each([
    [1024, 1024, 1, 1_048_576n],
    [1024, 1024, 4, 4_194_304n],
    [1024, 576, 1, 589_824n],
    [512, 512, 1, 262_144n],
    [4096, 4096, 12, 201_326_592n],
  ])("%i × %i × %i are %i pixels", (width, height, num_images_per_prompt, units) => {
    expect(textToImageUnits({ width, height, num_images_per_prompt })).toBe(units);
  });

  it("do not depend on steps or guidance", () => {
    const plain = TextToImage.input.parse({ prompt: "a red fox" });
    const costly = TextToImage.input.parse({ prompt: "a red fox", num_inference_steps: 200, guidance_scale: 100 });
    expect(textToImageUnits(costly)).toBe(textToImageUnits(plain));
  });
});

describe.each([
  ["the checklist's rate", checklistTextToImage],
  ["a rate finer than a nano-USD", fine],
])("a price by %s", (_, rate) => {
  it("is never below the exact one, and less than a nano-USD above", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { digits, scale } = rate.usdPerUnit;
        const exact = textToImageUnits(size) * digits * 10n ** 9n;
        const shown = priceOf(size, [rate]) * 10n ** BigInt(scale);
        expect(shown >= exact && shown - exact < 10n ** BigInt(scale)).toBe(true);
      }),
    );
  });

  it("adds up over the images: one call of n costs no more than n calls, and rounds once", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const count = BigInt(size.num_images_per_prompt);
        const [together, apart] = [
          priceOf(size, [rate]),
          priceOf({ ...size, num_images_per_prompt: 1 }, [rate]) * count,
        ];
        expect(together <= apart && apart - together < count).toBe(true);
        if (rate === checklistTextToImage) expect(together).toBe(apart);
      }),
    );
  });

  it("rises with each side and with the images", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { width, height, num_images_per_prompt: count } = size;
        for (const more of [{ width: width + 1 }, { height: height + 1 }, { num_images_per_prompt: count + 1 }]) {
          expect(priceOf({ ...size, ...more }, [rate]) > priceOf(size, [rate])).toBe(true);
        }
      }),
    );
  });
});

describe("a price that is not known", () => {
  const elsewhere: Rate = { ...checklistTextToImage, pipeline: "upscale" };

  it.each([
    ["no rate", []],
    ["a rate of another pipeline", [elsewhere]],
  ])("with %s is unknown, and never zero; the units are known all the same", (_, rates) => {
    expect(quoteTextToImage(square, rates)).toEqual({ units: 1_048_576n, unit: "pixel", amount: "unknown" });
  });

  it("becomes known by the first rate of the pipeline", () => {
    const { amount } = quoteTextToImage(square, [elsewhere, fine, checklistTextToImage]);
    expect(amount).toBe(19_999_998n);
  });

  it("is told apart from one that is free", () => {
    const free: Rate = { ...checklistTextToImage, usdPerUnit: { digits: 0n, scale: 0 }, label: "free" };
    expect(quoteTextToImage(square, [free])).toMatchObject({ amount: 0n, rate: { label: "free" } });
  });
});

describe("the indicative rates", () => {
  it("are $0.019 a megapixel, where a megapixel is 1,000,000 pixels", () => {
    const { digits, scale } = checklistTextToImage.usdPerUnit;
    expect(digits * 1_000_000n * 1000n).toBe(19n * 10n ** BigInt(scale));
    expect(checklistTextToImage.label).toBe("$0.019/MP");
  });

  it.each(indicativeRates)("for $pipeline say who said so, and when", ({ source, asOf }) => {
    expect(new URL(source).hostname).toBe("docs.livepeer.org");
    expect(asOf).toBe("2026-04-05");
  });
});
