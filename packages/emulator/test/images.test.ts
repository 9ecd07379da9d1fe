import { startEmulator } from "@sluice/emulator";
import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { ask, headerOf, headersOf, statusOf } from "./ask.ts";
import { generate, imagesOf } from "./generate.ts";

const png = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Width and height from the file's header. */
const sizeOf = (file: Buffer) => {
  assert.deepStrictEqual(file.subarray(0, 8), png);
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
};

const sizeBehind = async (fields: object) => {
  await using emulator = await startEmulator();
  const [image] = imagesOf(await generate(emulator.url, fields));
  const file = await ask(emulator.url, { path: image?.url ?? "" });
  assert.strictEqual(statusOf(file), 200);
  assert.strictEqual(headerOf(file, "content-type"), "image/png");
  assert.isTrue(file.whole);
  return sizeOf(file.body);
};

describe("the answer to text-to-image", () => {
  it("is the bytes that Go writes: keys in order, no spaces, a line feed at the end", async () => {
    await using emulator = await startEmulator();
    const heard = await generate(emulator.url, { seed: 280278971, num_images_per_prompt: 2 });
    assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
    const id = "[0-9a-f]{8}";
    const image = (seed: number, request: string) =>
      `\\{"nsfw":false,"seed":${seed},"url":"/stream/${request}/${id}\\.png"\\}`;
    assert.match(
      heard.body.toString(),
      new RegExp(`^\\{"images":\\[${image(280278971, `(${id})`)},${image(280278972, "\\1")}\\]\\}\n$`),
    );
  });

  it("has the headers that Go sends, and no other: no CORS, no request id, no Retry-After, no Keep-Alive", async () => {
    await using emulator = await startEmulator();
    const heard = await generate(emulator.url);
    assert.strictEqual(headerOf(heard, "content-type"), "application/json");
    assert.strictEqual(headerOf(heard, "content-length"), String(heard.body.length));
    assert.match(headerOf(heard, "date") ?? "", / GMT$/);
    assert.deepStrictEqual(headersOf(heard), ["content-length", "content-type", "date"]);
  });

  it("ignores the key, and fields that it does not know", async () => {
    await using emulator = await startEmulator();
    assert.strictEqual(statusOf(await generate(emulator.url, { steps: 3, prompt: "a fox", width: null })), 200);
  });

  it("counts seeds up from the one asked for, image by image", () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 0xffff_ff00 }),
        fc.integer({ min: 1, max: 12 }),
        async (seed, count) => {
          await using emulator = await startEmulator();
          const images = imagesOf(await generate(emulator.url, { seed, num_images_per_prompt: count }));
          assert.deepStrictEqual(
            images.map((image) => image.seed),
            Array.from({ length: count }, (_, index) => seed + index),
          );
          assert.lengthOf(new Set(images.map(({ url }) => url)), count);
        },
      ),
      { numRuns: 20 },
    ));

  it("counts on beyond 2^32, as Go's int does", async () => {
    await using emulator = await startEmulator();
    const images = imagesOf(await generate(emulator.url, { seed: 0xffff_ffff, num_images_per_prompt: 2 }));
    assert.deepStrictEqual(
      images.map(({ seed }) => seed),
      [0xffff_ffff, 0x1_0000_0000],
    );
  });

  it("has at least one image, however few were asked for", async () => {
    await using emulator = await startEmulator();
    for (const count of [0, -3]) {
      assert.lengthOf(imagesOf(await generate(emulator.url, { num_images_per_prompt: count })), 1);
    }
  });
});

describe("the file behind an image's URL", () => {
  it("is a PNG of the size that was asked for", async () => {
    assert.deepStrictEqual(await sizeBehind({ width: 1024, height: 576 }), [1024, 576]);
    assert.deepStrictEqual(await sizeBehind({ width: 64, height: 128 }), [64, 128]);
  });

  it("is 512 pixels wide and high where the request does not say", async () => {
    assert.deepStrictEqual(await sizeBehind({}), [512, 512]);
    assert.deepStrictEqual(await sizeBehind({ width: 256 }), [256, 512]);
    assert.deepStrictEqual(await sizeBehind({ width: null, height: 64 }), [512, 64]);
  });

  it("is the same each time it is fetched, and another for another seed", async () => {
    await using emulator = await startEmulator();
    const [first, second] = imagesOf(
      await generate(emulator.url, { seed: 7, num_images_per_prompt: 2, width: 64, height: 64 }),
    );
    const fetch = async (path = "") => (await ask(emulator.url, { path })).body;
    assert.deepStrictEqual(await fetch(first?.url), await fetch(first?.url));
    assert.notDeepEqual(await fetch(first?.url), await fetch(second?.url));
  });

  it("is kept for the last 12 images of a request, whatever other requests make", async () => {
    await using emulator = await startEmulator();
    const make = async (count: number) =>
      imagesOf(await generate(emulator.url, { num_images_per_prompt: count, width: 64, height: 64 }));
    const [many, few] = [await make(15), await make(12)];
    const statuses = (images: typeof many) =>
      Promise.all(images.map(async ({ url }) => statusOf(await ask(emulator.url, { path: url }))));
    assert.deepStrictEqual(await statuses(many), [404, 404, 404, ...Array.from({ length: 12 }, () => 200)]);
    assert.deepStrictEqual(
      await statuses(few),
      Array.from({ length: 12 }, () => 200),
    );
  });
});
