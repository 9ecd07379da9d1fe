/** What each fault sends, byte for byte: go-livepeer's answers, Studio's (Express), and those of proxies in front. */
import { type Fault, startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, headerOf, nothing } from "./ask.ts";
import { beginGeneration, generation, until } from "./generate.ts";

const go = "application/json";
const express = "application/json; charset=utf-8";

const nginx = (title: string) =>
  [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>nginx/1.22.1</center>",
    "</body>",
    "</html>",
    "",
  ].join("\r\n");

const ajv = String.raw`{"errors":["{\"instancePath\":\"/width\",\"schemaPath\":\"#/properties/width/type\",\"keyword\":\"type\",\"params\":{\"type\":\"integer\"},\"message\":\"must be integer\"}"]}`;

interface Expectation {
  readonly fault: Fault;
  readonly key?: string;
  readonly status: string;
  readonly type: string;
  readonly body: string;
  readonly retryAfter?: string;
}

const table: ReadonlyArray<Expectation> = [
  {
    fault: { kind: "unavailable" },
    status: "503 Service Unavailable",
    type: go,
    body: '{"error":{"message":"Service Unavailable Error"}}\n',
  },
  {
    fault: { kind: "unavailable", retryAfter: "30" },
    status: "503 Service Unavailable",
    type: go,
    body: '{"error":{"message":"Service Unavailable Error"}}\n',
    retryAfter: "30",
  },
  {
    fault: { kind: "internal" },
    status: "500 Internal Server Error",
    type: go,
    body: '{"error":{"message":"Internal Server Error"}}\n',
  },
  { fault: { kind: "null" }, status: "200 OK", type: go, body: "null\n" },
  { fault: { kind: "no-images" }, status: "200 OK", type: go, body: '{"images":[]}\n' },
  {
    fault: { kind: "retired" },
    status: "410 Gone",
    type: go,
    body: '{"error":{"message":"text-to-image has been removed"}}\n',
  },
  {
    fault: { kind: "unauthorized" },
    status: "401 Unauthorized",
    type: express,
    body: '{"errors":["request is not authenticated"]}',
  },
  {
    fault: { kind: "unauthorized" },
    key: "sk-live-<7c1d&0e5f>",
    status: "401 Unauthorized",
    type: express,
    body: '{"errors":["no token sk-live-<7c1d&0e5f> found"]}',
  },
  { fault: { kind: "invalid" }, status: "422 Unprocessable Entity", type: express, body: ajv },
  {
    fault: { kind: "rate-limited", retryAfter: "17" },
    status: "429 Too Many Requests",
    type: express,
    body: '{"errors":["Too many AI requests"]}',
    retryAfter: "17",
  },
  {
    fault: { kind: "rate-limited", retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" },
    status: "429 Too Many Requests",
    type: express,
    body: '{"errors":["Too many AI requests"]}',
    retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT",
  },
  {
    fault: { kind: "rate-limited" },
    status: "429 Too Many Requests",
    type: express,
    body: '{"errors":["Too many AI requests"]}',
  },
  { fault: { kind: "bad-gateway" }, status: "502 Bad Gateway", type: "text/html", body: nginx("502 Bad Gateway") },
  { fault: { kind: "web-page" }, status: "200 OK", type: "text/html", body: nginx("Welcome to nginx!") },
];

const askWith = async (fault: Fault, key?: string) => {
  await using emulator = await startEmulator({ faults: [fault] });
  const { headers, ...request } = generation();
  const authorization = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const heard = await ask(emulator.url, { ...request, headers: { ...headers, ...authorization } });
  return { heard, entry: emulator.journal()[0] };
};

describe("a fault that answers", () => {
  for (const { fault, key, status, type, body, retryAfter } of table) {
    const { kind } = fault;
    const variant = `${key === undefined ? "" : " with a key"}${retryAfter === undefined ? "" : `, Retry-After: ${retryAfter}`}`;
    it(`${kind}${variant}: ${status}`, async () => {
      const { heard, entry } = await askWith(fault, key);
      assert.strictEqual(heard.head[0], `HTTP/1.1 ${status}`);
      assert.strictEqual(heard.body.toString(), body);
      assert.strictEqual(headerOf(heard, "content-type"), type);
      assert.strictEqual(headerOf(heard, "retry-after"), retryAfter);
      assert.isTrue(heard.whole);
      assert.deepInclude(entry, { status: Number(status.slice(0, 3)), end: "answered" });
    });
  }
});

describe("a fault that does not answer", () => {
  it("closed: hangs up without a byte", async () => {
    const { heard, entry } = await askWith({ kind: "closed" });
    assert.deepStrictEqual(heard, nothing);
    assert.deepInclude(entry, { status: null, end: "closed" });
  });

  it("truncated: hangs up in the middle of a body that was announced as longer", async () => {
    const { heard, entry } = await askWith({ kind: "truncated" });
    assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
    assert.strictEqual(headerOf(heard, "content-type"), go);
    assert.strictEqual(heard.body.toString(), '{"images":[{"nsfw":false,');
    assert.isAbove(Number(headerOf(heard, "content-length")), heard.body.length);
    assert.deepInclude(entry, { status: 200, end: "closed" });
  });

  it("silent: says nothing until the client gives up", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "silent" }] });
    const { heard, hangUp } = beginGeneration(emulator.url);
    await until(() => emulator.journal()[0]?.body !== undefined);
    assert.deepInclude(emulator.journal()[0], { status: null, end: "open" });
    hangUp();
    assert.deepStrictEqual(await heard, nothing);
    await until(() => emulator.journal()[0]?.end !== "open");
    assert.deepInclude(emulator.journal()[0], { status: null, end: "aborted" });
  });
});
