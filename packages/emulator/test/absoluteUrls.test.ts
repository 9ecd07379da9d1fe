/** Results on an object store: absolute URLs, at another origin than the gateway. */
import { type Emulator, startEmulator, studioKeys } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, headerOf, nothing, statusOf } from "./ask.ts";
import { generate, generation, imagesOf } from "./generate.ts";
import { requestFor } from "./gateway/requests.ts";
import { decodePng } from "./picture/decodePng.ts";

const small = { width: 64, height: 48, seed: 7 };

const urlsOf = async ({ url }: Pick<Emulator, "url">, fields = {}) =>
  imagesOf(await generate(url, { ...small, ...fields })).map((image) => new URL(image.url));

describe("a result on an object store", () => {
  it("is at an absolute URL of another port, as Go writes it, and has the bytes of the gateway's own", async () => {
    await using emulator = await startEmulator({ absoluteUrls: true });
    await using own = await startEmulator();
    const heard = await generate(emulator.url, small);
    assert.match(
      heard.body.toString(),
      /^\{"images":\[\{"nsfw":false,"seed":7,"url":"http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{8}\/[0-9a-f]{8}\.png"\}\]\}\n$/,
    );
    const [url] = imagesOf(heard).map((image) => new URL(image.url));
    assert.isDefined(url);
    assert.notStrictEqual(url.origin, emulator.url);
    const file = await ask(url.origin, { path: url.pathname });
    assert.strictEqual(file.head[0], "HTTP/1.1 200 OK");
    assert.strictEqual(headerOf(file, "content-type"), "image/png");
    const { width, height } = decodePng(file.body);
    assert.deepStrictEqual([width, height], [64, 48]);
    const [path] = imagesOf(await generate(own.url, small));
    assert.isTrue(file.body.equals((await ask(own.url, { path: path?.url ?? "" })).body));
  });

  it("is kept with all others of its request, of which a gateway keeps twelve", async () => {
    await using emulator = await startEmulator({ absoluteUrls: true });
    const urls = await urlsOf(emulator, { num_images_per_prompt: 13 });
    const statuses = await Promise.all(
      urls.map(async ({ origin, pathname }) => statusOf(await ask(origin, { path: pathname }))),
    );
    assert.deepStrictEqual(
      statuses,
      Array.from({ length: 13 }, () => 200),
    );
  });

  it("is in the journal when it is fetched, also with a key that nobody should have sent there", async () => {
    await using emulator = await startEmulator({ absoluteUrls: true });
    const [url] = await urlsOf(emulator);
    assert.isDefined(url);
    await ask(url.origin, { path: url.pathname, headers: { Authorization: "Bearer sk-live-7c1d0e5f" } });
    assert.deepInclude(emulator.journal()[1], { path: url.pathname, authorized: true, status: 200 });
  });

  it("is not there under another name, nor at the gateway", async () => {
    await using emulator = await startEmulator({ absoluteUrls: true });
    const [url] = await urlsOf(emulator);
    assert.isDefined(url);
    for (const path of ["/", "/00000000/00000000.png", `/stream${url.pathname}`, "/healthz"]) {
      const heard = await ask(url.origin, { path });
      assert.strictEqual(heard.head[0], "HTTP/1.1 404 Not Found", path);
      assert.strictEqual(headerOf(heard, "content-type"), "application/xml");
      assert.strictEqual(
        heard.body.toString(),
        '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
      );
    }
    assert.strictEqual(statusOf(await ask(emulator.url, { path: url.pathname })), 404);
  });

  it("is where speech and videos are as well", async () => {
    await using emulator = await startEmulator({ absoluteUrls: true });
    for (const [name, type] of [
      ["text-to-speech", "audio/wav"],
      ["image-to-video", "video/mp4"],
    ] as const) {
      const heard = await ask(emulator.url, requestFor(name));
      const url = new URL(/"(http:[^"]+)"/.exec(heard.body.toString())?.[1] ?? "");
      assert.strictEqual(headerOf(await ask(url.origin, { path: url.pathname }), "content-type"), type);
    }
  });

  it("is what Studio's answers point to", async () => {
    await using emulator = await startEmulator({ absoluteUrls: true, dialect: "studio" });
    const { headers, ...request } = generation(small);
    const path = "/api/beta/generate/text-to-image";
    const Authorization = `Bearer ${studioKeys.backend.text}`;
    const [image] = imagesOf(await ask(emulator.url, { ...request, path, headers: { ...headers, Authorization } }));
    const url = new URL(image?.url ?? "");
    assert.strictEqual(statusOf(await ask(url.origin, { path: url.pathname })), 200);
  });

  it("goes when the emulator is closed", async () => {
    const emulator = await startEmulator({ absoluteUrls: true });
    const [url] = await urlsOf(emulator);
    assert.isDefined(url);
    await emulator.close();
    assert.deepStrictEqual(await ask(url.origin, { path: url.pathname }), nothing);
  });
});
