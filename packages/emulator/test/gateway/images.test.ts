/** The pipelines that take an image: what they make of one that they can read, and of one that they cannot. */
import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, headerOf, nothing, statusOf } from "../ask.ts";
import { gif, jpeg, png, webp } from "./files.ts";
import { answerOf, askFor, type BatchName, type Fields, refusedWith, requestFor } from "./requests.ts";

interface Images {
  readonly images: ReadonlyArray<{ readonly nsfw: boolean; readonly seed: number; readonly url: string }>;
}

/** What is made, and the first file of it. */
const makeWith = async (name: BatchName, fields: Fields, image: Uint8Array) => {
  await using emulator = await startEmulator();
  const heard = await ask(emulator.url, requestFor(name, fields, image));
  const { images } = answerOf<Images>(heard);
  const file = await ask(emulator.url, { path: images[0]?.url ?? "" });
  assert.strictEqual(statusOf(file), 200);
  return { heard, images, file, units: emulator.journal()[0]?.units };
};

const sizeOf = (file: Buffer) => [file.readUInt32BE(16), file.readUInt32BE(20)];

const unreadable: ReadonlyArray<readonly [what: string, file: Uint8Array | null]> = [
  ["a WebP", webp],
  ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["a PNG of no width", png(0, 8)],
  ["a PNG that was cut short", png(8, 8).subarray(0, 20)],
  ["a JPEG without a frame", Buffer.from("ffd8ffd9", "hex")],
  ["nothing", new Uint8Array()],
  ["no file", null],
];

describe("an image that cannot be read", () => {
  for (const [what, file] of unreadable) {
    it(`closes the socket where images and videos are made: ${what}`, async () => {
      for (const name of ["image-to-image", "image-to-video", "upscale"] as const) {
        for (const panicOnNoOrchestrator of [true, false]) {
          const { heard, units } = await askFor(name, {}, file, { panicOnNoOrchestrator });
          assert.deepStrictEqual([heard, units], [nothing, undefined], name);
        }
      }
    });

    it(`is null where images are described: ${what}`, async () => {
      for (const name of ["segment-anything-2", "image-to-text"] as const) {
        const { heard, said } = await askFor(name, {}, file);
        assert.deepStrictEqual([statusOf(heard), said], [200, "null\n"], name);
        assert.strictEqual(headerOf(heard, "content-type"), "application/json");
      }
    });
  }
});

describe("image-to-image", () => {
  it("answers as Go does, with pictures of the size of the image", async () => {
    const { heard, file } = await makeWith("image-to-image", { seed: 41, num_images_per_prompt: 2 }, jpeg(40, 24));
    const id = "[0-9a-f]{8}";
    assert.match(
      heard.body.toString(),
      new RegExp(
        `^\\{"images":\\[\\{"nsfw":false,"seed":41,"url":"/stream/(${id})/${id}\\.png"\\},\\{"nsfw":false,"seed":42,"url":"/stream/\\1/${id}\\.png"\\}\\]\\}\n$`,
      ),
    );
    assert.deepStrictEqual(sizeOf(file.body), [40, 24]);
    assert.strictEqual(headerOf(file, "content-type"), "image/png");
  });

  it("meters the pixels of the image for each picture", async () => {
    assert.strictEqual((await askFor("image-to-image", { num_images_per_prompt: 2 }, png(768, 768))).units, 1_179_648);
    assert.strictEqual((await askFor("image-to-image", { num_images_per_prompt: 0 }, gif(10, 20))).units, 200);
  });

  it("closes the socket without a prompt: the runner's 422 is nothing that a gateway knows", async () => {
    for (const prompt of ["", undefined]) {
      for (const name of ["image-to-image", "upscale"] as const) {
        assert.deepStrictEqual((await askFor(name, { prompt })).heard, nothing);
      }
    }
  });
});

describe("upscale", () => {
  it("makes one picture four times as wide and high, and meters the pixels that it was given", async () => {
    const { images, file, units } = await makeWith("upscale", { seed: 7 }, png(24, 16));
    assert.deepStrictEqual([images.length, images[0]?.seed], [1, 7]);
    assert.deepStrictEqual(sizeOf(file.body), [96, 64]);
    assert.strictEqual(units, 384);
  });

  it("takes a seed of 0 for none", async () => {
    const { images } = await makeWith("upscale", { seed: 0 }, png(8, 8));
    assert.isAbove(images[0]?.seed ?? 0, 0);
  });
});

