/** The faults of the network and of proxies, over real sockets: a reset is told from an end. */
import { assert, describe, it } from "@effect/vitest";
import { type EmulatorSettings, type Fault, makeEmulator, startEmulator, studioKeys } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, headerOf, nothing, statusOf } from "../ask.ts";
import { beginGeneration, generate, generation, until, warmModel } from "../generate.ts";
import { talk } from "./talk.ts";

const backend = studioKeys.backend.text;

const { body } = generation({ width: 64, height: 64 });

const small = { width: 64, height: 64, seed: 7 };

/** What text-to-image answers when nothing goes wrong. */
const sound = async () => {
  await using emulator = await startEmulator();
  return await generate(emulator.url, small);
};

const askWith = async (fault: Fault, settings: EmulatorSettings = {}) => {
  await using emulator = await startEmulator({ ...settings, faults: [fault] });
  const heard = await generate(emulator.url, small);
  await until(() => emulator.journal()[0]?.end !== "open");
  return { heard, entry: emulator.journal()[0], url: emulator.url };
};

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

describe("a proxy", () => {
  it("origin-timeout: gives up as Cloudflare does, with its own status and a page", async () => {
    const { heard, entry } = await askWith({ kind: "origin-timeout" });
    assert.strictEqual(statusOf(heard), 524);
    assert.strictEqual(headerOf(heard, "content-type"), "text/html; charset=UTF-8");
    assert.strictEqual(
      heard.body.toString(),
      [
        "<!DOCTYPE html>",
        '<html lang="en-US">',
        "<head>",
        "<title>gateway.example | 524: A timeout occurred</title>",
        "</head>",
        "<body>",
        "<h1><span>A timeout occurred</span> <span>Error code 524</span></h1>",
        "<p>The origin web server timed out responding to this request.</p>",
        "</body>",
        "</html>",
        "",
      ].join("\n"),
    );
    assert.deepInclude(entry, { status: 524, end: "answered" });
    assert.notProperty(entry, "units");
  });

  for (const [kind, title] of [
    ["moved", "301 Moved Permanently"],
    ["redirect", "308 Permanent Redirect"],
  ] as const) {
    it(`${kind}: sends the client to another origin, with nginx's page`, async () => {
      await using emulator = await startEmulator({ faults: [{ kind }] });
      const heard = await generate(emulator.url, small);
      assert.strictEqual(heard.head[0], `HTTP/1.1 ${title}`);
      const location = new URL(headerOf(heard, "location") ?? "");
      assert.deepStrictEqual([location.hostname, location.pathname], ["localhost", "/text-to-image"]);
      assert.notStrictEqual(location.port, new URL(emulator.url).port);
      assert.strictEqual(headerOf(heard, "content-type"), "text/html");
      assert.strictEqual(heard.body.toString(), nginx(title));
    });
  }

  it("sends one who calls it localhost to its number", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "redirect" }] });
    const { port } = new URL(emulator.url);
    const heard = await ask(emulator.url, { ...generation(), headers: { Host: `localhost:${port}` } });
    const location = headerOf(heard, "location") ?? "";
    assert.match(location, /^http:\/\/127\.0\.0\.1:\d+\/text-to-image$/);
    assert.notStrictEqual(new URL(location).port, port);
  });

  it("sends everyone to the same machine, which has the gateway's models, and where nothing else goes wrong", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "redirect", times: 2 }, { kind: "internal" }] });
    const locations = [await generate(emulator.url), await generate(emulator.url)].map((heard) =>
      headerOf(heard, "location"),
    );
    assert.strictEqual(locations[0], locations[1]);
    const { origin } = new URL(locations[0]?.replace("localhost", "127.0.0.1") ?? "");
    assert.strictEqual(statusOf(await generate(origin, small)), 200);
    assert.strictEqual(statusOf(await generate(emulator.url, small)), 500);
  });

  it("does not send anyone further who has been sent on, whatever the request asks for", async () => {
    await using emulator = await startEmulator();
    const headers = { "x-emulator-scenario": "redirect" };
    const answer = await fetch(`${emulator.url}/text-to-image`, { method: "POST", headers, body });
    assert.strictEqual(answer.status, 200);
    assert.deepStrictEqual(
      emulator.journal().map(({ status, place }) => [status, place]),
      [
        [308, "gateway"],
        [200, "elsewhere"],
      ],
    );
  });

  it("is a machine that goes when the emulator is closed", async () => {
    const emulator = await startEmulator({ faults: [{ kind: "redirect" }] });
    const location = headerOf(await generate(emulator.url), "location") ?? "";
    await emulator.close();
    const { origin } = new URL(location.replace("localhost", "127.0.0.1"));
    assert.deepStrictEqual(await generate(origin), nothing);
  });

  for (const host of ["", "not a host", "user@gateway", "gateway/path", "gateway:port", "[::1"]) {
    it(`cannot send anyone on who calls it "${host}", and says so as Go does`, async () => {
      await using emulator = await startEmulator({ faults: [{ kind: "moved" }, { kind: "redirect" }] });
      const heard = await ask(emulator.url, { ...generation(), headers: { Host: host } });
      assert.strictEqual(statusOf(heard), 400);
      assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
      assert.strictEqual(headerOf(heard, "connection"), "close");
      assert.strictEqual(heard.body.toString(), "400 Bad Request: malformed Host header");
      assert.deepInclude(emulator.journal()[0], { status: 400, end: "answered" });
    });
  }

  for (const [kind, method, length] of [
    ["moved", "GET", 0],
    ["redirect", "POST", undefined],
  ] as const) {
    it(`${kind}: a client that follows loses its key, and asks again with ${method}`, async () => {
      await using emulator = await startEmulator({ faults: [{ kind, times: 1 }] });
      const answer = await fetch(`${emulator.url}/text-to-image`, {
        method: "POST",
        headers: { Authorization: "Bearer sk-live-1" },
        body,
      });
      assert.strictEqual(answer.status, 200);
      const { length: heard } = await answer.text();
      if (length === undefined) assert.isAbove(heard, 0);
      else assert.strictEqual(heard, length);
      assert.deepStrictEqual(
        emulator.journal().map((entry) => [entry.method, entry.place, entry.authorized]),
        [
          ["POST", "gateway", true],
          [method, "elsewhere", false],
        ],
      );
    });
  }

  it("wrong-type: hands the right bytes on under another type", async () => {
    const { heard, entry } = await askWith({ kind: "wrong-type" });
    assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
    assert.strictEqual(headerOf(heard, "content-type"), "application/octet-stream");
    assert.deepStrictEqual(heard.body, (await sound()).body);
    assert.deepInclude(entry, { status: 200, units: 4_096 });
  });

  it("wrong-type: does so with what the gateway refuses, and with events; a closed socket stays closed", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "wrong-type" }] });
    const refused = await ask(emulator.url, { method: "POST", path: "/text-to-image", body: "{" });
    assert.strictEqual(statusOf(refused), 400);
    assert.strictEqual(headerOf(refused, "content-type"), "application/octet-stream");
    const chat = {
      model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
      messages: [{ role: "user", content: "hello" }],
      stream: true,
      max_tokens: 8,
    };
    const streamed = await ask(emulator.url, { method: "POST", path: "/llm", body: JSON.stringify(chat) });
    assert.strictEqual(headerOf(streamed, "content-type"), "application/octet-stream");
    assert.include(streamed.body.toString(), '"finish_reason":"stop"');
    assert.deepStrictEqual(await generate(emulator.url, { model_id: "nobody/has-this" }), nothing);
  });

  for (const [fault, date] of [
    [{ kind: "rate-limited-until" }, "Mon, 23 Nov 2026 00:00:29 GMT"],
    [{ kind: "rate-limited-until", retryAfter: "90" }, "Mon, 23 Nov 2026 00:01:29 GMT"],
    [{ kind: "rate-limited-until", retryAfter: "tomorrow" }, "tomorrow"],
  ] as const) {
    it.effect(`rate-limited-until: names a date by the emulator's clock: ${JSON.stringify(fault)}`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(Date.parse("2026-11-22T23:59:59.500Z"));
        const emulator = yield* makeEmulator({ faults: [fault] });
        const heard = yield* Effect.promise(() => generate(emulator.url));
        assert.strictEqual(heard.head[0], "HTTP/1.1 429 Too Many Requests");
        assert.strictEqual(headerOf(heard, "retry-after"), date);
        assert.strictEqual(heard.body.toString(), '{"errors":["Too many AI requests"]}');
      }),
    );
  }

  for (const [fault, ms] of [
    [{ kind: "slow-headers" }, 30_000],
    [{ kind: "slow-headers", ms: 1_500 }, 1_500],
  ] as const) {
    it.effect(`slow-headers: says nothing for ${ms} ms after the work is done, and then all of it`, () =>
      Effect.gen(function* () {
        const emulator = yield* makeEmulator({ faults: [fault], latencyMs: 500 });
        const exchange = beginGeneration(emulator.url, small);
        yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
        yield* TestClock.adjust(499 + ms);
        assert.deepStrictEqual(exchange.soFar(), nothing);
        assert.strictEqual(emulator.journal()[0]?.end, "open");
        yield* TestClock.adjust(1);
        const heard = yield* Effect.promise(() => exchange.heard);
        assert.deepStrictEqual(heard.body, (yield* Effect.promise(sound)).body);
        assert.deepInclude(emulator.journal()[0], { ms: 500 + ms, end: "answered" });
      }),
    );
  }
});

