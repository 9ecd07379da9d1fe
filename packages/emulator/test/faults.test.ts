/** What each fault sends, byte for byte: go-livepeer's answers, Studio's (Express), and those of proxies in front. */
import { assert, describe, it } from "@effect/vitest";
import { type Fault, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, begin, headerOf, headersOf, nothing, statusOf } from "./ask.ts";
import { beginGeneration, generation, until } from "./generate.ts";
import { batchNames, requestFor } from "./gateway/requests.ts";
import { chatStream } from "./streams/chat.ts";

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
  {
    fault: { kind: "bad-request" },
    status: "400 Bad Request",
    type: go,
    body: '{"error":{"message":": Prompt must be provided."}}\n',
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
    fault: { kind: "retired-text" },
    status: "410 Gone",
    type: "text/plain; charset=utf-8",
    body: "text-to-image has been removed\n",
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
  {
    fault: { kind: "masked" },
    status: "500 Internal Server Error",
    type: express,
    body: '{"errors":["Failed to generate text-to-image"]}',
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
  {
    fault: { kind: "gateway-timeout" },
    status: "504 Gateway Timeout",
    type: "text/html",
    body: nginx("504 Gateway Time-out"),
  },
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

describe("a fault of its own kind", () => {
  it("retired-text: says since when and until when, besides", async () => {
    const { heard } = await askWith({ kind: "retired-text" });
    assert.strictEqual(headerOf(heard, "deprecation"), "@1788307200");
    assert.strictEqual(headerOf(heard, "sunset"), "Wed, 30 Sep 2026 00:00:00 GMT");
  });

  it("retired: is one on every pipeline, each by its name", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "retired" }] });
    for (const name of batchNames) {
      const heard = await ask(emulator.url, requestFor(name));
      assert.strictEqual(heard.head[0], "HTTP/1.1 410 Gone");
      assert.strictEqual(heard.body.toString(), `{"error":{"message":"${name} has been removed"}}\n`);
    }
  });

  it("bad-request: is a 500 on llm, whose handler does not know it", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "bad-request" }] });
    const heard = await ask(emulator.url, requestFor("llm"));
    assert.strictEqual(heard.head[0], "HTTP/1.1 500 Internal Server Error");
    assert.strictEqual(heard.body.toString(), '{"error":{"message":"Internal Server Error"}}\n');
  });

  it("empty: 200, and nothing else", async () => {
    const { heard } = await askWith({ kind: "empty" });
    assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
    assert.deepStrictEqual(headersOf(heard), ["content-length", "date"]);
    assert.strictEqual(headerOf(heard, "content-length"), "0");
  });

  for (const bytes of [46, 47, 65_536, 65_582, 65_583, 1_000_000]) {
    it(`oversized: one image whose URL makes the answer ${bytes} bytes long`, async () => {
      const { heard, entry } = await askWith({ kind: "oversized", bytes });
      const [head, tail] = ['{"images":[{"nsfw":false,"seed":1,"url":"', '"}]}\n'];
      assert.strictEqual(headerOf(heard, "content-type"), go);
      assert.isUndefined(headerOf(heard, "content-length"));
      assert.strictEqual(heard.body.toString(), head + "a".repeat(bytes - 46) + tail);
      assert.isTrue(heard.whole);
      assert.deepInclude(entry, { status: 200, end: "answered" });
    });
  }

  it("oversized: is not sent further to a client that has heard enough", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "oversized", bytes: 10_000_000_000 }] });
    const { soFar, hangUp } = beginGeneration(emulator.url);
    await until(() => soFar().body.length > 1_000_000);
    hangUp();
    await until(() => emulator.journal()[0]?.end === "aborted" && emulator.connections() === 0);
  });
});

describe("a fault that takes its time", () => {
  it.effect("slow-body: comes in ten pieces, a second apart, and says how long it is", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ faults: [{ kind: "slow-body", times: 1 }] });
      const exchange = beginGeneration(emulator.url, { width: 64, height: 64, seed: 7 });
      const { soFar } = exchange;
      const heardAt: Array<number> = [];
      for (let piece = 1; piece <= 10; piece += 1) {
        const before = heardAt.at(-1) ?? 0;
        yield* Effect.promise(() => until(() => soFar().head.length > 0 && soFar().body.length > before));
        heardAt.push(soFar().body.length);
        yield* TestClock.adjust(1_000);
      }
      const heard = yield* Effect.promise(() => exchange.heard);
      const size = heard.body.length;
      assert.strictEqual(headerOf(heard, "content-length"), String(size));
      assert.deepStrictEqual(
        heardAt,
        Array.from({ length: 10 }, (_, index) => Math.min(size, (index + 1) * Math.ceil(size / 10))),
      );
      assert.match(heard.body.toString(), /^\{"images":\[\{"nsfw":false,"seed":7,"url":"[^"]+"\}\]\}\n$/);
    }),
  );

  for (const [kind, status] of [
    ["unavailable", 503],
    ["closed", null],
    ["reset", null],
    ["stream-truncated", 200],
    ["origin-timeout", 524],
  ] as const) {
    it.effect(`${kind}: comes after the time that it says`, () =>
      Effect.gen(function* () {
        const emulator = yield* makeEmulator({ faults: [{ kind, ms: 2_000 }] });
        const { heard } = begin(emulator.url, chatStream());
        yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
        yield* TestClock.adjust(1_999);
        assert.deepInclude(emulator.journal()[0], { end: "open", status: null });
        yield* TestClock.adjust(1);
        assert.strictEqual(statusOf(yield* Effect.promise(() => heard)), status);
        assert.deepInclude(emulator.journal()[0], { status, ms: 2_000 });
      }),
    );
  }
});

describe("a first byte that is slow", () => {
  for (const [fault, ms] of [
    [{ kind: "slow-first-byte" }, 30_000],
    [{ kind: "slow-first-byte", ms: 1_500 }, 1_500],
  ] as const) {
    it.effect(`comes ${ms} ms after the headers, which say how long it all is, and the rest with it`, () =>
      Effect.gen(function* () {
        const emulator = yield* makeEmulator({ faults: [fault] });
        const { heard, soFar } = beginGeneration(emulator.url, { width: 64, height: 64, seed: 7 });
        yield* Effect.promise(() => until(() => statusOf(soFar()) === 200));
        yield* TestClock.adjust(ms - 1);
        assert.isEmpty(soFar().body);
        yield* TestClock.adjust(1);
        const { body, head } = yield* Effect.promise(() => heard);
        assert.strictEqual(headerOf({ head }, "content-length"), String(body.length));
        assert.match(body.toString(), /^\{"images":\[\{"nsfw":false,"seed":7,"url":"[^"]+"\}\]\}\n$/);
        assert.deepInclude(emulator.journal()[0], { end: "answered", ms });
      }),
    );
  }

  it.effect("is the first token of a stream, which then goes on", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ faults: [{ kind: "slow-first-byte", ms: 2_000 }], tokenMs: 10 });
      const { heard, soFar } = begin(emulator.url, chatStream({ max_tokens: 2 }));
      yield* Effect.promise(() => until(() => statusOf(soFar()) === 200));
      yield* TestClock.adjust(1_999);
      assert.isEmpty(soFar().body);
      yield* TestClock.adjust(1);
      yield* Effect.promise(() => until(() => soFar().chunks?.length === 1));
      yield* TestClock.adjust(10);
      assert.lengthOf((yield* Effect.promise(() => heard)).chunks ?? [], 3);
    }),
  );
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
