/** Calls whose units and prices were worked out by hand, to the last nano-USD. */
import type { PriceCard } from "@sluice/models";
import { describe, expect, it } from "vitest";
import { indicativeCard, type Job, quote, times, toUsd } from "../src/index.ts";
import { audio, image } from "./jobs.ts";

/** What the pipelines' own pages say: without the checklist's figure for text-to-image, which comes first. */
const published: PriceCard = { ...indicativeCard, rates: indicativeCard.rates.slice(1) };

const drawn = (width: number, height: number, num_images_per_prompt = 1): Job => ({
  pipeline: "text-to-image",
  request: { width, height, num_images_per_prompt },
});

describe("by the published rates", () => {
  it.each<[string, Job, bigint, bigint, string]>([
    ["an image of 1024 × 1024", drawn(1024, 1024), 1_048_576n, 19_999_998n, "0.0200000"],
    ["four of them", drawn(1024, 1024, 4), 4_194_304n, 79_999_991n, "0.0800000"],
    ["the document's 1024 × 576", drawn(1024, 576), 589_824n, 11_249_999n, "0.0112500"],
    ["the gateway's 512 × 512", drawn(512, 512), 262_144n, 5_000_000n, "0.0050000"],
    [
      "two images of one of 768 × 768",
      { pipeline: "image-to-image", request: { num_images_per_prompt: 2 }, facts: image(768, 768) },
      1_179_648n,
      22_499_998n,
      "0.0225000",
    ],
    [
      "a video of 1024 × 576",
      { pipeline: "image-to-video", request: { width: 1024, height: 576 } },
      14_745_600n,
      200_000_000n,
      "0.2000000",
    ],
    [
      "an image of 512 × 512, four times as wide and high",
      { pipeline: "upscale", request: {}, facts: image(512, 512) },
      262_144n,
      5_000_000n,
      "0.0050000",
    ],
    [
      "the masks of an image of 1024 × 1024",
      { pipeline: "segment-anything-2", request: {}, facts: image(1024, 1024) },
      1_048_576n,
      33_765n,
      "0.0000338",
    ],
    [
      "the words of an image of 1024 × 1024",
      { pipeline: "image-to-text", request: {}, facts: image(1024, 1024) },
      1_048_576n,
      262_144n,
      "0.0002621",
    ],
    [
      "61.9 s of audio",
      { pipeline: "audio-to-text", request: {}, facts: audio(61.9) },
      61_000n,
      1_220_000n,
      "0.0012200",
    ],
    [
      "an hour of audio",
      { pipeline: "audio-to-text", request: {}, facts: audio(3600) },
      3_600_000n,
      72_000_000n,
      "0.0720000",
    ],
    [
      "600 characters, spoken",
      { pipeline: "text-to-speech", request: { text: "a".repeat(600) } },
      600n,
      900_000n,
      "0.0009000",
    ],
    ["an answer of 256 tokens at most", { pipeline: "llm", request: { max_tokens: 256 } }, 256n, 20_480n, "0.0000205"],
  ])("%s", (_, job, units, amount, rounded) => {
    const quoted = quote(job, { card: published });
    expect(quoted).toMatchObject({ units, amount });
    // The document rounds to seven decimals.
    expect((amount + 50n) / 100n).toBe(BigInt(rounded.replace(".", "")));
  });
});

describe("by the checklist's $0.019 a megapixel", () => {
  it("an image of 1024 × 1024 is $0.019922944, and a thousand of them are $19.922944", () => {
    const { amount } = quote(drawn(1024, 1024));
    if (amount === "unknown") throw new Error("The price is unknown.");
    expect(toUsd(amount)).toBe("0.019922944");
    expect(toUsd(times(amount, 1000n))).toBe("19.922944");
  });

  it("1.05 MP are $0.01995", () => {
    expect(quote(drawn(1050, 1000))).toMatchObject({ units: 1_050_000n, amount: 19_950_000n });
  });
});
