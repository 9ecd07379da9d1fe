import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { TextToImage } from "../../src/index.ts";
import { mistakesIn } from "./parse.ts";

const prompt = "a red fox";
const huge = Number.MAX_SAFE_INTEGER + 1;

describe("a mistake in a text-to-image request is named by its field", () => {
  it.each([
    [{}, "prompt"],
    [{ prompt: undefined }, "prompt"],
    [{ prompt: null }, "prompt"],
    [{ prompt: 42 }, "prompt"],
    [{ prompt: ["a red fox"] }, "prompt"],
    [{ prompt: "" }, "prompt"],
    [{ prompt: " \n\t" }, "prompt"],
    [{ prompt: "\u3000\ufeff" }, "prompt"],
    [{ prompt, model_id: " " }, "model_id"],
    [{ prompt, model_id: null }, "model_id"],
    [{ prompt, width: "1024" }, "width"],
    [{ prompt, width: 1024.5 }, "width"],
    [{ prompt, width: NaN }, "width"],
    [{ prompt, width: Infinity }, "width"],
    [{ prompt, width: 0 }, "width"],
    [{ prompt, width: -1024 }, "width"],
    [{ prompt, width: 56 }, "width"],
    [{ prompt, width: 4104 }, "width"],
    [{ prompt, width: 1023 }, "width"],
    [{ prompt, height: 4104 }, "height"],
    [{ prompt, guidance_scale: -0.1 }, "guidance_scale"],
    [{ prompt, guidance_scale: 100.1 }, "guidance_scale"],
    [{ prompt, guidance_scale: NaN }, "guidance_scale"],
    [{ prompt, negative_prompt: 7 }, "negative_prompt"],
    [{ prompt, safety_check: "true" }, "safety_check"],
    [{ prompt, seed: -1 }, "seed"],
    [{ prompt, seed: 2 ** 32 }, "seed"],
    [{ prompt, seed: 0.5 }, "seed"],
    [{ prompt, num_inference_steps: 0 }, "num_inference_steps"],
    [{ prompt, num_inference_steps: 201 }, "num_inference_steps"],
    [{ prompt, num_inference_steps: 6.5 }, "num_inference_steps"],
    [{ prompt, num_images_per_prompt: 1.5 }, "num_images_per_prompt"],
    [{ prompt, num_images_per_prompt: 0 }, "num_images_per_prompt"],
    [{ prompt, num_images_per_prompt: 13 }, "num_images_per_prompt"],
    [{ prompt, loras: " " }, "loras"],
    [{ prompt, loras: "{" }, "loras"],
    [{ prompt, loras: "[]" }, "loras"],
    [{ prompt, loras: "null" }, "loras"],
    [{ prompt, loras: { "nerijs/pixel-art-xl": 1.2 } }, "loras"],
    [{ prompt, steps: 6 }, "steps"],
    [{ prompt, größe: 1 }, "größe"],
    [{ prompt, constructor: 1 }, "constructor"],
    [JSON.parse(`{"prompt":"${prompt}","__proto__":{"width":64}}`), "__proto__"],
    [null, ""],
    [undefined, ""],
    [prompt, ""],
    [[prompt], ""],
  ])("%j: %s", (input, path) => {
    const mistakes = mistakesIn(input);
    expect(mistakes.map((mistake) => mistake.path)).toEqual([path]);
    expect(mistakes[0]?.message).toMatch(/^[a-z][^\n]{5,}$/);
  });

  it("is named once, though it breaks two rules", () => {
    for (const width of [63, 4097, huge]) {
      expect(mistakesIn({ prompt, width }).map(({ path }) => path)).toEqual(["width"]);
    }
  });

  it("does not hide another one", () => {
    const paths = mistakesIn({ prompt: "", width: 56, seed: -1, steps: 6, size: 1 }).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(["prompt", "seed", "size", "steps", "width"]);
  });
});

describe("a mistake is told in words that a person can act on", () => {
  it.each([
    [{}, "is required"],
    [{ prompt: " " }, "must not be empty"],
    [{ prompt, steps: 6 }, "is not a known field"],
    [{ prompt, width: 56 }, "too small: expected number to be >=64"],
    [{ prompt, width: 1023 }, "invalid number: must be a multiple of 8"],
    [{ prompt, width: "1024" }, "invalid input: expected number, received string"],
    [{ prompt, loras: "[]" }, "must be a JSON object in a string, such as '{\"owner/lora\": 0.8}'"],
  ])("%j: %s", (input, message) => {
    expect(mistakesIn(input).map((mistake) => mistake.message)).toEqual([message]);
  });
});

describe("a stranger's input", () => {
  it("never changes what every object inherits", () => {
    TextToImage.input.safeParse(JSON.parse(`{"prompt":"${prompt}","__proto__":{"polluted":true}}`));
    expect({}).not.toHaveProperty("polluted");
  });

  it("is refused with a field and a reason, or is a complete request", () => {
    const known = fc.constantFrom("prompt", "width", "height", "model_id", "seed", "loras", "num_images_per_prompt");
    const bags = fc.dictionary(fc.oneof(known, fc.string()), fc.anything());
    fc.assert(
      fc.property(fc.oneof(bags, fc.anything()), (input) => {
        const result = TextToImage.input.safeParse(input);
        if (result.success) expect(result.data).toMatchObject({ width: expect.any(Number) as number });
        else expect(mistakesIn(input).length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
