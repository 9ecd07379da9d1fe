import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { generate, imagesOf } from "./generate.ts";

/** The images of some requests that leave the seed to the gateway. */
const historyOf = async (settings: EmulatorSettings) => {
  await using emulator = await startEmulator(settings);
  const history = [];
  for (const count of [1, 3, 2]) history.push(imagesOf(await generate(emulator.url, { num_images_per_prompt: count })));
  return history;
};

describe("chance on an emulator", () => {
  it("gives the same ids and seeds for the same seed, whatever the seed", () =>
    fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        assert.deepStrictEqual(await historyOf({ seed }), await historyOf({ seed }));
      }),
      { numRuns: 10 },
    ));

  it("gives other ids and seeds for another seed", async () => {
    const [one, two] = [await historyOf({ seed: 1 }), await historyOf({ seed: 2 })];
    assert.notDeepEqual(one, two);
    assert.notStrictEqual(one[0]?.[0]?.seed, two[0]?.[0]?.seed);
  });

  it("begins at seed 1 when no seed is given", async () => {
    assert.deepStrictEqual(await historyOf({}), await historyOf({ seed: 1 }));
  });

  it("decides the ids, whatever seed a request asks for", async () => {
    await using emulator = await startEmulator();
    const urls = [];
    for (let count = 0; count < 2; count += 1) urls.push(imagesOf(await generate(emulator.url, { seed: 7 }))[0]?.url);
    assert.notStrictEqual(urls[0], urls[1]);
  });

  it("draws seeds that a request may ask for: whole numbers below 2^32", async () => {
    const seeds = (await historyOf({ seed: 4 })).flat().map(({ seed }) => seed);
    for (const seed of seeds) assert.isTrue(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32, String(seed));
  });
});
