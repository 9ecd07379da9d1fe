/** What goes wrong at a gateway goes wrong on OpenAI's routes as well: refusals in OpenAI's words, lost bytes as they are. */
import { assert, describe, it } from "@effect/vitest";
import { type EmulatorSettings, type Fault, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, begin, headerOf, nothing, statusOf } from "../ask.ts";
import { until } from "../generate.ts";
import { talk } from "../proxy/talk.ts";
import { chatting, drawing } from "./openai.ts";

const askWith = async (fault: Fault, request = drawing(), settings: EmulatorSettings = {}) => {
  await using emulator = await startEmulator({ openai: true, ...settings, faults: [fault] });
  const heard = await ask(emulator.url, request);
  await until(() => emulator.journal()[0]?.end !== "open");
  return { heard, said: heard.body.toString(), entry: emulator.journal()[0] };
};

interface Said {
  readonly message: string;
  readonly type: string;
  readonly param?: string;
  readonly code?: string;
}

const refusals: ReadonlyArray<readonly [fault: Fault, status: number, said: Said]> = [
  [
    { kind: "unauthorized" },
    401,
    { message: "no token sk-live-1 found", type: "authentication_error", code: "invalid_api_key" },
  ],
  [
    { kind: "invalid" },
    422,
    {
      message: "Invalid 'size': must be integer.",
      type: "invalid_request_error",
      param: "size",
      code: "invalid_type",
    },
  ],
  [{ kind: "bad-request" }, 400, { message: ": Prompt must be provided.", type: "invalid_request_error" }],
  [
    { kind: "rate-limited", retryAfter: "17" },
    429,
    { message: "Too many AI requests", type: "rate_limit_error", code: "rate_limit_exceeded" },
  ],
  [{ kind: "unavailable", retryAfter: "17" }, 503, { message: "Service Unavailable Error", type: "server_error" }],
  [{ kind: "internal" }, 500, { message: "Internal Server Error", type: "server_error" }],
  [{ kind: "masked" }, 500, { message: "Failed to generate text-to-image", type: "server_error" }],
  [{ kind: "retired" }, 410, { message: "text-to-image has been removed", type: "invalid_request_error" }],
  [{ kind: "retired-text" }, 410, { message: "text-to-image has been removed", type: "invalid_request_error" }],
];

describe("a refusal on OpenAI's routes", () => {
  it.each(refusals)("is in OpenAI's words: %o", async (fault, status, { param = null, code = null, ...said }) => {
    const { heard, entry } = await askWith(fault);
    assert.strictEqual(statusOf(heard), status);
    assert.strictEqual(headerOf(heard, "content-type"), "application/json");
    assert.deepStrictEqual(JSON.parse(heard.body.toString()), { error: { ...said, param, code } });
    assert.strictEqual(headerOf(heard, "retry-after"), fault.retryAfter);
    assert.deepInclude(entry, { status, end: "answered", path: "/v1/images/generations" });
  });

  it("keeps the length of its new words", async () => {
    const { heard } = await askWith({ kind: "retired-text" });
    assert.isTrue(heard.whole);
    assert.isDefined(headerOf(heard, "sunset"));
  });
});

