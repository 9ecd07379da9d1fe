import { assert, describe, it } from "@effect/vitest";
import { makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, headerOf, nothing, statusOf } from "../ask.ts";
import { answerOf, askFor, refusedWith, requestFor } from "./requests.ts";

const id = "chatcmpl-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const model = "meta-llama/Meta-Llama-3.1-8B-Instruct";

interface Answer {
  readonly choices: ReadonlyArray<{ readonly message: { readonly content: string } }>;
  readonly usage: { readonly completion_tokens: number; readonly prompt_tokens: number; readonly total_tokens: number };
}

describe("the answer of llm", () => {
  it.effect("is the bytes that Go writes, at the time of the emulator's clock", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_766_000_000_999);
      const emulator = yield* makeEmulator();
      const heard = yield* Effect.promise(() => ask(emulator.url, requestFor("llm")));
      const content = "There is no language model here. You said: Hello there";
      const usage = '{"completion_tokens":10,"prompt_tokens":2,"total_tokens":12}';
      assert.match(
        heard.body.toString(),
        new RegExp(
          `^\\{"choices":\\[\\{"finish_reason":"stop","index":0,"message":\\{"content":"${content}","role":"assistant"\\}\\}\\],"created":1766000000,"id":"${id}","model":"${model}","usage":${usage}\\}\n$`,
        ),
      );
    }),
  );

  it("answers the last user, and counts every message", async () => {
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "One <b>" },
      { role: "assistant", content: "Two" },
    ];
    const { heard, said } = await askFor("llm", { messages });
    const answer = JSON.parse(said) as Answer;
    assert.strictEqual(statusOf(heard), 200);
    assert.strictEqual(answer.choices[0]?.message.content, "There is no language model here. You said: One <b>");
    assert.include(said, String.raw`One \u003cb\u003e`);
    assert.strictEqual(answer.usage.prompt_tokens, 5);
  });

  it("has no more tokens than it may, and is metered by those that it may", async () => {
    const { heard, units } = await askFor("llm", { max_tokens: 3 });
    const answer = answerOf<Answer>(heard);
    assert.strictEqual(answer.choices[0]?.message.content, "There is no");
    assert.deepStrictEqual(answer.usage, { completion_tokens: 3, prompt_tokens: 2, total_tokens: 5 });
    assert.strictEqual(units, 3);
    assert.strictEqual((await askFor("llm", { max_tokens: 4_096 })).units, 4_096);
  });
});

describe("the stream of llm", () => {
  it.effect("is events as Go writes them, without [DONE]", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_766_000_000_000);
      const emulator = yield* makeEmulator();
      const request = requestFor("llm", { stream: true, max_tokens: 2 });
      const heard = yield* Effect.promise(() => ask(emulator.url, request));
      assert.strictEqual(statusOf(heard), 200);
      const [type, cache, connection] = ["content-type", "cache-control", "connection"].map((n) => headerOf(heard, n));
      assert.deepStrictEqual([type, cache, connection], ["text/event-stream", "no-cache", "keep-alive"]);
      const said = heard.body.toString();
      const [own = ""] = new RegExp(id).exec(said) ?? [];
      const event = (content: string, reason: string, tokens: number) =>
        `data: {"choices":[{"delta":{"content":"${content}","role":"assistant"},"finish_reason":"${reason}","index":0}],"created":1766000000,"id":"${own}","model":"${model}","usage":{"completion_tokens":${tokens},"prompt_tokens":2,"total_tokens":${tokens + 2}}}\n\n`;
      assert.strictEqual(said, event("There", "", 1) + event(" is", "", 2) + event("", "stop", 2));
      assert.strictEqual(emulator.journal()[0]?.units, 2);
    }),
  );

  it("says what the whole answer says", async () => {
    const whole = answerOf<Answer>((await askFor("llm")).heard);
    const { said } = await askFor("llm", { stream: true });
    const contents = [...said.matchAll(/"content":"([^"]*)"/g)].map(([, content]) => content);
    assert.strictEqual(contents.join(""), whole.choices[0]?.message.content);
  });
});

describe("a chat that the gateway refuses", () => {
  for (const fields of [
    { model: undefined },
    { messages: undefined },
    { stream: undefined },
    { max_tokens: undefined },
    { stream: null },
    { messages: [] },
    { messages: null },
  ]) {
    it(`because a field is missing: ${JSON.stringify({ ...fields }, (_, value: unknown) => value ?? null)}`, async () => {
      refusedWith((await askFor("llm", fields)).heard, "missing required fields");
    });
  }

  const of = (what: string, field: string, type: string) =>
    `json: cannot unmarshal ${what} into Go struct field ${field} of type ${type}`;
  const table: ReadonlyArray<readonly [fields: object, message: string]> = [
    [{ messages: "Hello" }, of("string", "LLMRequest.messages", "[]worker.LLMMessage")],
    [{ messages: {} }, of("object", "LLMRequest.messages", "[]worker.LLMMessage")],
    [{ messages: ["Hello"] }, of("string", "LLMRequest.messages", "worker.LLMMessage")],
    [{ messages: [{ role: "user", content: ["Hello"] }] }, of("array", "LLMMessage.messages.content", "string")],
    [{ messages: [{ role: 1 }] }, of("number", "LLMMessage.messages.role", "string")],
    [{ max_tokens: "256" }, of("string", "LLMRequest.max_tokens", "int")],
    [{ max_tokens: 1.5 }, of("number 1.5", "LLMRequest.max_tokens", "int")],
    [{ stream: "true" }, of("string", "LLMRequest.stream", "bool")],
    [{ temperature: "hot" }, of("string", "LLMRequest.temperature", "float32")],
  ];
  for (const [fields, message] of table) {
    it(`because of a type: ${JSON.stringify(fields)}`, async () => {
      refusedWith((await askFor("llm", { ...fields })).heard, message);
    });
  }
});

describe("a chat that the runner refuses", () => {
  for (const fields of [
    { temperature: 2.1 },
    { temperature: -0.1 },
    { top_p: 1.1 },
    { top_p: -1 },
    { max_tokens: 0 },
    { messages: [{ role: "tool", content: "Hello" }] },
    { messages: [null] },
  ]) {
    it(`closes the socket, as its 500 of every orchestrator does: ${JSON.stringify(fields)}`, async () => {
      for (const stream of [false, true]) {
        const { heard, units } = await askFor("llm", { ...fields, stream });
        assert.deepStrictEqual([heard, units], [nothing, undefined]);
      }
      const fixed = await askFor("llm", fields, null, { panicOnNoOrchestrator: false });
      assert.strictEqual(statusOf(fixed.heard), 503);
    });
  }

  it("is not one at the bounds", async () => {
    for (const fields of [{ temperature: 0, top_p: 0 }, { temperature: 2, top_p: 1, max_tokens: 1 }, { top_k: -1 }]) {
      assert.strictEqual(statusOf((await askFor("llm", fields)).heard), 200, JSON.stringify(fields));
    }
  });
});
