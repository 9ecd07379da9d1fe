import { livepeerCloud, livepeerStudio, type PriceCard } from "@sluice/models";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { indicativeCard, type Job, type KnownQuote, priceOf, type Quote, quote, type Seller } from "../src/index.ts";
import { anyJob, audio, cardAt, image, imageToImage, live, priced, textToImage } from "./jobs.ts";

const square: Job = { pipeline: "text-to-image", request: { model_id: "a/b", width: 1024, height: 1024 } };

const knownQuote = (quoted: Quote): KnownQuote => {
  if (quoted.amount === "unknown") throw new Error(quoted.why.join(" "));
  return quoted;
};
const amountOf = (job: Job, seller?: Seller): bigint => knownQuote(quote(job, seller)).amount;

/** Cards whose prices need rounding, or do not. */
const cards = fc
  .record({ digits: fc.nat(), scale: fc.nat(20), per: fc.integer({ min: 1, max: 10_000_000 }) })
  .map(({ digits, scale, per }) => ({
    card: cardAt(`${digits}e-${scale}`, per),
    num: BigInt(digits) * 10n ** 9n,
    den: 10n ** BigInt(scale) * BigInt(per),
  }));

describe("an amount", () => {
  it("is the exact product of units and rate, rounded up once: never below, and less than a nano-USD above", () => {
    fc.assert(
      fc.property(anyJob, cards, (job, { card, num, den }) => {
        const { units, amount } = knownQuote(quote(job, { card }));
        expect(amount * den >= units * num).toBe(true);
        expect((amount - 1n) * den < units * num).toBe(true);
      }),
    );
  });

  it("never makes a paid unit free, however small its price", () => {
    const job: Job = { pipeline: "llm", request: { max_tokens: 1 } };
    expect(amountOf(job, { card: cardAt("1e-99") })).toBe(1n);
    expect(amountOf(job, { card: cardAt("0") })).toBe(0n);
  });

  it("adds up over the images: one call of n costs no more than n calls, and less than n nano-USD less", () => {
    fc.assert(
      fc.property(fc.oneof(textToImage, imageToImage), cards, (job, { card }) => {
        const count = BigInt(job.request.num_images_per_prompt ?? 1);
        const alone = { ...job, request: { ...job.request, num_images_per_prompt: 1 } };
        const [together, apart] = [amountOf(job, { card }), amountOf(alone, { card }) * count];
        expect(together <= apart && apart - together < count).toBe(true);
      }),
    );
  });

  it("at $0.019 a megapixel, which is whole nano-USD a pixel, is exactly that of its images", () => {
    fc.assert(
      fc.property(textToImage, (job) => {
        const alone = { ...job, request: { ...job.request, num_images_per_prompt: 1 } };
        expect(amountOf(job)).toBe(amountOf(alone) * BigInt(job.request.num_images_per_prompt ?? 1));
      }),
    );
  });

  it("is made of integers alone, and so are its range and units", () => {
    fc.assert(
      fc.property(priced, (job) => {
        const { units, amount, range, rate } = knownQuote(quote(job));
        const figures = [units, amount, range.low, range.high, rate.perUnit.num, rate.perUnit.den];
        expect(new Set(figures.map((figure) => typeof figure))).toEqual(new Set(["bigint"]));
      }),
    );
  });
});

