import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { generation, serve, small } from "./serve.ts";
import { askAt } from "./startApi.ts";

const urls = /(?<=")(https?:\/)?\/[^"]+(?=")/g;

describe("POST /text-to-image", () => {
  it("answers as the gateway behind it does, to the letter, but with URLs of its own", async () => {
    await using gateway = await startEmulator();
    const request = { ...small, num_images_per_prompt: 2 };
    const direct = await fetch(`${gateway.url}/text-to-image`, {
      method: "POST",
      body: JSON.stringify({ model_id: "SG161222/RealVisXL_V4.0_Lightning", ...request }),
    });
    const said = (await direct.text()).trimEnd();
    // An emulator with the same seed gives the same ids.
    await using service = await serve();
    const { statusCode, headers, body } = await service.app.inject(generation(request));
    assert.strictEqual(statusCode, 200);
    assert.match(String(headers["content-type"]), /^application\/json\b/);
    assert.strictEqual(body.replace(urls, "(url)"), said.replace(urls, "(url)"));
    const found = [...body.matchAll(urls)].map(([url]) => url);
    assert.lengthOf(new Set(found), 2);
    for (const url of found) assert.match(url, /^http:\/\/localhost:80\/media\/[\w-]{22}\.png$/);
  });

  it("leaves it to the gateway to keep its files where the service keeps none, with absolute URLs", async () => {
    await using service = await serve({}, {}, { configuration: { media: { store: "off" } } });
    const { body } = await service.app.inject(generation());
    for (const [url] of body.matchAll(urls)) assert.isTrue(url.startsWith(`${service.emulator.url}/stream/`), url);
    assert.match(body, urls);
  });

  it("takes what Livepeer's own SDK sends for fields that were not given: empty strings", async () => {
    await using service = await serve();
    const { statusCode } = await service.app.inject(generation({ ...small, model_id: "", loras: "" }));
    assert.strictEqual(statusCode, 200);
    const [asked] = service.emulator.journal();
    assert.deepInclude(asked?.body, { model_id: "SG161222/RealVisXL_V4.0_Lightning" });
    assert.notProperty(asked?.body, "loras");
  });

  it("gives URLs that lead to the image", async () => {
    await using service = await serve();
    const base = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const answer = await askAt(base, small);
    const { images } = (await answer.json()) as { readonly images: readonly [{ readonly url: string }] };
    assert.isTrue(images[0].url.startsWith(`${base}/media/`));
    const file = await fetch(images[0].url);
    assert.strictEqual(file.headers.get("content-type"), "image/png");
    assert.strictEqual(
      Buffer.from(await file.arrayBuffer())
        .subarray(1, 4)
        .toString(),
      "PNG",
    );
  });

  it("fills in what gateways disagree about, and sends it", async () => {
    await using service = await serve();
    assert.strictEqual((await service.app.inject(generation({ prompt: "a red fox" }))).statusCode, 200);
    assert.deepStrictEqual(service.emulator.journal()[0]?.body, {
      prompt: "a red fox",
      model_id: "SG161222/RealVisXL_V4.0_Lightning",
      width: 1024,
      height: 1024,
      safety_check: true,
      num_images_per_prompt: 1,
      num_inference_steps: 6,
      guidance_scale: 1.5,
    });
  });

  it("leaves it to the gateway's profile what is filled in, and what is not sent", async () => {
    const model = "acme/own-model";
    await using behind = await startEmulator({ models: { [model]: { state: "warm" } } });
    const profile = {
      name: "acme",
      baseUrl: behind.url,
      defaultModels: { "text-to-image": model },
      unknownFields: { "text-to-image": ["safety_check"] },
    };
    await using service = await serve({}, { gateway: profile });
    assert.strictEqual((await service.app.inject(generation({ prompt: "a red fox" }))).statusCode, 200);
    assert.deepInclude(behind.journal()[0]?.body, { model_id: model });
    assert.notProperty(behind.journal()[0]?.body, "safety_check");
    const refused = await service.app.inject(generation({ prompt: "a red fox", widht: 512, safety_check: true }));
    assert.strictEqual(refused.statusCode, 422);
    const { fix } = JSON.parse(refused.body) as { readonly fix: string };
    assert.strictEqual(fix, "`widht`: Did you mean width?");
  });

  it("takes JSON with a charset, and ignores the caller's key", async () => {
    await using service = await serve();
    const { statusCode } = await service.app.inject({
      ...generation(),
      headers: { "content-type": "application/json; charset=utf-8", authorization: "Bearer the-callers-own" },
    });
    assert.strictEqual(statusCode, 200);
    assert.isFalse(service.emulator.journal()[0]?.authorized);
  });

  it("serves callers side by side", async () => {
    await using service = await serve();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, seed) => service.app.inject(generation({ ...small, seed }))),
    );
    const seeds = answers.map(({ body }) => (JSON.parse(body) as { images: [{ seed: number }] }).images[0].seed);
    assert.deepStrictEqual(
      seeds,
      Array.from({ length: 20 }, (_, seed) => seed),
    );
  });
});
