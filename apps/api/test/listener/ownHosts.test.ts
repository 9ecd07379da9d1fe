import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { hostIn, refuseOtherHosts } from "../../src/listener/ownHosts.ts";
import { head, lastAnswer, listen, problemOf } from "./wire.ts";

const serve = (applies?: () => boolean) =>
  listen({}, (app) => {
    refuseOtherHosts(app, applies);
  });
const from = (host: string, ...headers: ReadonlyArray<string>) =>
  head("GET / HTTP/1.1", `Host: ${host}`, "Connection: close", ...headers);

describe("a service without keys", () => {
  for (const host of [
    "localhost",
    "LocalHost:8080",
    "127.0.0.1",
    "127.0.0.1:8080",
    "127.9.9.9",
    "[::1]",
    "[::1]:8080",
  ]) {
    it(`answers under a name of this machine: ${host}`, async () => {
      await using service = await serve();
      assert.strictEqual((await lastAnswer(service.client(from(host)))).statusCode, 200);
    });
  }

  const foreign = [
    "evil.example",
    "evil.example:8080",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "0.0.0.0",
    "192.0.2.1",
    "[::]",
    "[::2]:8080",
    "[fe80::1]",
    "1:8080",
  ];
  for (const host of foreign) {
    it(`refuses another name before a handler, as after DNS rebinding: ${host}`, async () => {
      await using service = await serve();
      const problem = problemOf(await lastAnswer(service.client(from(host))));
      assert.include(problem, { status: 400, code: "SLUICE-400-HTTP" });
      assert.include(problem.fix, "configure keys");
      assert.notInclude(JSON.stringify(problem), "evil");
      assert.isEmpty(service.seen);
    });
  }

  it("does not believe a header that a page may set", async () => {
    await using service = await serve();
    const answer = await lastAnswer(service.client(from("evil.example", "X-Forwarded-Host: localhost")));
    assert.strictEqual(problemOf(answer).status, 400);
  });

  it("answers under any name from the moment on that it has keys", async () => {
    let hasKeys = false;
    await using service = await serve(() => !hasKeys);
    assert.strictEqual((await lastAnswer(service.client(from("api.example")))).statusCode, 400);
    hasKeys = true;
    assert.strictEqual((await lastAnswer(service.client(from("api.example")))).statusCode, 200);
  });

  it("refuses a request of HTTP/1.0 that names no host", async () => {
    await using service = await serve();
    assert.strictEqual(problemOf(await lastAnswer(service.client(head("GET / HTTP/1.0")))).status, 400);
  });
});

describe("the host in a header", () => {
  it("is the same with any port", () => {
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    );
    fc.assert(
      fc.property(host, fc.integer({ min: 0, max: 65_535 }), (name, port) => {
        assert.strictEqual(hostIn(`${name}:${port}`), name.toLowerCase());
        assert.strictEqual(hostIn(name), name.toLowerCase());
      }),
      { numRuns: 100 },
    );
  });
});