describe("an amount rises, or stays, with", () => {
  const side = fc.integer({ min: 1, max: 4096 });
  const count = fc.integer({ min: 1, max: 12 });
  const seconds = fc.double({ min: 1, max: 100_000, noNaN: true });
  const amount = fc.integer({ min: 1, max: 100_000 });
  /** A job by one number, the others held. */
  const dimensions: Readonly<Record<string, fc.Arbitrary<readonly [Job, Job]>>> = {
    "the width of an image": fc
      .tuple(side, side, side, count)
      .map(([a, b, height, num_images_per_prompt]) =>
        pair(a, b, (width) => ({ pipeline: "text-to-image", request: { width, height, num_images_per_prompt } })),
      ),
    "its height": fc
      .tuple(side, side, side, count)
      .map(([a, b, width, num_images_per_prompt]) =>
        pair(a, b, (height) => ({ pipeline: "text-to-image", request: { width, height, num_images_per_prompt } })),
      ),
    "the number of images": fc.tuple(count, count, side, side).map(([a, b, width, height]) =>
      pair(a, b, (num_images_per_prompt) => ({
        pipeline: "image-to-image",
        request: { num_images_per_prompt },
        facts: image(width, height),
      })),
    ),
    "the width of an input": fc
      .tuple(side, side, side, fc.constantFrom("image-to-image", "upscale", "segment-anything-2", "image-to-text"))
      .map(([a, b, height, pipeline]) =>
        pair(a, b, (width) => ({ pipeline, request: {}, facts: image(width, height) })),
      ),
    "the height of an input": fc
      .tuple(side, side, side, fc.constantFrom("image-to-image", "upscale", "segment-anything-2", "image-to-text"))
      .map(([a, b, width, pipeline]) =>
        pair(a, b, (height) => ({ pipeline, request: {}, facts: image(width, height) })),
      ),
    "the width of a video": fc
      .tuple(side, side, side)
      .map(([a, b, height]) => pair(a, b, (width) => ({ pipeline: "image-to-video", request: { width, height } }))),
    "the height of a video": fc
      .tuple(side, side, side)
      .map(([a, b, width]) => pair(a, b, (height) => ({ pipeline: "image-to-video", request: { width, height } }))),
    "the length of audio": fc
      .tuple(seconds, seconds)
      .map(([a, b]) => pair(a, b, (length) => ({ pipeline: "audio-to-text", request: {}, facts: audio(length) }))),
    "the length of a stream": fc
      .tuple(seconds, seconds)
      .map(([a, b]) => pair(a, b, (length) => ({ pipeline: "live-video-to-video", request: {}, seconds: length }))),
    max_tokens: fc
      .tuple(amount, amount)
      .map(([a, b]) => pair(a, b, (max_tokens) => ({ pipeline: "llm", request: { max_tokens } }))),
    "the length of a text": fc
      .tuple(fc.string({ minLength: 1, unit: "grapheme" }), fc.string({ unit: "grapheme" }))
      .map(([text, more]) => [
        { pipeline: "text-to-speech", request: { text } },
        { pipeline: "text-to-speech", request: { text: text + more } },
      ]),
  };

  it.each(Object.entries(dimensions))("%s", (_, pairs) => {
    fc.assert(
      fc.property(pairs, cards, ([less, more], { card }) => {
        expect(amountOf(less, { card }) <= amountOf(more, { card })).toBe(true);
      }),
    );
  });

  const pair = (a: number, b: number, job: (value: number) => Job): readonly [Job, Job] => [
    job(Math.min(a, b)),
    job(Math.max(a, b)),
  ];
});

