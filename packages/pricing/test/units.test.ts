import { type MediaFacts, pipelineNames, pipelines } from "@sluice/models";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { type BilledFields, type Job, quote, units } from "../src/index.ts";
import { anyJob, audio, image, imageToImage, known, live, textToImage } from "./jobs.ts";

const counted = (job: Job): bigint => known(units(job).units);

it.each(pipelineNames)("%s is counted in the unit that its definition names", (pipeline) => {
  expect(units({ pipeline, request: {} }).unit).toBe(pipelines[pipeline].unit);
});

it("a request as its schema parses it has all that counts", () => {
  const request = pipelines["text-to-image"].input.parse({ prompt: "a red fox" });
  expect(units({ pipeline: "text-to-image", request })).toEqual({ units: 1_048_576n, unit: "pixel" });
  const video = pipelines["image-to-video"].input.parse({ image: new Uint8Array(1) });
  expect(counted({ pipeline: "image-to-video", request: video })).toBe(14_745_600n);
  const chat = pipelines.llm.input.parse({ messages: [{ role: "user", content: "Hello." }] });
  expect(counted({ pipeline: "llm", request: chat })).toBe(256n);
});

describe("what counts, and what does not", () => {
  it.each<[string, Job, bigint]>([
    [
      "one image where none is asked for",
      { pipeline: "text-to-image", request: { width: 8, height: 8, num_images_per_prompt: 0 } },
      64n,
    ],
    [
      "one image where fewer are asked for",
      { pipeline: "image-to-image", request: { num_images_per_prompt: -1 }, facts: image(3, 5) },
      15n,
    ],
    ["one image where no number is said", { pipeline: "image-to-image", request: {}, facts: image(3, 5) }, 15n],
    [
      "the input's size, not that of the request",
      { pipeline: "image-to-image", request: { width: 9, height: 9 }, facts: image(3, 5) },
      15n,
    ],
    ["25 frames, of 1024 × 576 where no size is said", { pipeline: "image-to-video", request: {} }, 14_745_600n],
    [
      "25 frames of any size, whatever the input's",
      { pipeline: "image-to-video", request: { width: 8, height: 16 }, facts: image(3, 5) },
      3200n,
    ],
    ["256 tokens where no number is said", { pipeline: "llm", request: {} }, 256n],
    ["a second of audio", { pipeline: "audio-to-text", request: {}, facts: audio(1) }, 1000n],
    ["no more than whole seconds", { pipeline: "audio-to-text", request: {}, facts: audio(59.999999999999) }, 59_000n],
    ["bytes, of one character", { pipeline: "text-to-speech", request: { text: "é" } }, 2n],
    ["bytes, of an emoji", { pipeline: "text-to-speech", request: { text: "🦊" } }, 4n],
    ["half a surrogate pair, as what stands for it", { pipeline: "text-to-speech", request: { text: "\ud83e" } }, 3n],
    ["a stream that has not begun", { pipeline: "live-video-to-video", request: {}, seconds: 0 }, 1_658_880_000n],
    [
      "five seconds of a stream, once begun",
      { pipeline: "live-video-to-video", request: {}, seconds: 0.001 },
      1_797_120_000n,
    ],
    ["five seconds of a stream", { pipeline: "live-video-to-video", request: {}, seconds: 5 }, 1_797_120_000n],
    [
      "ten seconds of a stream, from the sixth on",
      { pipeline: "live-video-to-video", request: {}, seconds: 5.000000000000001 },
      1_935_360_000n,
    ],
    ["a minute of a stream", { pipeline: "live-video-to-video", request: {}, seconds: 60 }, 3_317_760_000n],
  ])("%s", (_, job, expected) => {
    expect(counted(job)).toBe(expected);
  });

  it("steps, guidance, LoRA and safety are free", () => {
    const { input } = pipelines["text-to-image"];
    const plain = input.parse({ prompt: "a red fox" });
    const costly = input.parse({
      prompt: "a red fox",
      num_inference_steps: 200,
      guidance_scale: 100,
      loras: '{"a/b":1}',
      safety_check: false,
    });
    expect(counted({ pipeline: "text-to-image", request: costly })).toBe(
      counted({ pipeline: "text-to-image", request: plain }),
    );
  });

  it("text is counted as the bytes that it is sent in", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary" }), (text) => {
        const bytes = new TextEncoder().encode(text).length;
        expect(counted({ pipeline: "text-to-speech", request: { text } })).toBe(BigInt(bytes));
      }),
    );
  });
});

