import Fastify, { type FastifyInstance } from "fastify";
import { rmSync } from "node:fs";
import { afterEach, assert, describe, it } from "vitest";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { Refusal, refusals } from "../../src/http/Refusal.ts";
import { mediaRoute } from "../../src/media/mediaRoute.ts";
import { image, makeShelf, megabyte, png, type Shelf } from "./shelf.ts";

const closing: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A service with one file. */
const serving = async (store: "memory" | "disk", bytes: Uint8Array) => {
  const made: Shelf = makeShelf({ store, seconds: 100 }, () => bytes);
  const app: FastifyInstance = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, _, reply) =>
    error instanceof Refusal ? reply.code(error.kind.status).send({ code: error.kind.code }) : reply.send(error),
  );
  await app.register(mediaRoute(made.shelf));
  closing.push(() => app.close(), made.shelf.close.bind(made.shelf));
  const id = made.shelf.keep("https://gateway.example/fox.png");
  const url = `/media/${id}`;
  const ask = (headers: Readonly<Record<string, string>> = {}, method: "GET" | "HEAD" = "GET") =>
    app.inject({ method, url, headers });
  return { ...made, app, id, ask };
};

describe.each(["memory", "disk"] as const)("a file in %s", (store) => {
  it("comes with what it is, how long it holds, and nothing that a browser would run", async () => {
    const { ask, id, passSeconds } = await serving(store, png);
    await ask();
    passSeconds(30);
    const { statusCode, headers, rawPayload } = await ask();
    assert.strictEqual(statusCode, 200);
    assert.include(headers, {
      "content-type": "image/png",
      "content-length": "12",
      "content-disposition": "inline",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=70",
      "accept-ranges": "bytes",
      "cross-origin-resource-policy": "cross-origin",
      etag: `"${id}"`,
    });
    assert.isTrue(rawPayload.equals(png));
  });

  it.each(["<!doctype html><script>alert(1)</script>", '<svg onload="alert(1)">'])(
    "that says %s is saved, not shown",
    async (text) => {
      const { headers } = await (await serving(store, Buffer.from(text))).ask();
      assert.include(headers, { "content-type": "application/octet-stream", "content-disposition": "attachment" });
    },
  );

  it("comes whole when it is large", async () => {
    const bytes = image(3 * megabyte).fill(7, 12);
    const { rawPayload } = await (await serving(store, bytes)).ask();
    assert.isTrue(rawPayload.equals(bytes));
  });

  it.each([
    ["bytes=2-5", 2, 5],
    ["bytes=10-", 10, 11],
    ["bytes=-4", 8, 11],
    ["bytes=0-99", 0, 11],
  ])("comes in part, by %s", async (range, start, end) => {
    const { ask } = await serving(store, png);
    const { statusCode, headers, rawPayload } = await ask({ range });
    assert.strictEqual(statusCode, 206);
    assert.include(headers, { "content-range": `bytes ${start}-${end}/12`, "content-length": String(end - start + 1) });
    assert.isTrue(rawPayload.equals(png.subarray(start, end + 1)));
  });

  it("has no part behind its end", async () => {
    const { ask } = await serving(store, png);
    const { statusCode, headers, body } = await ask({ range: "bytes=12-" });
    assert.strictEqual(statusCode, 416);
    assert.strictEqual(headers["content-range"], "bytes */12");
    assert.strictEqual(body, "");
  });

  it("comes in part only to who has the rest of the same", async () => {
    const { ask, id } = await serving(store, png);
    const range = "bytes=0-1";
    assert.strictEqual((await ask({ range, "if-range": `"${id}"` })).statusCode, 206);
    assert.strictEqual((await ask({ range, "if-range": '"other"' })).statusCode, 200);
  });

  it("is not sent to who has it", async () => {
    const { ask, id } = await serving(store, png);
    for (const tag of [`"${id}"`, `W/"${id}"`, `"a", "${id}"`, "*"]) {
      const { statusCode, headers, body } = await ask({ "if-none-match": tag });
      assert.strictEqual(statusCode, 304);
      assert.strictEqual(headers.etag, `"${id}"`);
      assert.strictEqual(body, "");
    }
    assert.strictEqual((await ask({ "if-none-match": '"other"' })).statusCode, 200);
  });

  it("is told of by HEAD as by GET, without its bytes", async () => {
    const { ask } = await serving(store, png);
    const [get, head] = [await ask(), await ask({ range: "bytes=0-1" }, "HEAD")];
    const { date: _, ...told } = get.headers;
    assert.strictEqual(head.statusCode, 200);
    assert.include(head.headers, told);
    assert.strictEqual(head.body, "");
  });

  it("of no bytes comes as such, and has no parts", async () => {
    const { ask } = await serving(store, new Uint8Array());
    const { statusCode, headers, body } = await ask();
    assert.deepStrictEqual([statusCode, headers["content-length"], body], [200, "0", ""]);
    assert.strictEqual((await ask({ range: "bytes=0-" })).statusCode, 416);
  });

  it("is refused when it is gone, or never was", async () => {
    const { app, ask, passSeconds } = await serving(store, png);
    for (const path of ["/media/none", "/media/..%2fetc%2fpasswd", "/media/constructor"]) {
      const { statusCode, body } = await app.inject({ url: path });
      assert.strictEqual(statusCode, 404);
      assert.include(body, refusals.gone.code);
    }
    passSeconds(100);
    assert.strictEqual((await ask()).statusCode, 404);
  });
});

describe("a file on disk", () => {
  it("that somebody has removed is refused, before anything else is told", async () => {
    const { shelf, id, ask } = await serving("disk", png);
    const file = await shelf.open(id);
    rmSync("path" in file ? file.path : assert.fail("it is not on disk"));
    const { statusCode, headers } = await ask();
    assert.strictEqual(statusCode, 404);
    for (const name of ["etag", "cache-control", "content-disposition"]) assert.notProperty(headers, name);
  });
});