describe("whose prices hold", () => {
  const profile = { ...livepeerStudio, prices: cardAt("0.03", 1_000_000) };

  it("without a seller, Livepeer's indicative ones; and so with a gateway that has no card", () => {
    expect(amountOf(square)).toBe(19_922_944n);
    expect(amountOf(square, { profile: livepeerStudio })).toBe(19_922_944n);
    expect(quote(square).rate?.source).toBe("https://docs.livepeer.org/v2/developers/guides/ai/production-checklist");
  });

  it("with a gateway that has a card, that card's", () => {
    expect(amountOf(square, { profile })).toBe(31_457_280n);
    expect(amountOf(square, { card: profile.prices })).toBe(31_457_280n);
  });

  it("and no other: what the card lacks is unknown, not the indicative price", () => {
    const sparse: PriceCard = { ...profile.prices, rates: profile.prices.rates.slice(0, 1) };
    const job: Job = { pipeline: "upscale", request: {}, facts: image(512, 512) };
    const quoted = quote(job, { profile: { ...profile, prices: sparse } });
    expect(quoted).toMatchObject({
      units: 262_144n,
      unit: "pixel",
      amount: "unknown",
      range: "unknown",
      rate: undefined,
    });
    expect(quoted.why).toEqual([
      "The input's 512 × 512 = 262,144 pixels are billed; the output has 16 times as many, which are not.",
      "The price card of livepeer-studio has no rate for upscale. So the price is unknown.",
    ]);
    expect(quote(job, { card: sparse }).why.at(-1)).toBe(
      "The price card has no rate for upscale. So the price is unknown.",
    );
  });

  it("live video has no indicative price, whatever its length", () => {
    fc.assert(
      fc.property(live, (job) => {
        const { units, amount } = quote(job);
        expect([typeof units, amount]).toEqual(["bigint", "unknown"]);
      }),
    );
  });

  it("a free price is told apart from an unknown one", () => {
    expect(quote(square, { card: cardAt("0") })).toMatchObject({ amount: 0n, range: { low: 0n, high: 0n } });
  });

  it.each([
    ["a bare profile", livepeerCloud],
    ["a bare card", indicativeCard],
    ["a profile's name", { profile: "livepeer-cloud" }],
    ["no card", { card: undefined }],
    ["a name", "livepeer-cloud"],
    ["null", null],
  ])("%s is no seller, and says how to name one", (_, seller) => {
    const refused = new RangeError("a seller must be named by what it is: give { profile } or { card }");
    expect(() => quote(square, seller as never)).toThrow(refused);
  });

  it("a quote names the pipeline, the model, the unit and the rate", () => {
    expect(quote(square)).toMatchObject({
      pipeline: "text-to-image",
      model: "a/b",
      unit: "pixel",
      rate: { label: "$0.019/MP", asOf: "2026-04-05", currency: "USD", perUnit: { num: 19n, den: 1n } },
    });
    expect(quote({ pipeline: "llm", request: { model: "c/d", model_id: "a/b" } }).model).toBe("c/d");
    expect(quote({ pipeline: "upscale", request: { model_id: "" } }).model).toBeUndefined();
  });
});

describe("the range", () => {
  it("spans what the sources of a price say", () => {
    const { amount, range, why } = knownQuote(quote(square));
    expect({ amount, range }).toEqual({ amount: 19_922_944n, range: { low: 19_922_944n, high: 19_999_998n } });
    expect(why).toEqual([
      "1024 × 1024 × 1 = 1,048,576 pixels are billed; steps, guidance and LoRA are not.",
      "$0.019/MP: https://docs.livepeer.org/v2/developers/guides/ai/production-checklist (2026-04-05).",
      "Another source says $0.01907/MP: https://github.com/livepeer/docs/blob/e874eb66/ai/pipelines/text-to-image.mdx (2025-11-19).",
    ]);
    const [checklist, page] = indicativeCard.rates;
    const reversed = quote(square, { card: { ...indicativeCard, rates: [page!, checklist!] } });
    expect(reversed).toMatchObject({ amount: 19_999_998n, range });
  });

  it("is the amount alone, where there is one source", () => {
    const job: Job = { pipeline: "upscale", request: {}, facts: image(512, 512) };
    expect(quote(job)).toMatchObject({ amount: 5_000_000n, range: { low: 5_000_000n, high: 5_000_000n } });
  });

  it("always holds the amount", () => {
    fc.assert(
      fc.property(priced, (job) => {
        const { amount, range } = knownQuote(quote(job));
        expect(range.low <= amount && amount <= range.high).toBe(true);
      }),
    );
  });

  it("begins at zero where a gateway charges nothing; the amount is what the call would cost", () => {
    const quoted = knownQuote(quote(square, { profile: livepeerCloud }));
    expect(quoted).toMatchObject({
      ...{ amount: 19_922_944n, range: { low: 0n, high: 19_999_998n }, charges: "nothing" },
    });
    expect(quoted.why.at(-1)).toBe(
      "livepeer-cloud is free to its callers; the amount is what the same call costs at that rate.",
    );
    const unknown = quote({ pipeline: "live-video-to-video", request: {}, seconds: 9 }, { profile: livepeerCloud });
    expect(unknown).toMatchObject({ range: "unknown", charges: "nothing" });
    expect(quote(square, { profile: livepeerStudio }).charges).toBe("usage");
    expect(quote(square).charges).toBe("usage");
    expect(unknown.why.join(" ")).not.toContain("free");
  });

  it("of speech ends at what an orchestrator takes off: 1,000 for each character", () => {
    const quoted = quote({ pipeline: "text-to-speech", request: { text: "naïve" } });
    expect(quoted).toMatchObject({ units: 6n, amount: 9000n, range: { low: 9000n, high: 7_500_000n } });
    expect(quoted.why[0]).toBe(
      "The gateway pays for 6 bytes of text in advance; an orchestrator takes off 1,000 for each of its 5 characters, which is the range's upper end.",
    );
  });
});