describe("what is not known", () => {
  it.each<[string, Job, string]>([
    ["the width", { pipeline: "text-to-image", request: { height: 8 } }, "does not name its width and height"],
    ["the height", { pipeline: "text-to-image", request: { width: 8 } }, "does not name its width and height"],
    ["the file", { pipeline: "image-to-image", request: {} }, "is not known: give its `facts`, which readMedia"],
    [
      "the file's width",
      { pipeline: "upscale", request: {}, facts: { kind: "image", bytes: 9, height: 8 } },
      "size of the input image",
    ],
    [
      "the file's height",
      { pipeline: "segment-anything-2", request: {}, facts: { kind: "image", bytes: 9, width: 8 } },
      "size of the input image",
    ],
    ["an image", { pipeline: "image-to-text", request: {}, facts: audio(9) }, "size of the input image"],
    ["the audio", { pipeline: "audio-to-text", request: {} }, "length of the audio"],
    [
      "the audio's length",
      { pipeline: "audio-to-text", request: {}, facts: { kind: "audio", bytes: 9 } },
      "length of the audio",
    ],
    ["a sound", { pipeline: "audio-to-text", request: {}, facts: image(8, 8) }, "length of the audio"],
    [
      "what gateways refuse to measure",
      { pipeline: "audio-to-text", request: {}, facts: audio(0.999) },
      "below the second",
    ],
    ["the text", { pipeline: "text-to-speech", request: {} }, "no text"],
    ["any text", { pipeline: "text-to-speech", request: { text: "" } }, "no text"],
    ["the end of a stream", { pipeline: "live-video-to-video", request: {} }, "how many seconds"],
  ])("%s: the units are unknown, and never zero", (_, job, sentence) => {
    expect(units(job).units).toBe("unknown");
    const quoted = quote(job);
    expect(quoted).toMatchObject({ units: "unknown", amount: "unknown", range: "unknown" });
    expect(quoted.why[0]).toContain(sentence);
    expect(quoted.why[0]).toMatch(/So the price is unknown\.$/);
  });
});

describe("a number that cannot be", () => {
  const huge = Number.MAX_SAFE_INTEGER + 1;

  it.each<[string, Job["pipeline"], BilledFields, MediaFacts | undefined]>([
    ["width must be a whole number of at least 1, but is 0", "text-to-image", { width: 0, height: 8 }, undefined],
    ["width must be a whole number of at least 1, but is 1.5", "image-to-video", { width: 1.5 }, undefined],
    ["height must be a whole number of at least 1, but is -8", "text-to-image", { width: 8, height: -8 }, undefined],
    ["height must be a whole number of at least 1, but is NaN", "upscale", {}, image(8, NaN)],
    [`width must be a whole number of at least 1, but is ${huge}`, "upscale", {}, image(huge, 8)],
    [
      "num_images_per_prompt must be a whole number of at least 1, but is -0.5",
      "text-to-image",
      { width: 8, height: 8, num_images_per_prompt: -0.5 },
      undefined,
    ],
    ["max_tokens must be a whole number of at least 1, but is 0", "llm", { max_tokens: 0 }, undefined],
    ["max_tokens must be a whole number of at least 1, but is 256", "llm", { max_tokens: "256" as never }, undefined],
    ["facts.seconds must be a number of seconds, but is -1", "audio-to-text", {}, audio(-1)],
    ["facts.seconds must be a number of seconds, but is Infinity", "audio-to-text", {}, audio(Infinity)],
    ["facts.seconds must be a number of seconds, but is NaN", "audio-to-text", {}, audio(NaN)],
    ["pipeline text-to-music is not known", "text-to-music" as never, {}, undefined],
    ["pipeline constructor is not known", "constructor" as never, {}, undefined],
  ])("is refused: %s", (message, pipeline, request, facts) => {
    expect(() => units({ pipeline, request, facts })).toThrow(new RangeError(message));
    expect(() => quote({ pipeline, request, facts })).toThrow(new RangeError(message));
  });

  it("is refused: a stream of less than no time", () => {
    const job: Job = { pipeline: "live-video-to-video", request: {}, seconds: -1 };
    expect(() => units(job)).toThrow(new RangeError("seconds must be a number of seconds, but is -1"));
  });
});

describe("units", () => {
  it("are whole and above zero", () => {
    fc.assert(
      fc.property(anyJob, (job) => {
        expect(counted(job) > 0n).toBe(true);
      }),
    );
  });

  it("of so many images are so many times those of one", () => {
    fc.assert(
      fc.property(fc.oneof(textToImage, imageToImage), (job) => {
        const alone = { ...job, request: { ...job.request, num_images_per_prompt: 1 } };
        expect(counted(job)).toBe(counted(alone) * BigInt(job.request.num_images_per_prompt ?? 1));
      }),
    );
  });

  it("of a stream pay for every second of it, and for less than five too many", () => {
    fc.assert(
      fc.property(live, (job) => {
        const paid = (counted(job) - 1_658_880_000n) / 27_648_000n;
        const { seconds = 0 } = job;
        expect(paid % 5n).toBe(0n);
        expect(paid >= seconds && (paid - 5n < seconds || paid === 0n)).toBe(true);
      }),
    );
  });
});