describe("image-to-video", () => {
  it("answers with one MP4", async () => {
    const { heard, file } = await makeWith("image-to-video", { seed: 5, width: 64, height: 48 }, png(8, 8));
    assert.match(
      heard.body.toString(),
      /^\{"images":\[\{"nsfw":false,"seed":5,"url":"\/stream\/[0-9a-f]{8}\/[0-9a-f]{8}\.mp4"\}\]\}\n$/,
    );
    assert.strictEqual(headerOf(file, "content-type"), "video/mp4");
    assert.strictEqual(file.body.toString("latin1", 4, 8), "ftyp");
  });

  it("meters 25 frames of its size, which is 1024x576 where the request does not say", async () => {
    assert.strictEqual((await askFor("image-to-video")).units, 14_745_600);
    assert.strictEqual((await askFor("image-to-video", { width: 64, height: 64, fps: 25 })).units, 102_400);
  });

  for (const [fields, height, width] of [
    [{ width: 1001 }, 576, 1001],
    [{ height: 700 }, 700, 1024],
    [{ width: 0 }, 576, 0],
  ] as const) {
    it(`refuses a size that is not a multiple of 8: ${JSON.stringify(fields)}`, async () => {
      const message = `: \`height\` and \`width\` have to be divisible by 8 but are ${height} and ${width}.`;
      refusedWith((await askFor("image-to-video", fields)).heard, message);
    });
  }
});

describe("image-to-text", () => {
  it("answers with a text, which goes on from the prompt", async () => {
    assert.match((await askFor("image-to-text")).said, /^\{"text":"a [a-z ]+"\}\n$|^\{"text":"snow [a-z ]+"\}\n$/);
    assert.match((await askFor("image-to-text", { prompt: "a photo of" })).said, /^\{"text":"a photo of [a-z ]+"\}\n$/);
  });

  it("meters the pixels of the image", async () => {
    assert.strictEqual((await askFor("image-to-text", {}, gif(100, 30, "GIF87a"))).units, 3_000);
  });

  it("is null for more than 50 MiB, and takes exactly that", async () => {
    const sized = (bytes: number) => Buffer.concat([png(8, 8), Buffer.alloc(bytes - 33)]);
    const [fits, tooLarge] = [
      await askFor("image-to-text", {}, sized(52_428_800)),
      await askFor("image-to-text", {}, sized(52_428_801)),
    ];
    assert.strictEqual(fits.units, 64);
    assert.deepStrictEqual([statusOf(tooLarge.heard), tooLarge.said, tooLarge.units], [200, "null\n", undefined]);
  });
});

describe("LoRAs that the runner cannot load", () => {
  const table: ReadonlyArray<readonly [loras: string, message: string]> = [
    ["latent-consistency/lcm", "Unable to parse 'latent-consistency/lcm' as JSON.."],
    ['{"a/b": "strong"}', "All strengths must be numbers greater than or equal to 0.0.."],
    ['{"a/b": -0.1}', "All strengths must be numbers greater than or equal to 0.0.."],
    ['{"a/b": null}', "All strengths must be numbers greater than or equal to 0.0.."],
    ['{"a":1,"b":1,"c":1,"d":1,"e":1}', "Too many LoRas provided. Maximum is 4.."],
  ];
  for (const [loras, message] of table) {
    it(`${loras}: ${message}`, async () => {
      for (const name of ["text-to-image", "image-to-image"] as const) {
        refusedWith((await askFor(name, { loras })).heard, `: ${message}`);
      }
    });
  }

  it("are a closed socket when they are no object, or a bottomless one", async () => {
    for (const loras of ["[1]", "null", "0.5", '{"a":'.repeat(10_000)]) {
      assert.deepStrictEqual((await askFor("image-to-image", { loras })).heard, nothing);
    }
  });

  it("are not the ones that it can", async () => {
    for (const loras of ["", "{}", '{"a/b": 1.2, "c/d": "0.5", "e/f": 0, "g/h": true}']) {
      assert.strictEqual(statusOf((await askFor("image-to-image", { loras })).heard), 200, loras);
    }
  });
});