describe("a connection that is reset", () => {
  it("reset-unread: before a byte of the body has come", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "reset-unread" }] });
    const { over } = talk(emulator.url, 1_000_000);
    assert.deepStrictEqual(await over, { bytes: "", end: "reset" });
    assert.deepInclude(emulator.journal()[0], { status: null, end: "closed" });
    assert.notProperty(emulator.journal()[0], "body");
  });

  it("reset-unread: in the middle of a body that is larger than the buffers", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "reset-unread" }] });
    const upload = talk(emulator.url, 50_000_000);
    upload.send("x".repeat(50_000_000));
    assert.strictEqual((await upload.over).bytes, "");
  });

  it("reset: when all of the body has been read, and not before", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "reset" }] });
    const { send, over } = talk(emulator.url, body.length);
    send(body.slice(0, -1));
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    assert.strictEqual(emulator.journal()[0]?.end, "open");
    send(body.slice(-1));
    assert.deepStrictEqual(await over, { bytes: "", end: "reset" });
    assert.deepInclude(emulator.journal()[0], { status: null, end: "closed" });
    assert.property(emulator.journal()[0], "body");
  });

  it("is not what `closed` does: that one ends", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "closed" }] });
    const { send, over } = talk(emulator.url, body.length);
    send(body);
    assert.deepStrictEqual(await over, { bytes: "", end: "closed" });
  });

  it("reset-body: after half of an answer that was announced as whole", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "reset-body" }] });
    const { send, over } = talk(emulator.url, body.length);
    send(body);
    const { bytes, end } = await over;
    assert.strictEqual(end, "reset");
    const [head = "", half = ""] = bytes.split("\r\n\r\n");
    const [, announced] = /Content-Length: (\d+)/.exec(head) ?? [];
    assert.strictEqual(half.length, Math.floor(Number(announced) / 2));
    assert.match(half, /^\{"images":\[\{"nsfw":false,"seed":\d+/);
    assert.deepInclude(emulator.journal()[0], { status: 200, end: "closed", units: 4_096 });
  });

  it("reset-body: after the first event of a stream, and not at all where nothing was sent", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "reset-body" }] });
    const chat = JSON.stringify({
      model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
      messages: [{ role: "user", content: "hello" }],
      stream: true,
      max_tokens: 8,
    });
    const heard = await ask(emulator.url, { method: "POST", path: "/llm", body: chat });
    assert.isFalse(heard.whole);
    assert.lengthOf(heard.chunks ?? [], 1);
    assert.deepStrictEqual(await generate(emulator.url, { model_id: "nobody/has-this" }), nothing);
  });
});

