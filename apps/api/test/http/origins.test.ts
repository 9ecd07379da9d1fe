import { assert, describe, it } from "vitest";
import { formOf, requests } from "../native/requests.ts";
import { problemOf } from "../problems.ts";
import { aKey, generation, serve } from "../serve.ts";

const page = "https://app.example";
const web = aKey({ origins: [page] });
const server = aKey({ name: "server" });

const withKeys = () => serve({}, {}, { configuration: { keys: [web.entry, server.entry] } });

const preflight = (origin: string) =>
  ({
    method: "OPTIONS",
    url: "/text-to-image",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,x-request-id,x-sluice-max-cost,x-stainless-os",
    },
  }) as const;

describe("a page of an origin that a key allows", () => {
  it("is told in its preflight what it may send", async () => {
    await using service = await withKeys();
    const { statusCode, headers } = await service.app.inject(preflight(page));
    assert.strictEqual(statusCode, 204);
    assert.strictEqual(headers["access-control-allow-origin"], page);
    assert.include(headers["access-control-allow-methods"], "POST");
    for (const name of ["authorization", "content-type", "x-sluice-max-cost", "x-request-id", "x-stainless-os"]) {
      assert.include(headers["access-control-allow-headers"], name);
    }
    assert.include(headers.vary, "Origin");
    assert.notProperty(headers, "access-control-allow-credentials");
  });

  it("is served with that key, and may read what the service tells in headers", async () => {
    await using service = await withKeys();
    const headers = { ...web.headers, origin: page };
    const answer = await service.app.inject({ ...generation(), headers });
    assert.strictEqual(answer.statusCode, 200);
    assert.strictEqual(answer.headers["access-control-allow-origin"], page);
    const exposed = String(answer.headers["access-control-expose-headers"]);
    for (const name of [
      "x-request-id",
      "x-sluice-cost",
      "server-timing",
      "ratelimit",
      "retry-after",
      "x-should-retry",
    ]) {
      assert.include(exposed, name);
    }
  });

  it("may read why it is refused", async () => {
    await using service = await withKeys();
    const answer = await service.app.inject({ ...generation(), headers: { origin: page } });
    assert.strictEqual(problemOf(answer).status, 401);
    assert.strictEqual(answer.headers["access-control-allow-origin"], page);
  });

  it("is refused with a key that does not allow it", async () => {
    await using service = await withKeys();
    const answer = await service.app.inject({ ...generation(), headers: { ...server.headers, origin: page } });
    assert.include(problemOf(answer), { status: 403, code: "SLUICE-403-CALLER-KEY" });
    assert.isEmpty(service.emulator.journal());
  });
});

const strangers = [
  "https://evil.example",
  "http://app.example",
  "https://app.example:8443",
  "https://app.example.evil.example",
  "https://sub.app.example",
  "null",
];

describe("a page of any other origin", () => {
  it.each(strangers)("such as %s gets no permission in its preflight, and is refused when it asks", async (origin) => {
    await using service = await withKeys();
    const before = await service.app.inject(preflight(origin));
    assert.notProperty(before.headers, "access-control-allow-origin");
    const answer = await service.app.inject({ ...generation(), headers: { ...web.headers, origin } });
    assert.strictEqual(problemOf(answer).status, 403);
    assert.notProperty(answer.headers, "access-control-allow-origin");
    assert.isEmpty(service.emulator.journal());
  });

  it("cannot spend the keyless service on its visitor's machine: not with JSON, nor with a form, which asks nobody first", async () => {
    await using service = await serve();
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const headers = { origin: "https://evil.example" };
    const sent = [
      fetch(`${url}/image-to-image`, { method: "POST", body: formOf(requests["image-to-image"]), headers }),
      fetch(`${url}/sluice/v1/config`, { headers }),
      fetch(`${url}/sluice/v1/requests`, { headers }),
    ];
    for (const { status } of await Promise.all(sent)) assert.strictEqual(status, 403);
    assert.isEmpty(service.emulator.journal());
  });
});

describe("a page of the service's own", () => {
  it("is served: browsers send its origin too", async () => {
    await using service = await serve();
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const answer = await fetch(`${url}/image-to-image`, {
      method: "POST",
      body: formOf(requests["image-to-image"]),
      headers: { origin: url },
    });
    assert.strictEqual(answer.status, 200);
    assert.isNull(answer.headers.get("access-control-allow-origin"));
  });

  it("is another's when it is on another port", async () => {
    await using service = await serve();
    const headers = { host: "localhost:8080", origin: "http://localhost:3000" };
    assert.strictEqual((await service.app.inject({ ...generation(), headers })).statusCode, 403);
    const own = { host: "localhost:8080", origin: "http://localhost:8080" };
    assert.strictEqual((await service.app.inject({ ...generation(), headers: own })).statusCode, 200);
  });
});