describe("a price alone", () => {
  const sellers: ReadonlyArray<Seller> = [{ card: cardAt("0.5", 7) }, { card: indicativeCard }];

  it("is what a quote says", () => {
    fc.assert(
      fc.property(anyJob, fc.constantFrom(undefined, ...sellers), (job, seller) => {
        const { units, unit, rate, amount, charges } = quote(job, seller);
        expect(priceOf(job, seller)).toEqual({ units, unit, rate, amount, charges });
      }),
    );
  });

  it("refuses what a quote refuses", () => {
    const job: Job = { pipeline: "text-to-image", request: { width: 0.5, height: 64 } };
    expect(() => priceOf(job)).toThrow(RangeError);
    expect(() => priceOf(job)).toThrow(/width/);
  });
});

describe("a quote is plain data", () => {
  const jobs: ReadonlyArray<Job> = [square, { pipeline: "upscale", request: {} }];

  it.each(jobs)("which copies, clones and compares as it is: %j", (job) => {
    const quoted = quote(job);
    const fields = ["pipeline", "model", "units", "unit", "rate", "amount", "range", "charges", "why"];
    expect(Object.keys(quoted)).toEqual(fields);
    for (const copy of [{ ...quoted }, structuredClone(quoted), quote(structuredClone(job))]) {
      expect(copy).toStrictEqual(quoted);
    }
    const told = quote(job, { card: cardAt("1") });
    expect({ ...told, amount: quoted.amount, rate: quoted.rate }).not.toEqual(quoted);
  });

  it("which a later change of the job does not touch", () => {
    const job = { pipeline: "text-to-speech" as const, request: { text: "a fox" } };
    const quoted = quote(job);
    const before = structuredClone(quoted);
    job.request.text = "two foxes";
    expect(quoted).toStrictEqual(before);
  });
});

describe("why", () => {
  it.each<[Job, string]>([
    [
      { pipeline: "image-to-image", request: {}, facts: image(8, 16) },
      "The input's 8 × 16 × 1 = 128 pixels are billed; steps, guidance and LoRA are not.",
    ],
    [
      { pipeline: "image-to-video", request: {} },
      "1024 × 576 × 25 frames = 14,745,600 pixels are billed, whatever the fps.",
    ],
    [{ pipeline: "image-to-text", request: {}, facts: image(8, 16) }, "The input's 8 × 16 = 128 pixels are billed."],
    [
      { pipeline: "audio-to-text", request: {}, facts: audio(3661.9) },
      "3,661 whole seconds × 1,000 are billed; the rest of a second is not.",
    ],
    [
      { pipeline: "llm", request: { max_tokens: 1024 } },
      "max_tokens is billed, 1,024 of them, however many come; those of the prompt are free.",
    ],
    [
      { pipeline: "live-video-to-video", request: {}, seconds: 61 },
      "1,658,880,000 pixels up front and 27,648,000 a second, each 5 seconds begun: 3,456,000,000 for 61 s.",
    ],
  ])("%j: %s", (job, sentence) => {
    expect(quote(job).why[0]).toBe(sentence);
  });

  it("never repeats a text or a prompt", () => {
    const request = { text: "my secret plan", prompt: "my secret plan", messages: [{ content: "my secret plan" }] };
    for (const pipeline of ["text-to-speech", "text-to-image", "llm"] as const) {
      expect(quote({ pipeline, request }).why.join(" ")).not.toContain("secret");
    }
  });
});
