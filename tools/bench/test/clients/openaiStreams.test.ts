/** OpenAI's own client reads a conversation's answer as it comes, and ends it when its user has had enough. */
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import { peerVersion } from "../../src/peers.ts";
import { type Chunk, loadOpenai, type Openai, versions } from "./openaiClient.ts";
import { models, serve, type Served, until } from "./serve.ts";

let service: Served;
beforeAll(async () => {
  service = await serve({ emulator: { tokenMs: 3 } });
});
afterAll(() => service.close());

const conversation = { model: models.chat, messages: [{ role: "user", content: "Tell me of foxes." }] };

/** Its answer takes a second or more: the emulator repeats what was said to it. */
const longOne = {
  model: models.chat,
  messages: [{ role: "user", content: "Foxes and badgers. ".repeat(150) }],
  max_tokens: 1_000,
};

const lastCall = () => service.emulator.journal().at(-1);

for (const version of versions) {
  describe(`the client ${version} ${peerVersion(version)}`, () => {
    let openai: Openai;
    beforeAll(async () => {
      const module = await loadOpenai(version);
      openai = new module.default({ baseURL: `${service.url}/v1`, apiKey: service.key });
    });

    const wholeOf = async () => (await openai.chat.completions.create(conversation)).choices[0]?.message.content;

    it("has the pieces before the gateway has written the last one, and in them the whole text", async () => {
      const chunks: Array<Chunk> = [];
      let isEarly: boolean | undefined;
      for await (const chunk of await openai.chat.completions.create({ ...conversation, stream: true })) {
        isEarly ??= lastCall()?.end === "open";
        chunks.push(chunk);
      }
      assert.isTrue(isEarly);
      assert.strictEqual(new Set(chunks.map(({ id }) => id)).size, 1);
      const choices = chunks.flatMap((chunk) => chunk.choices);
      assert.strictEqual(choices[0]?.delta.role, "assistant");
      assert.strictEqual(choices.map(({ delta }) => delta.content ?? "").join(""), await wholeOf());
      assert.deepStrictEqual(
        choices.map(({ finish_reason }) => finish_reason).filter((reason) => reason !== null),
        ["stop"],
      );
      for (const chunk of chunks) assert.notProperty(chunk, "usage");
    });

    it("is told the usage by itself at the end, when it asks for it", async () => {
      const chunks: Array<Chunk> = [];
      const asked = { ...conversation, stream: true, stream_options: { include_usage: true } } as const;
      for await (const chunk of await openai.chat.completions.create(asked)) chunks.push(chunk);
      const last = chunks.pop();
      assert.deepStrictEqual(last?.choices, []);
      assert.isAbove(last?.usage?.total_tokens ?? 0, 0);
      for (const { usage } of chunks) assert.isNull(usage);
    });

    it("puts the whole together again, with its helper", async () => {
      const helper = openai.chat.completions.stream({ ...conversation, stream_options: { include_usage: true } });
      let heard = "";
      helper.on("content", (piece) => {
        heard += piece;
      });
      const { choices, object } = await helper.finalChatCompletion();
      assert.strictEqual(object, "chat.completion");
      assert.include(choices[0], { finish_reason: "stop" });
      assert.strictEqual(choices[0]?.message.content, heard);
      assert.strictEqual(await helper.finalContent(), await wholeOf());
      assert.isAbove((await helper.totalUsage()).total_tokens, 0);
    });

    for (const [how, isOver] of [
      ["its loop is left", () => true],
      [
        "it is aborted",
        ({ controller }: { readonly controller: AbortController }) => {
          controller.abort();
          return false;
        },
      ],
    ] as const) {
      it(`ends the call to the gateway when ${how}`, async () => {
        const stream = await openai.chat.completions.create({ ...longOne, stream: true });
        let pieces = 0;
        for await (const { choices } of stream) {
          pieces += 1;
          if (choices[0]?.delta.content !== "" && isOver(stream)) break;
        }
        assert.isBelow(pieces, 100);
        await until(() => lastCall()?.end !== "open");
        assert.include(lastCall(), { path: "/llm", end: "aborted" });
      });
    }
  });
}
