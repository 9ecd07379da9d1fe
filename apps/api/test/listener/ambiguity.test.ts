import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { ambiguityIn } from "../../src/listener/ambiguityIn.ts";
import { get, head, lastAnswer, listen, post, problemOf } from "./wire.ts";

describe("a request with more than one meaning", () => {
  const table: ReadonlyArray<readonly [what: string, request: string]> = [
    ["two hosts", head("GET / HTTP/1.1", "Host: localhost", "Host: evil.example")],
    ["the same host twice", head("GET / HTTP/1.1", "Host: localhost", "hOST: localhost")],
    ["no host", head("GET / HTTP/1.1")],
    ["a host that is none", head("GET / HTTP/1.1", "Host: a/b@c")],
    ["an empty host", head("GET / HTTP/1.1", "Host:")],
    ["two keys", get("/", "Authorization: Bearer a", "authorization: Bearer b")],
    ["two types", post("/", "{}", "Content-Type: application/json", "Content-Type: text/plain")],
    ["a whole URL", head("GET http://evil/ HTTP/1.1", "Host: localhost")],
    ["a whole URL to this service", head("GET http://localhost/ HTTP/1.1", "Host: localhost")],
    ["the server as a whole", head("OPTIONS * HTTP/1.1", "Host: localhost")],
    ["a tunnel", head("CONNECT evil.example:443 HTTP/1.1", "Host: evil.example:443")],
    ["a tunnel to a path", head("CONNECT /livez HTTP/1.1", "Host: localhost")],
    ["a WebSocket", get("/", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")],
    ["HTTP/2 by upgrade", get("/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk")],
    ["an upgrade without Connection", get("/", "Upgrade: h2c")],
    ["the settings of HTTP/2 alone", get("/", "HTTP2-Settings: AAMAAABk")],
    ["HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a later HTTP", head("GET / HTTP/2.0", "Host: localhost")],
    ["chunks in HTTP/1.0", `${head("POST / HTTP/1.0", "Host: localhost", "Transfer-Encoding: chunked")}0\r\n\r\n`],
    ["a compressed transfer", `${head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: gzip, chunked")}0\r\n\r\n`],
    ["chunks twice", head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked")],
    ["an unknown expectation", post("/", "{}", "Expect: 200-ok")],
    ["two expectations", post("/", "{}", "Expect: 100-continue, x")],
  ];
  for (const [what, request] of table) {
    it(`is refused before anything looks at it, and its connection is closed: ${what}`, async () => {
      const told: Array<string> = [];
      await using service = await listen({ onRefusal: ({ kind }) => told.push(kind.code) });
      const answer = await lastAnswer(service.client(request));
      assert.include(problemOf(answer), { status: 400, code: "SLUICE-400-HTTP", mayHaveRun: false });
      assert.strictEqual(answer.headers["connection"], "close");
      assert.isEmpty(service.seen);
      assert.deepStrictEqual(told, ["SLUICE-400-HTTP"]);
    });
  }

  it("takes what follows it on the connection down with it", async () => {
    await using service = await listen();
    const client = service.client(get("/first", "Upgrade: h2c") + get("/smuggled"));
    assert.strictEqual(problemOf(await lastAnswer(client)).status, 400);
    assert.isEmpty(service.seen);
  });

  it("does not cut off the call before it", async () => {
    await using service = await listen();
    const client = service.client(get("/before") + get("/ambiguous", "Upgrade: h2c"));
    const text = await client.closed;
    assert.match(text, /^HTTP\/1\.1 200 [^]*HTTP\/1\.1 400 /);
    assert.deepStrictEqual(service.seen, ["/before"]);
  });
});

describe("what Node's parser does not take", () => {
  const table: ReadonlyArray<readonly [what: string, request: string, status: number]> = [
    ["no HTTP", "hello\r\n\r\n", 400],
    ["TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000", 400],
    ["both lengths", head("POST / HTTP/1.1", "Host: x", "Content-Length: 2", "Transfer-Encoding: chunked"), 400],
    ["two lengths", head("POST / HTTP/1.1", "Host: x", "Content-Length: 2", "Content-Length: 2"), 400],
    ["a line feed alone", "GET / HTTP/1.1\nHost: x\n\n", 400],
    ["a folded header", head("GET / HTTP/1.1", "Host: x", "A: b", " c"), 400],
    ["a space before the colon", head("GET / HTTP/1.1", "Host : x"), 400],
    ["a signed length", head("POST / HTTP/1.1", "Host: x", "Content-Length: +5"), 400],
    ["a zero byte", head("GET / HTTP/1.1", "Host: x", "A: \u0000"), 400],
    [
      "a chunk of no length",
      `${head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "Content-Type: application/json")}zz\r\n`,
      400,
    ],
    ["a long header", get("/", `A: ${"a".repeat(17_000)}`), 431],
    ["a long path", get(`/${"a".repeat(17_000)}`), 431],
  ];
  for (const [what, request, status] of table) {
    it(`is a problem with ${status}, and the end of the connection: ${what}`, async () => {
      const told: Array<string> = [];
      await using service = await listen({ onRefusal: (_, requestId) => told.push(requestId) });
      const answer = await lastAnswer(service.client(request));
      assert.strictEqual(problemOf(answer).status, status);
      assert.strictEqual(answer.headers["connection"], "close");
      assert.deepStrictEqual(told, [answer.headers["x-request-id"]]);
      assert.isEmpty(service.log);
    });
  }

  it("is not answered in the place of a call under way", async () => {
    await using service = await listen();
    const client = service.client(`${get("/held")}hello\r\n\r\n`);
    assert.strictEqual(await client.closed, "");
    assert.deepStrictEqual(service.seen, ["/held"]);
  });

  it("is a problem with 408 when the headers do not arrive in time", async () => {
    await using service = await listen({ limits: { headersMs: 30, sweepMs: 10 } });
    const answer = await lastAnswer(service.client("GET / HTTP/1.1\r\nHost: loc"));
    assert.include(problemOf(answer), { status: 408, code: "SLUICE-408-SLOW", retryable: true });
  });
});

describe("an ordinary request", () => {
  const table: ReadonlyArray<readonly [what: string, request: string]> = [
    ["of a browser", get("/", "Accept: */*", "Accept: text/html", "Cookie: a=b", "Connection: close")],
    ["to a port", head("GET / HTTP/1.1", "Host: [::1]:8080", "Connection: close")],
    ["of HTTP/1.0 without a host", head("GET / HTTP/1.0")],
    ["of HTTP/1.0 that expects", head("POST / HTTP/1.0", "Content-Length: 0", "Expect: 100-continue")],
    ["to a path that looks like a host", get("//evil.example/", "Connection: close")],
    [
      "in chunks",
      `${head("DELETE / HTTP/1.1", "Host: x", "Transfer-Encoding: Chunked", "Content-Type: application/json", "Connection: close")}2\r\n{}\r\n0\r\n\r\n`,
    ],
  ];
  for (const [what, request] of table) {
    it(`is answered: ${what}`, async () => {
      await using service = await listen();
      assert.strictEqual((await lastAnswer(service.client(request))).statusCode, 200);
      assert.lengthOf(service.seen, 1);
    });
  }
});

describe("the check of a request's head", () => {
  const names = ["host", "authorization", "content-type", "content-length", "transfer-encoding", "expect"] as const;
  const cased = (name: string) =>
    fc.mixedCase(fc.constant(name), { toggleCase: (c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()) });
  const others = fc.array(fc.constantFrom("accept", "x-a", "cookie", "forwarded"), { maxLength: 6 });
  const plain = { url: "/", httpVersion: "1.1", headers: { host: "localhost" } };
  const rawOf = (list: ReadonlyArray<string>) => list.flatMap((name) => [name, "v"]);

  it("finds a header that is there twice, in any case and place", () => {
    const twice = fc.constantFrom(...names).chain((name) => fc.tuple(fc.constant(name), cased(name), cased(name)));
    fc.assert(
      fc.property(twice, others, others, others, ([name, one, two], before, between, after) => {
        const why = ambiguityIn({ ...plain, rawHeaders: rawOf([...before, one, ...between, two, ...after]) });
        assert.strictEqual(why, `There must be one ${name} header, not several.`);
      }),
      { numRuns: 100 },
    );
  });

  it("takes each of them once, and any other often", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...names]), others, (once, often) => {
        assert.isUndefined(ambiguityIn({ ...plain, rawHeaders: rawOf([...often, ...once, ...often]) }));
      }),
      { numRuns: 100 },
    );
  });
});