describe("when a connection is reset unread", () => {
  const faults = [
    { kind: "internal", times: 1 },
    { kind: "reset-unread", times: 2 },
  ] as const;

  it("that comes before every other fault, wherever it stands, as often as it says", async () => {
    await using emulator = await startEmulator({ faults });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push(statusOf(await generate(emulator.url, small)));
    assert.deepStrictEqual(statuses, [null, null, 500, 200]);
  });

  it("it is drawn once for a request", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "reset-unread", rate: 0.5 }] });
    let resets = 0;
    for (let count = 0; count < 200; count += 1)
      resets += statusOf(await generate(emulator.url, small)) === null ? 1 : 0;
    assert.isAtLeast(resets, 80);
    assert.isAtMost(resets, 120);
  });

  it("a request may ask for it, which leaves the settings' faults to the next one", async () => {
    await using emulator = await startEmulator({ faults });
    const { over } = talk(emulator.url, 1_000_000, { "x-emulator-scenario": "reset-unread" });
    assert.deepStrictEqual(await over, { bytes: "", end: "reset" });
    assert.isNull(statusOf(await generate(emulator.url, small)));
    assert.isNull(statusOf(await generate(emulator.url, small)));
    assert.strictEqual(statusOf(await generate(emulator.url, small)), 500);
  });

  it("a request that asks for another fault gets that one", async () => {
    await using emulator = await startEmulator({ faults });
    const { headers, ...request } = generation(small);
    const heard = await ask(emulator.url, { ...request, headers: { ...headers, "x-emulator-scenario": "internal" } });
    assert.strictEqual(statusOf(heard), 500);
  });
});

describe("Studio in front of such a network", () => {
  it("makes a FetchError of a reset, and hides a proxy's page", async () => {
    for (const [kind, message] of [
      ["reset", "Internal server error: FetchError"],
      ["reset-unread", "Internal server error: FetchError"],
      ["reset-body", "Internal server error: FetchError"],
      ["origin-timeout", "Failed to generate text-to-image"],
    ] as const) {
      await using emulator = await startEmulator({ dialect: "studio", faults: [{ kind }] });
      const answer = await fetch(`${emulator.url}/text-to-image`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${backend}` },
        body: JSON.stringify({ model_id: warmModel, prompt: "a red fox" }),
      });
      assert.strictEqual(answer.status, 500, kind);
      assert.strictEqual(await answer.text(), JSON.stringify({ errors: [message] }), kind);
    }
  });
});
