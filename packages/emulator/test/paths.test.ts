import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, headerOf, headersOf, statusOf } from "./ask.ts";
import { generate, generation, imagesOf } from "./generate.ts";

const notFound = async (method: string, path: string) => {
  await using emulator = await startEmulator();
  const heard = await ask(emulator.url, { method, path });
  assert.strictEqual(heard.head[0], "HTTP/1.1 404 Not Found");
  assert.strictEqual(heard.body.toString(), method === "HEAD" ? "" : "404 page not found\n");
  assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
  assert.strictEqual(headerOf(heard, "x-content-type-options"), "nosniff");
  assert.strictEqual(headerOf(heard, "content-length"), "19");
};

describe("a gateway's health", () => {
  for (const method of ["GET", "HEAD", "POST"]) {
    it(`is 200 and empty at /healthz, for ${method} too`, async () => {
      await using emulator = await startEmulator();
      const heard = await ask(emulator.url, { method, path: "/healthz" });
      assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
      assert.isEmpty(heard.body);
      assert.isUndefined(headerOf(heard, "content-type"));
    });
  }

  it("is not at /health, whatever the docs say", () => notFound("GET", "/health"));
});

describe("the paths of a gateway", () => {
  // Go's mux knows neither a trailing slash nor another case; the runner's own routes are not a gateway's.
  for (const path of [
    "/",
    "/text-to-image/",
    "/text-to-image/x",
    "/Text-To-Image",
    "/healthz/",
    "/version",
    "/hardware/info",
    "/live-video-to-video",
    "/api/beta/generate/text-to-image",
  ]) {
    it(`do not include ${path}`, () => notFound("GET", path));
  }

  it("are as exact for a POST, and for a HEAD without its body", async () => {
    await notFound("POST", "/text-to-image/");
    await notFound("HEAD", "/health");
  });

  it("take a query, and ignore it", async () => {
    await using emulator = await startEmulator();
    assert.strictEqual(statusOf(await ask(emulator.url, { ...generation(), path: "/text-to-image?model=x" })), 200);
    assert.strictEqual(statusOf(await ask(emulator.url, { path: "/healthz?verbose" })), 200);
  });
});

describe("a batch path asked with anything but POST", () => {
  // The OpenAPI middleware refuses the method, and its error handler only writes a log line.
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"]) {
    it(`is 200 and empty for ${method}, and allows no origin`, async () => {
      await using emulator = await startEmulator();
      const heard = await ask(emulator.url, { method, path: "/text-to-image", headers: { Origin: "http://a.test" } });
      assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
      assert.isEmpty(heard.body);
      assert.deepStrictEqual(
        headersOf(heard).filter((name) => name === "content-type" || name.startsWith("access-control-")),
        [],
      );
    });
  }
});

describe("a result's path", () => {
  for (const path of ["/stream/00000000/00000000.png", "/stream/", "/stream/00000000", "/stream/%2e%2e/%2e%2e.png"]) {
    it(`that nothing is kept at is 404: ${path}`, () => notFound("GET", path));
  }

  it("must be the whole path, to the letter", async () => {
    await using emulator = await startEmulator();
    const [image] = imagesOf(await generate(emulator.url, { width: 64, height: 64 }));
    const url = image?.url ?? "";
    assert.strictEqual(statusOf(await ask(emulator.url, { path: url })), 200);
    for (const other of [`${url}/`, url.replace(".png", ".jpg"), url.replace("/stream", ""), `/stream/0/${url}`]) {
      assert.strictEqual(statusOf(await ask(emulator.url, { path: other })), 404, other);
    }
  });
});
