import { describe, expect, it } from "vitest";
import { TextToImage } from "../../src/index.ts";

const accepts = (output: unknown): boolean => TextToImage.output.safeParse(output).success;
const image = { nsfw: false, seed: 280278971, url: "/stream/5c3a9f10/9b1de2a4.png" };

describe("a text-to-image answer", () => {
  it("is read as go-livepeer writes it", () => {
    const body = '{"images":[{"nsfw":false,"seed":280278971,"url":"/stream/5c3a9f10/9b1de2a4.png"}]}\n';
    expect(TextToImage.output.parse(JSON.parse(body))).toEqual({ images: [image] });
  });

  it("keeps every image, in order", () => {
    const images = Array.from({ length: 12 }, (_, index) => ({
      ...image,
      seed: 0xffff_ffff - index,
      url: `/${index}.png`,
    }));
    expect(TextToImage.output.parse({ images }).images).toEqual(images);
  });

  it("may lack the seed and the verdict on safety", () => {
    expect(TextToImage.output.parse({ images: [{ url: "data:image/png;base64,iVBO" }] })).toEqual({
      images: [{ url: "data:image/png;base64,iVBO" }],
    });
  });

  it("may hold no image: whoever called decides what that means", () => {
    expect(TextToImage.output.parse({ images: [] })).toEqual({ images: [] });
  });

  it("may hold fields that are not known yet, which are dropped", () => {
    const output = TextToImage.output.parse({ images: [{ ...image, width: 1024 }], warnings: [] });
    expect(output).toEqual({ images: [image] });
  });

  it.each([
    [null],
    [[]],
    [{}],
    [{ images: null }],
    [{ images: {} }],
    [{ images: [null] }],
    [{ images: ["/a.png"] }],
    [{ images: [{}] }],
    [{ images: [{ url: "" }] }],
    [{ images: [{ url: 7 }] }],
    [{ images: [{ ...image, seed: "7" }] }],
    [{ images: [{ ...image, seed: 0.5 }] }],
    [{ images: [{ ...image, nsfw: "no" }] }],
    [{ images: [image, { seed: 1 }] }],
    [{ error: { message: "Internal Server Error" } }],
  ])("is not %j", (output) => {
    expect(accepts(output)).toBe(false);
  });
});