describe("what replaces an answer's bytes", () => {
  it("is the same as on the gateway's own paths", async () => {
    for (const [kind, status, type, body] of [
      ["bad-gateway", 502, "text/html", /nginx/],
      ["web-page", 200, "text/html", /nginx/],
      ["origin-timeout", 524, "text/html; charset=UTF-8", /524/],
      ["null", 200, "application/json", /^null\n$/],
      ["empty", 200, undefined, /^$/],
      ["truncated", 200, "application/json", /^\{"images":\[\{"nsfw":false,$/],
    ] as const) {
      const { heard, said } = await askWith({ kind });
      assert.strictEqual(statusOf(heard), status, kind);
      assert.strictEqual(headerOf(heard, "content-type"), type, kind);
      assert.match(said, body, kind);
    }
    for (const kind of ["closed", "reset", "no-result"] as const) {
      const { heard, entry } = await askWith({ kind });
      assert.deepStrictEqual(heard, nothing, kind);
      assert.deepInclude(entry, { status: null, end: "closed" }, kind);
    }
  });

  it("is a list without images, as OpenAI would have one", async () => {
    const { said } = await askWith({ kind: "no-images" });
    assert.deepInclude(JSON.parse(said), { data: [] });
  });

  it("is a redirect to the same route elsewhere", async () => {
    const { heard } = await askWith({ kind: "redirect" });
    assert.match(headerOf(heard, "location") ?? "", /^http:\/\/localhost:\d+\/v1\/images\/generations$/);
  });

  it("is a reset before the body has come", async () => {
    await using emulator = await startEmulator({ openai: true, faults: [{ kind: "reset-unread", times: 1 }] });
    const { over } = talk(emulator.url, 1_000_000, {}, "/v1/images/generations");
    assert.deepStrictEqual(await over, { bytes: "", end: "reset" });
    assert.strictEqual(statusOf(await ask(emulator.url, drawing())), 200);
  });
});

describe("what changes an answer", () => {
  it("changes OpenAI's: half of it, with the length of all of it", async () => {
    const { heard, said, entry } = await askWith({ kind: "reset-body" }, drawing({ response_format: "url" }));
    assert.match(said, /^\{"created":\d+,"data":\[/);
    assert.strictEqual(said.length, Math.floor(Number(headerOf(heard, "content-length")) / 2));
    assert.deepInclude(entry, { status: 200, end: "closed", units: 64 * 48 });
  });

  it("cuts a stream before its end and before [DONE], however many tokens it may have", async () => {
    for (const tokens of [2, 100]) {
      const { heard, said } = await askWith({ kind: "stream-truncated", tokens }, chatting({ stream: true }));
      assert.lengthOf(heard.chunks ?? [], Math.min(tokens, 10));
      assert.notInclude(said, "[DONE]");
      assert.notInclude(said, '"finish_reason":"stop"');
    }
  });

  it.effect("keeps a stream's first token back", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ openai: true, faults: [{ kind: "slow-first-byte", ms: 2_000 }] });
      const { heard, soFar } = begin(emulator.url, chatting({ stream: true, max_tokens: 1 }));
      yield* Effect.promise(() => until(() => statusOf(soFar()) === 200));
      yield* TestClock.adjust(1_999);
      assert.isEmpty(soFar().body);
      yield* TestClock.adjust(1);
      assert.lengthOf((yield* Effect.promise(() => heard)).chunks ?? [], 3);
    }),
  );
});

describe("the models of OpenAI's routes", () => {
  it.effect("are cold like all others, an unknown one and one of another pipeline too", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ openai: true, cold: { loadMs: 20_000, meanwhile: "503" } });
      const status = (model: string) =>
        Effect.promise(async () => statusOf(await ask(emulator.url, drawing({ model }))));
      const models = ["gpt-image-1", "openai/whisper-large-v3"];
      assert.deepStrictEqual(yield* Effect.forEach(models, status), [503, 503]);
      yield* TestClock.adjust("20 seconds");
      assert.deepStrictEqual(yield* Effect.forEach(models, status), [200, 200]);
    }),
  );

  it("are absent where the settings say so", async () => {
    const models = { mine: { state: "absent" } } as const;
    await using emulator = await startEmulator({ openai: true, models, panicOnNoOrchestrator: false });
    assert.strictEqual(statusOf(await ask(emulator.url, drawing({ model: "mine" }))), 503);
  });

  it.effect("have the gateway's capacity", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ openai: true, capacity: 1, latencyMs: 10_000 });
      const first = begin(emulator.url, drawing());
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
      const second = begin(emulator.url, drawing());
      yield* Effect.promise(() => until(() => emulator.journal()[1]?.body !== undefined));
      yield* TestClock.adjust("2 seconds");
      assert.strictEqual(statusOf(yield* Effect.promise(() => second.heard)), 503);
      yield* TestClock.adjust("8 seconds");
      assert.strictEqual(statusOf(yield* Effect.promise(() => first.heard)), 200);
    }),
  );
});
