import { startEmulator } from "@sluice/emulator";
import { request } from "node:http";
import { assert, describe, it } from "vitest";
import { problemOf } from "../problems.ts";
import { serve } from "../serve.ts";
import { until } from "../turns.ts";
import { ask, requests } from "./requests.ts";

const streamed = { ...requests.llm, stream: true, max_tokens: 12 };

interface Chunk {
  readonly choices: readonly [{ readonly delta: { readonly content: string }; readonly finish_reason: string | null }];
  readonly error?: string;
}

const chunksIn = (text: string): ReadonlyArray<Chunk> =>
  text.split("\n\n").flatMap((event) => {
    const data = event.replace(/^data: /, "");
    return data === "" || event.startsWith(":") || data === "[DONE]" ? [] : [JSON.parse(data) as Chunk];
  });

const listening = async (...args: Parameters<typeof serve>) => {
  const service = await serve(...args);
  return { ...service, url: await service.app.listen({ host: "127.0.0.1", port: 0 }) };
};

describe("POST /llm with stream", () => {
  it("says what the gateway's own stream says, in as many pieces, and never [DONE]", async () => {
    await using direct = await startEmulator();
    const said = chunksIn(await (await ask(direct.url, "llm", streamed)).text());
    await using service = await listening();
    const answer = await ask(service.url, "llm", streamed);
    assert.strictEqual(answer.status, 200);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream\b/);
    const text = await answer.text();
    assert.notInclude(text, "[DONE]");
    const contents = (chunks: ReadonlyArray<Chunk>) =>
      chunks.map(({ choices }) => choices[0].delta.content).filter((content) => content !== "");
    assert.isAbove(said.length, 5);
    assert.deepStrictEqual(contents(chunksIn(text)), contents(said));
    assert.strictEqual(chunksIn(text).at(-1)?.choices[0].finish_reason, "stop");
  });

  it("that fails before its first word is a problem with the status of the failure", async () => {
    await using service = await listening({ faults: [{ kind: "invalid" }] });
    const answer = await ask(service.url, "llm", streamed);
    const { status: statusCode, headers } = answer;
    const problem = problemOf({ statusCode, headers: Object.fromEntries(headers), body: await answer.text() });
    assert.strictEqual(problem.status, 422);
  });

  it("that breaks off ends with an event that says why, and is no whole answer", async () => {
    await using service = await listening({ faults: [{ kind: "stream-truncated", tokens: 3 }] }, { maxRetries: 0 });
    const chunks = chunksIn(await (await ask(service.url, "llm", streamed)).text());
    assert.isNotEmpty(chunks.at(-1)?.error);
    assert.nestedPropertyVal(chunks.at(-1), "code", "SLUICE-502-STREAM-TRUNCATED");
    assert.notInclude(JSON.stringify(chunks), '"finish_reason":"stop"');
  });

  it("ends at the gateway when its caller hangs up", async () => {
    await using service = await listening({ tokenMs: 60_000 });
    const call = request(`${service.url}/llm`, { method: "POST", headers: { "content-type": "application/json" } });
    call.on("error", () => undefined);
    call.on("response", (response) => response.on("error", () => undefined).once("data", () => call.destroy()));
    call.end(JSON.stringify(streamed));
    await until(() => service.emulator.journal()[0]?.end === "aborted");
    await until(() => service.emulator.connections() === 0);
  });
});
