import { assert, describe, it } from "vitest";
import { failureIn, serveOpenai } from "./serveOpenai.ts";

const url = "/v1/chat/completions";
const messages = [{ role: "user", content: "Hello." }];
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

const chat = async (fields: object) => {
  const { post, recorded } = serveOpenai({ result: { text: "Good day.", finish_reason: "", usage } });
  const answer = await post(url, { messages, ...fields });
  return { answer, recorded, sent: recorded[0]?.input };
};

describe("POST /v1/chat/completions", () => {
  it("answers as OpenAI does, with the usage and the model that answered", async () => {
    const { answer } = await chat({ model: "acme/talker" });
    const { id, ...rest } = answer.json<{ id: string }>();
    assert.match(id, /^chatcmpl-./);
    const message = { role: "assistant", content: "Good day.", refusal: null };
    assert.deepStrictEqual<object>(rest, {
      object: "chat.completion",
      created: 1_700_000_000,
      model: "acme/answering",
      choices: [{ index: 0, message, logprobs: null, finish_reason: "stop" }],
      usage,
      sluice: { cost_usd: "0.0015" },
    });
  });

  it("sends a gateway's fields for OpenAI's, and nothing that was not given", async () => {
    const own = { temperature: 0, top_p: 0.5, top_k: 4 };
    const { sent } = await chat({ model: "acme/talker", max_completion_tokens: 9, ...own, seed: 7, user: "me" });
    assert.deepStrictEqual(sent, { messages, model: "acme/talker", max_tokens: 9, ...own });
    assert.deepStrictEqual((await chat({ max_tokens: 8 })).sent, { messages, max_tokens: 8 });
    assert.deepStrictEqual((await chat({ max_tokens: null, temperature: null })).sent, { messages });
  });

  it("puts the parts of a text together, and takes a developer for the system", async () => {
    const parts = [
      { type: "text", text: "Be " },
      { type: "text", text: "brief." },
    ];
    const given = [
      { role: "developer", content: parts, name: "boss" },
      { role: "assistant", content: "Yes.", refusal: null, tool_calls: [] },
      { role: "user", content: [] },
    ];
    assert.deepStrictEqual((await chat({ messages: given })).sent, {
      messages: [
        { role: "system", content: "Be brief." },
        { role: "assistant", content: "Yes." },
        { role: "user", content: "" },
      ],
    });
  });

  it("takes fields that ask for what happens anyway, and hints", async () => {
    const { answer, sent } = await chat({
      ...{ n: 1, stream: false, frequency_penalty: 0, presence_penalty: 0, logit_bias: {}, logprobs: false, stop: [] },
      ...{ tools: [], tool_choice: "auto", parallel_tool_calls: true, response_format: { type: "text" }, store: false },
      ...{ metadata: { a: "b" }, modalities: ["text"], service_tier: "auto", reasoning_effort: null, audio: null },
      ...{ stream_options: null, prompt_cache_key: "k", safety_identifier: "s" },
    });
    assert.strictEqual(answer.statusCode, 200, answer.body);
    assert.deepStrictEqual(sent, { messages });
  });

  const image = { type: "image_url", image_url: { url: "https://files.test/1.png" } };
  const tool = { type: "function", function: { name: "f" } };
  const refusals: ReadonlyArray<readonly [param: string, fields: object, why: RegExp]> = [
    [
      "messages.0.content.1",
      { messages: [{ role: "user", content: [{ type: "text", text: "a" }, image] }] },
      /of text/,
    ],
    ["messages.0.content", { messages: [{ role: "user" }] }, /is required/],
    ["messages.0.content", { messages: [{ role: "assistant", content: null }] }, /a text, or a list/],
    ["messages.0.role", { messages: [{ role: "tool", content: "a" }] }, /"system", "developer", "user" or "assistant"/],
    ["messages.0.tool_calls", { messages: [{ role: "assistant", content: "", tool_calls: [{}] }] }, /no tools/],
    ["messages.1.mood", { messages: [...messages, { role: "user", content: "a", mood: 1 }] }, /not a known field/],
    ["messages", { messages: [] }, /at least 1/],
    ["messages", { messages: undefined }, /is required/],
    ["tools", { tools: [tool] }, /the gateways know no tools/],
    ["tool_choice", { tool_choice: "required" }, /the values that there are/],
    ["response_format.type", { response_format: { type: "json_object" } }, /must be "text"/],
    ["n", { n: 2 }, /must be 1/],
    ["logprobs", { logprobs: true }, /probabilities/],
    ["frequency_penalty", { frequency_penalty: 0.5 }, /must be 0/],
    ["stop", { stop: ["\n"] }, /must be empty or absent/],
    ["stop", { stop: "\n" }, /must be empty or absent/],
    ["logit_bias.50256", { logit_bias: { "50256": -100 } }, /not a known field/],
    ["store", { store: true }, /nothing is kept/],
    ["reasoning_effort", { reasoning_effort: "high" }, /must be absent/],
    ["modalities.1", { modalities: ["text", "audio"] }, /Give "text"/],
    ["max_tokens", { max_tokens: 5, max_completion_tokens: 6 }, /the same as max_completion_tokens/],
    ["temperature", { temperature: 3 }, /at most 2/],
    ["temprature", { temprature: 1 }, /Did you mean temperature\?/],
  ];
  for (const [param, fields, why] of refusals) {
    it(`refuses ${JSON.stringify(fields)}`, async () => {
      const { answer, recorded } = await chat(fields);
      assert.strictEqual(answer.statusCode, 400);
      const failure = failureIn(answer);
      assert.include(failure, { type: "invalid_request_error", param });
      assert.match(failure.message, why);
      assert.isEmpty(recorded);
    });
  }
});
