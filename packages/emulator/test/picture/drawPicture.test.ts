import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawPicture, type Order } from "../../src/picture/draw.ts";
import { decodePng } from "./decodePng.ts";

const order: Order = { prompt: "a red fox in the snow at dawn", seed: 7, width: 64, height: 64 };

const scenes = [
  "a red fox in the snow at dawn",
  "a lighthouse by the sea at sunset",
  "a rainy night in the city",
  "northern lights over a lake",
  "hot air balloons over the desert",
  "a deer in an autumn forest",
  "a sailboat on calm water",
  "",
];

/** How many different colours there are, and how light the picture is on the whole, from 0 to 255. */
const look = (rgb: Uint8Array) => {
  const colours = new Set<number>();
  let light = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(at, at + 3);
    colours.add((red << 16) | (green << 8) | blue);
    light += (red + green + blue) / rgb.length;
  }
  return { colours: colours.size, light };
};

describe("drawPicture", () => {
  it.each([
    [8, 8],
    [64, 64],
    [1024, 576],
    [576, 1024],
    [640, 8],
    [8, 640],
  ])("draws %d by %d pixels when asked to", (width, height) => {
    const picture = decodePng(drawPicture({ ...order, width, height }));
    expect([picture.width, picture.height]).toEqual([width, height]);
  });

  it("draws any prompt with any seed at any size", () => {
    const orders = fc.record({
      prompt: fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(...scenes)),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      width: fc.integer({ min: 1, max: 48 }),
      height: fc.integer({ min: 1, max: 48 }),
    });
    fc.assert(
      fc.property(orders, (asked) => {
        const { width, height } = decodePng(drawPicture(asked));
        expect([width, height]).toEqual([asked.width, asked.height]);
      }),
    );
  });

  it.each(scenes)("draws the same bytes for the same order: %s", (prompt) => {
    expect(drawPicture({ ...order, prompt })).toEqual(drawPicture({ ...order, prompt }));
  });

  it("draws the same pixels on every platform", () => {
    // Written down on linux-x64 with Node 24. A change to how pictures look changes it, and nothing else may.
    const pixels = scenes.map((prompt) => decodePng(drawPicture({ ...order, prompt, width: 96 })).rgb);
    const digest = createHash("sha256").update(Buffer.concat(pixels)).digest("hex");
    expect(digest).toBe("4834511e26d1bdcded19e73b4694cec523c9d722805f570138d188c27cf30a27");
  });

  it("draws another picture for another seed", () => {
    const pictures = [0, 1, 2, 0xffff_fffe, 0xffff_ffff].map((seed) => drawPicture({ ...order, seed }));
    expect(new Set(pictures.map((bytes) => Buffer.from(bytes).toString("base64"))).size).toBe(pictures.length);
  });

  it("draws another picture for another prompt, even when it asks for the same scene", () => {
    const prompts = ["fox", "a fox", "fox.", "foxes", "Fox"];
    const pictures = prompts.map((prompt) => drawPicture({ ...order, prompt }));
    expect(new Set(pictures.map((bytes) => Buffer.from(bytes).toString("base64"))).size).toBe(prompts.length);
  });

  it.each(scenes)("draws something to look at: %s", (prompt) => {
    const { colours, light } = look(decodePng(drawPicture({ ...order, prompt, width: 128, height: 128 })).rgb);
    expect(colours).toBeGreaterThan(500);
    expect(light).toBeGreaterThan(20);
    expect(light).toBeLessThan(240);
  });

  it("draws the hour that the prompt asks for", () => {
    const lightAt = (hour: string) =>
      look(decodePng(drawPicture({ ...order, prompt: `${hour} on the lake` })).rgb).light;
    expect(lightAt("midnight")).toBeLessThan(lightAt("noon") - 40);
  });

  it("draws the same scene whatever the size", () => {
    const large = look(decodePng(drawPicture({ ...order, width: 256, height: 256 })).rgb);
    const small = look(decodePng(drawPicture({ ...order, width: 32, height: 32 })).rgb);
    expect(Math.abs(large.light - small.light)).toBeLessThan(5);
  });
});
