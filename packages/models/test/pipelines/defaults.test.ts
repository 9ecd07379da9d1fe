import { describe, expect, expectTypeOf, it } from "vitest";
import fc from "fast-check";
import { defaultModel, TextToImage, type TextToImageInput, type TextToImageRequest } from "../../src/index.ts";
import { parse } from "./parse.ts";

const lightning = "SG161222/RealVisXL_V4.0_Lightning";

describe("a text-to-image request of a prompt alone", () => {
  it("gets the documented warm model, 1024 × 1024, and that model's steps and guidance", () => {
    expect(parse({ prompt: "a red fox" })).toEqual({
      prompt: "a red fox",
      model_id: lightning,
      width: 1024,
      height: 1024,
      num_inference_steps: 6,
      guidance_scale: 1.5,
      num_images_per_prompt: 1,
      safety_check: true,
    });
  });

  it("is enough for its type, and the type of what is sent is complete", () => {
    expectTypeOf({ prompt: "a red fox" }).toExtend<TextToImageInput>();
    expectTypeOf<TextToImageRequest["width"]>().toEqualTypeOf<number>();
    expectTypeOf<TextToImageRequest["model_id"]>().toEqualTypeOf<string>();
    expect(defaultModel("text-to-image")).toBe(lightning);
  });

  it("travels as JSON to the pipeline's own path", () => {
    expect(TextToImage).toMatchObject({ name: "text-to-image", path: "/text-to-image", wire: "json", unit: "pixel" });
  });
});

describe("a default", () => {
  const everything: Required<TextToImageInput> = {
    prompt: "a red fox",
    model_id: "ByteDance/SDXL-Lightning",
    width: 64,
    height: 4096,
    guidance_scale: 0,
    negative_prompt: "",
    safety_check: false,
    seed: 0,
    num_inference_steps: 1,
    num_images_per_prompt: 12,
    loras: '{"nerijs/pixel-art-xl": 1.2}',
  };

  it("gives way to what the caller says, also to zero, false and the empty text", () => {
    expect(parse(everything)).toEqual(everything);
  });

  it("stands where the caller says undefined", () => {
    const undecided = Object.fromEntries(Object.keys(everything).map((key) => [key, undefined]));
    const request = parse({ ...undecided, prompt: "a red fox" });
    expect(JSON.parse(JSON.stringify(request))).toEqual(parse({ prompt: "a red fox" }));
  });

  it("of steps and guidance is for Lightning models alone", () => {
    const request = parse({ prompt: "a red fox", model_id: "stabilityai/sdxl-turbo" });
    expect(request).not.toHaveProperty("num_inference_steps");
    expect(request).not.toHaveProperty("guidance_scale");
  });

  it("of steps stands beside guidance that the caller gives, and the other way round", () => {
    expect(parse({ prompt: "a", guidance_scale: 2 })).toMatchObject({ guidance_scale: 2, num_inference_steps: 6 });
    expect(parse({ prompt: "a", num_inference_steps: 4 })).toMatchObject({
      guidance_scale: 1.5,
      num_inference_steps: 4,
    });
  });
});

describe("what is sent", () => {
  it("never lacks model_id, width or height, which gateways fill in differently or crash on", () => {
    const optional = <A>(values: fc.Arbitrary<A>) => fc.option(values, { nil: undefined });
    const inputs = fc.record(
      {
        prompt: fc.string().filter((text) => text.trim() !== ""),
        model_id: optional(fc.string({ minLength: 1 }).filter((id) => !/\s/.test(id))),
        width: optional(fc.integer({ min: 8, max: 512 }).map((blocks) => blocks * 8)),
        height: optional(fc.integer({ min: 8, max: 512 }).map((blocks) => blocks * 8)),
        seed: optional(fc.integer({ min: 0, max: 0xffff_ffff })),
        guidance_scale: optional(fc.double({ min: 0, max: 100, noNaN: true })),
      },
      { requiredKeys: ["prompt"] },
    );
    fc.assert(
      fc.property(inputs, (input) => {
        const sent = JSON.parse(JSON.stringify(parse(input))) as Readonly<Record<string, unknown>>;
        expect(sent).toMatchObject({
          prompt: input.prompt,
          model_id: input.model_id ?? lightning,
          width: input.width ?? 1024,
          height: input.height ?? 1024,
        });
      }),
    );
  });

  it("is the prompt as it was written", () => {
    for (const prompt of ["  padded ", "a|b", "3 cats", "true", "鍵 🦊", "\u0000", "x".repeat(100_000)]) {
      expect(parse({ prompt }).prompt).toBe(prompt);
    }
  });

  it("parses again to itself", () => {
    const request = parse({ prompt: "a red fox", seed: 7 });
    expect(parse(request)).toEqual(request);
  });
});
