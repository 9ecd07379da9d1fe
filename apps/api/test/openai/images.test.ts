import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { readSize } from "../../src/openai/size.ts";
import { failureIn, formOf, picture, type Scene, sendForm, serveOpenai } from "./serveOpenai.ts";

const url = "/v1/images/generations";
const images = [{ url: "https://files.test/1.png", seed: 7, nsfw: false }, { url: "https://files.test/2.png" }];

const generate = async (fields: object, scene: Scene = { result: { images } }) => {
  const { post, recorded } = serveOpenai(scene);
  const answer = await post(url, { prompt: "a red fox", ...fields });
  return { answer, recorded };
};

describe("POST /v1/images/generations", () => {
  it("sends a gateway's fields for OpenAI's, and nothing that was not given", async () => {
    const { recorded } = await generate({ model: "acme/painter", n: 2, size: "512x768", style: null, user: "me" });
    const input = { prompt: "a red fox", model_id: "acme/painter", num_images_per_prompt: 2, width: 512, height: 768 };
    assert.deepStrictEqual(recorded, [{ pipeline: "text-to-image", input }]);
    const { recorded: least } = await generate({ size: "auto", n: null });
    assert.deepStrictEqual(least[0]?.input, { prompt: "a red fox" });
  });

  it("sends Livepeer's own fields on", async () => {
    const own = { negative_prompt: "blur", guidance_scale: 2, num_inference_steps: 6, seed: 7, safety_check: false };
    const { recorded } = await generate({ ...own, loras: "" });
    assert.deepStrictEqual(recorded[0]?.input, { prompt: "a red fox", ...own });
  });

  it("answers with URLs, and what OpenAI has no field for", async () => {
    const { answer } = await generate({});
    assert.deepStrictEqual(answer.json(), {
      created: 1_700_000_000,
      data: images.map((image) => ({ url: image.url })),
      sluice: { model: "acme/answering", cost_usd: "0.0015", seeds: [7, null], nsfw: [false, null] },
    });
  });

  it("answers with the images themselves when asked to", async () => {
    const bytes = new Uint8Array([250, 251, 252, 0]);
    const { answer } = await generate({ response_format: "b64_json" }, { result: { images }, bytes });
    const b64_json = Buffer.from(bytes).toString("base64");
    assert.deepInclude(answer.json<object>(), { data: [{ b64_json }, { b64_json }] });
  });

  it("takes OpenAI's fields that ask for what happens anyway, and hints", async () => {
    const neutral = { background: "opaque", output_format: "png", stream: false, partial_images: 0, quality: "high" };
    const { answer } = await generate({ ...neutral, style: "vivid", moderation: "low", output_compression: null });
    assert.strictEqual(answer.statusCode, 200);
  });

  const refusals: ReadonlyArray<readonly [param: string, fields: object, why: RegExp]> = [
    ["stream", { stream: true }, /images do not come in parts/],
    ["partial_images", { partial_images: 2 }, /images do not come in parts/],
    ["background", { background: "transparent" }, /"auto" or "opaque"/],
    ["output_format", { output_format: "jpeg" }, /the gateways draw PNG/],
    ["output_compression", { output_compression: 80 }, /must be absent/],
    ["n", { n: 11 }, /at most 10/],
    ["size", { size: "1000x1001" }, /multiples of 8/],
    ["prompt", { prompt: " " }, /must not be empty/],
    ["sise", { sise: "64x64" }, /Did you mean size\?/],
    ["width", { width: 64 }, /is not a known field/],
    ["guidance_scale", { guidance_scale: "2" }, /Give a number/],
  ];
  for (const [param, fields, why] of refusals) {
    it(`refuses ${JSON.stringify(fields)} by the field's name, before any call`, async () => {
      const { answer, recorded } = await generate(fields);
      assert.strictEqual(answer.statusCode, 400);
      const failure = failureIn(answer);
      assert.include(failure, { type: "invalid_request_error", param, code: "SLUICE-422-INVALID-REQUEST" });
      assert.match(failure.message, why);
      assert.isEmpty(recorded);
    });
  }

  for (const payload of [[], ["a"]] as const) {
    it(`refuses a body that is no object: ${JSON.stringify(payload)}`, async () => {
      const answer = await serveOpenai().post(url, payload);
      assert.strictEqual(answer.statusCode, 400);
      assert.include(failureIn(answer), { param: null });
    });
  }
});

describe("a size", () => {
  it("is read when it is two multiples of 8 from 64 to 4096, and else refused", () => {
    const side = fc.oneof(
      fc.nat(5_000),
      fc.nat(600).map((eighth) => eighth * 8),
    );
    fc.assert(
      fc.property(side, side, (width, height) => {
        const isDrawn = [width, height].every((one) => one >= 64 && one <= 4096 && one % 8 === 0);
        assert.deepStrictEqual(readSize(`${width}x${height}`), isDrawn ? { width, height } : undefined);
      }),
      { numRuns: 100 },
    );
  });

  it("is refused in any other writing", () => {
    for (const text of [
      "",
      "512",
      "512X512",
      "0512x512",
      "512x512 ",
      "+512x512",
      "5.12e2x512",
      "512x512x3",
      "64x64\n",
    ]) {
      assert.isUndefined(readSize(text), text);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const size = readSize(text);
        assert.isTrue(size === undefined || text === `${size.width}x${size.height}`);
      }),
      { numRuns: 100 },
    );
  });
});

describe("POST /v1/images/edits", () => {
  const edit = async (...form: Parameters<typeof formOf>) => {
    const { app, recorded } = serveOpenai({ result: { images }, form: formOf(...form) });
    return { answer: await sendForm(app, "/v1/images/edits"), recorded };
  };

  it("sends the one image, with numbers and booleans as such, and texts as they are", async () => {
    const texts = { prompt: "12", n: "2", strength: "0.5", safety_check: "false", size: "auto" };
    const { answer, recorded } = await edit(texts, { "image[]": picture });
    assert.strictEqual(answer.statusCode, 200, answer.body);
    const input = { prompt: "12", num_images_per_prompt: 2, strength: 0.5, safety_check: false, image: picture };
    assert.deepStrictEqual(recorded, [{ pipeline: "image-to-image", input }]);
  });

  const refusals: ReadonlyArray<readonly [string, Parameters<typeof formOf>, string]> = [
    ["two images", [{ prompt: "a" }, { "image[]": [picture, picture] }], "image"],
    ["images under both names", [{ prompt: "a" }, { image: picture, "image[]": picture }], "image"],
    ["no image", [{ prompt: "a" }], "image"],
    ["a text for an image", [{ prompt: "a", image: "fox.png" }], "image"],
    ["a mask", [{ prompt: "a" }, { image: picture, mask: picture }], "mask"],
    ["a size", [{ prompt: "a", size: "512x512" }, { image: picture }], "size"],
    ["a prompt that comes twice", [{ prompt: ["a", "b"] }, { image: picture }], "prompt"],
    ["a number that is none", [{ prompt: "a", n: "two" }, { image: picture }], "n"],
    ["a file in an unknown field", [{ prompt: "a" }, { image: picture, picture }], "picture"],
  ];
  for (const [what, form, param] of refusals) {
    it(`refuses ${what}`, async () => {
      const { answer, recorded } = await edit(...form);
      assert.strictEqual(answer.statusCode, 400);
      assert.include(failureIn(answer), { param });
      assert.isEmpty(recorded);
    });
  }
});
