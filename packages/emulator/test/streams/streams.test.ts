import { assert, describe, it } from "@effect/vitest";
import { makeEmulator, startEmulator, studioKeys } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, begin, headerOf, headersOf, statusOf } from "../ask.ts";
import { generation, until } from "../generate.ts";
import { chatStream, contentsOf, event } from "./chat.ts";

describe("a stream of tokens", () => {
  it.effect("is chunked, each token a write of its own, to the byte", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_766_000_000_000);
      const emulator = yield* makeEmulator();
      const { heard } = begin(emulator.url, chatStream({ max_tokens: 3 }));
      const { head, body, chunks, whole } = yield* Effect.promise(() => heard);
      assert.strictEqual(head[0], "HTTP/1.1 200 OK");
      assert.deepStrictEqual(headersOf({ head, body, whole }), [
        "cache-control",
        "connection",
        "content-type",
        "date",
        "transfer-encoding",
      ]);
      assert.strictEqual(headerOf({ head }, "content-type"), "text/event-stream");
      const id = /chatcmpl-[0-9a-f-]{36}/.exec(body.toString())?.[0] ?? "";
      assert.deepStrictEqual(chunks, [
        event({ id, content: "There", completion: 1 }),
        event({ id, content: " is", completion: 2 }),
        event({ id, content: " no", completion: 3 }),
        event({ id, content: "", completion: 3, reason: "stop" }),
      ]);
      assert.isTrue(whole);
    }),
  );

  it.effect("takes its time to the first token and between tokens, and none for its end", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ latencyMs: 500, firstTokenMs: 2_000, tokenMs: 100 });
      const { heard, soFar } = begin(emulator.url, chatStream({ max_tokens: 3 }));
      const hears = (count: number) =>
        Effect.promise(() => until(() => statusOf(soFar()) === 200 && soFar().chunks?.length === count));
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
      yield* TestClock.adjust(499);
      assert.isNull(statusOf(soFar()));
      yield* TestClock.adjust(1);
      yield* hears(0);
      assert.deepInclude(emulator.journal()[0], { status: 200, end: "open", units: 3 });
      yield* TestClock.adjust(1_999);
      yield* hears(0);
      yield* TestClock.adjust(1);
      yield* hears(1);
      yield* TestClock.adjust(100);
      yield* hears(2);
      yield* TestClock.adjust(100);
      assert.lengthOf((yield* Effect.promise(() => heard)).chunks ?? [], 4);
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.end !== "open"));
      assert.deepInclude(emulator.journal()[0], { status: 200, end: "answered", ms: 2_700, units: 3 });
    }),
  );

  it.effect("ends when its client goes, and the journal says who left", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ tokenMs: 60_000 });
      const { hangUp, soFar } = begin(emulator.url, chatStream());
      yield* Effect.promise(() => until(() => soFar().chunks?.length === 1));
      yield* TestClock.adjust(45_000);
      hangUp();
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.end !== "open" && emulator.connections() === 0));
      assert.deepInclude(emulator.journal()[0], { status: 200, end: "aborted", ms: 45_000 });
    }),
  );

  it("is closed by the emulator when that is closed", async () => {
    const emulator = await startEmulator({ tokenMs: 60_000 });
    const { heard, soFar } = begin(emulator.url, chatStream());
    await until(() => soFar().chunks?.length === 1);
    await emulator.close();
    assert.isFalse((await heard).whole);
    await until(() => emulator.journal()[0]?.end !== "open");
    assert.deepInclude(emulator.journal()[0], { status: 200, end: "closed" });
  });

  it("is as long as the answer, however long", async () => {
    await using emulator = await startEmulator();
    const long = Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(" ");
    const messages = [{ role: "user", content: long }];
    const heard = await ask(emulator.url, chatStream({ messages, max_tokens: 4_096 }));
    assert.strictEqual(contentsOf(heard).join(""), `There is no language model here. You said: ${long}`);
    assert.lengthOf(heard.chunks ?? [], 3_009);
  });
});

describe("Studio", () => {
  it.effect("sends nothing on before it has the whole of what the gateway writes bit by bit", () =>
    Effect.gen(function* () {
      const faults = [{ kind: "slow-body", ms: 1_000 }] as const;
      const emulator = yield* makeEmulator({ dialect: "studio", faults });
      const { heard, soFar } = begin(emulator.url, {
        ...generation({ width: 64, height: 64, seed: 7 }),
        path: "/api/beta/generate/text-to-image",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${studioKeys.backend.text}` },
      });
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
      yield* TestClock.adjust(8_999);
      assert.isEmpty(soFar().head);
      yield* TestClock.adjust(1);
      const { head, body } = yield* Effect.promise(() => heard);
      assert.strictEqual(headerOf({ head }, "content-type"), "application/json; charset=utf-8");
      assert.match(body.toString(), /^\{"images":\[\{"nsfw":false,"seed":7,"url":"\/stream\/[^"]*"\}\]\}\n$/);
    }),
  );
});
