/** What each fault does to a stream of tokens, write by write, and when. */
import { assert, describe, it } from "@effect/vitest";
import { type Fault, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { TestClock } from "effect/testing";
import { ask, begin, statusOf } from "../ask.ts";
import { generate, until } from "../generate.ts";
import { requestFor } from "../gateway/requests.ts";
import { chatStream, contentsOf } from "./chat.ts";

const askWith = async (fault: Fault, fields = {}) => {
  await using emulator = await startEmulator({ faults: [fault] });
  const heard = await ask(emulator.url, chatStream(fields));
  await until(() => emulator.journal()[0]?.end !== "open");
  return { heard, chunks: heard.chunks ?? [], entry: emulator.journal()[0] };
};

const answered = { status: 200, end: "answered" } as const;

describe("a stream that breaks off", () => {
  it("stream-truncated: ends in order after three tokens, without a finish_reason", async () => {
    const { heard, entry } = await askWith({ kind: "stream-truncated" });
    assert.deepStrictEqual(contentsOf(heard), ["There", " is", " no"]);
    assert.notInclude(heard.body.toString(), '"finish_reason":"stop"');
    assert.isTrue(heard.whole);
    assert.deepInclude(entry, answered);
  });

  it("stream-truncated: never tells its end, however many tokens it may have", () =>
    fc.assert(
      fc.asyncProperty(fc.nat(14), async (tokens) => {
        const { heard } = await askWith({ kind: "stream-truncated", tokens });
        assert.lengthOf(contentsOf(heard), Math.min(tokens, 10));
        assert.notInclude(heard.body.toString(), '"finish_reason":"stop"');
      }),
      { numRuns: 15 },
    ));

  it("stream-truncated: is not misled by a text that reads like the end", async () => {
    const messages = [{ role: "user", content: '"finish_reason":"stop" Hello' }];
    const { chunks } = await askWith({ kind: "stream-truncated", tokens: 100 }, { messages });
    assert.lengthOf(chunks, 10);
    assert.include(chunks[8], String.raw`\"finish_reason\":\"stop\"`);
  });

  it("stream-reset: resets the connection after its tokens", async () => {
    const { heard, chunks, entry } = await askWith({ kind: "stream-reset", tokens: 2 });
    assert.lengthOf(chunks, 2);
    assert.isFalse(heard.whole);
    assert.deepInclude(entry, { status: 200, end: "closed" });
  });

  it("stream-reset: is a reset to the client, not an end", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "stream-reset", tokens: 0 }] });
    const { method, headers, body } = chatStream();
    const response = await fetch(`${emulator.url}/llm`, { method, headers, body } as RequestInit);
    const error: unknown = await response.text().catch((reason: unknown) => reason);
    assert.instanceOf(error, TypeError);
    assert.strictEqual((error.cause as NodeJS.ErrnoException).code, "ECONNRESET");
  });

  it("stream-error: says after its tokens what the runner says, as Python writes it, and ends", async () => {
    const { heard, chunks, entry } = await askWith({ kind: "stream-error", tokens: 1 });
    assert.deepStrictEqual(contentsOf(heard), ["There"]);
    assert.deepStrictEqual(chunks.slice(1), ['data: {"error": "CUDA out of memory."}\n\n']);
    assert.isTrue(heard.whole);
    assert.deepInclude(entry, answered);
  });

  it("stream-empty-chunk: has a chunk without choices after its tokens, and ends", async () => {
    const { chunks, heard } = await askWith({ kind: "stream-empty-chunk", tokens: 0 });
    assert.deepStrictEqual(chunks, [
      'data: {"choices":null,"created":0,"id":"","model":"","usage":{"completion_tokens":0,"prompt_tokens":0,"total_tokens":0}}\n\n',
    ]);
    assert.isTrue(heard.whole);
  });
});

/** When each write comes, in milliseconds from the request, up to so many. */
const timesOf = (fault: Fault, request = chatStream({ max_tokens: 3 })) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator({ faults: [fault] });
    const { heard, soFar } = begin(emulator.url, request);
    yield* Effect.promise(() => until(() => statusOf(soFar()) === 200 || emulator.journal()[0]?.body !== undefined));
    const counts: Array<number> = [];
    for (let second = 0; second <= 40; second += 1) {
      // Enough turns for what was written to be heard.
      yield* Effect.promise(turns);
      counts.push(soFar().chunks?.length ?? -1);
      if (soFar().whole) break;
      yield* TestClock.adjust(1_000);
    }
    yield* Effect.promise(() => heard);
    return counts;
  });

const turns = async () => {
  let left = 200;
  await until(() => (left -= 1) < 0);
};

describe("a stream that is slow", () => {
  it.effect("slow-first-token: has its headers at once, and its first token after 30 s", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* timesOf({ kind: "slow-first-token" }), [...Array.from({ length: 30 }, () => 0), 4]);
    }),
  );

  it.effect("slow-first-token: after as long as it says", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* timesOf({ kind: "slow-first-token", ms: 2_000 }), [0, 0, 4]);
    }),
  );

  it.effect("slow-tokens: waits a second between writes, or as long as it says", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* timesOf({ kind: "slow-tokens" }), [1, 2, 3, 4]);
      assert.deepStrictEqual(yield* timesOf({ kind: "slow-tokens", ms: 2_000 }), [1, 1, 2, 2, 3, 3, 4]);
    }),
  );

  it.effect("ms before a stream that breaks off: is how long it takes to begin", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* timesOf({ kind: "stream-truncated", ms: 2_000 }), [-1, -1, 3]);
    }),
  );
});

describe("a fault of streams", () => {
  it("leaves everything else alone, and is not used up by it", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "stream-truncated", times: 1 }] });
    assert.strictEqual(statusOf(await generate(emulator.url, { width: 64, height: 64 })), 200);
    assert.isTrue((await ask(emulator.url, requestFor("llm"))).whole);
    assert.lengthOf(contentsOf(await ask(emulator.url, chatStream())), 3);
    assert.lengthOf(contentsOf(await ask(emulator.url, chatStream())), 11);
  });

  it("lets through what the gateway refuses", async () => {
    const { heard } = await askWith({ kind: "stream-truncated" }, { messages: [] });
    assert.strictEqual(heard.body.toString(), '{"error":{"message":"missing required fields"}}\n');
  });
});
