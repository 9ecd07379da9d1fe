import { ColdOrNoCapacity, StreamTruncated } from "@sluice/errors";
import type { ResultOf } from "@sluice/core/effect";
import { once } from "node:events";
import { get, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, assert, beforeEach, describe, it, vi } from "vitest";
import type { Calls } from "../../src/calls/Calls.ts";
import { EventBody } from "../../src/http/EventBody.ts";
import { failureIn, meta, type OpenaiFailure, serveOpenai } from "./serveOpenai.ts";
import { until } from "../turns.ts";

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const result: ResultOf<"llm"> = { text: "Good day.", finish_reason: "stop", usage, meta };
const asked = { messages: [{ role: "user", content: "Hello." }], model: "acme/talker", stream: true };
const url = "/v1/chat/completions";

interface Chunk {
  readonly id?: string;
  readonly choices?: ReadonlyArray<{ readonly delta: object; readonly finish_reason: string | null }>;
  readonly usage?: object | null;
  readonly error?: OpenaiFailure;
}

/** The data of each event; comments are passed over. */
const dataIn = (body: string): ReadonlyArray<string> =>
  body
    .split("\n\n")
    .filter((block) => block.startsWith("data: "))
    .map((block) => block.slice("data: ".length));

const chunksIn = (body: string): ReadonlyArray<Chunk> =>
  dataIn(body)
    .filter((data) => data !== "[DONE]")
    .map((data) => JSON.parse(data) as Chunk);

const saying =
  (...texts: ReadonlyArray<string>): Calls["chat"] =>
  async (_exchange, _input, onText) => {
    for (const text of texts) await onText(text);
    return result;
  };

const stream = (chat: Calls["chat"], fields: object = {}) => serveOpenai({ chat }).post(url, { ...asked, ...fields });

/** A call whose texts and end a test decides about. */
const held = () => {
  const end = Promise.withResolvers<ResultOf<"llm">>();
  const own: { onText?: (text: string) => Promise<void> | void; gone: boolean } = { gone: false };
  const chat: Calls["chat"] = ({ reply }, _input, onText) => {
    own.onText = onText;
    reply.raw.once("close", () => {
      own.gone = !reply.raw.writableFinished;
    });
    return end.promise;
  };
  return { chat, own, ...end };
};

describe("a streamed chat", () => {
  it("begins with the role, goes on with each text, and ends with the reason and [DONE]", async () => {
    const { statusCode, headers, body } = await stream(saying("Good", " day."));
    assert.strictEqual(statusCode, 200);
    assert.include(headers, { "cache-control": "no-cache", "x-accel-buffering": "no" });
    assert.strictEqual(headers["content-type"], "text/event-stream; charset=utf-8");
    const said = chunksIn(body).map(({ choices }) => [choices?.[0]?.delta, choices?.[0]?.finish_reason]);
    assert.deepStrictEqual(said, [
      [{ role: "assistant", content: "" }, null],
      [{ content: "Good" }, null],
      [{ content: " day." }, null],
      [{}, "stop"],
    ]);
    assert.strictEqual(dataIn(body).at(-1), "[DONE]");
    assert.lengthOf(new Set(chunksIn(body).map(({ id }) => id)), 1);
    for (const chunk of chunksIn(body)) assert.notProperty(chunk, "usage");
  });

  it("tells the usage in a last chunk without choices when asked to, and null before", async () => {
    const { body } = await stream(saying("Good day."), { stream_options: { include_usage: true } });
    const chunks = chunksIn(body);
    assert.deepInclude(chunks.at(-1), { choices: [], usage });
    for (const chunk of chunks.slice(0, -1)) assert.isNull(chunk.usage);
  });

  it("invents no usage that the gateway did not tell", async () => {
    const { usage: _, ...rest } = result;
    const { body } = await stream(async () => rest, { stream_options: { include_usage: true } });
    for (const { usage: told, choices } of chunksIn(body)) {
      assert.isNull(told);
      assert.lengthOf(choices ?? [], 1);
    }
  });

  it("without any text is whole all the same", async () => {
    const { body } = await stream(saying());
    assert.deepStrictEqual(
      chunksIn(body).map(({ choices }) => choices?.[0]?.finish_reason),
      [null, "stop"],
    );
    assert.strictEqual(dataIn(body).at(-1), "[DONE]");
  });

  it("hands on a text of any letters in one event", async () => {
    const text = "a\n\ndata: [DONE]\r\n🦊";
    const { body } = await stream(saying(text));
    assert.deepStrictEqual(chunksIn(body)[1]?.choices?.[0]?.delta, { content: text });
  });

  it("that fails before the first text is an answer with the failure's status", async () => {
    const cold = new ColdOrNoCapacity({ gateway: "test", pipeline: "llm", signal: "unavailable", status: 503 });
    const answer = await stream(() => Promise.reject(cold));
    assert.strictEqual(answer.statusCode, 503);
    assert.include(failureIn(answer), { type: "server_error", code: cold.code });
  });

  it("that fails after it tells so in an event, and does not say that it is done", async () => {
    const broken = new StreamTruncated({ gateway: "test", pipeline: "llm", delivered: 1 });
    const { statusCode, body } = await stream(async (_exchange, _input, onText) => {
      await onText("Good");
      throw broken;
    });
    assert.strictEqual(statusCode, 200);
    const last = chunksIn(body).at(-1);
    assert.include(last?.error, { type: "server_error", code: broken.code });
    assert.notInclude(body, "[DONE]");
  });
});

describe("a model that is silent for long", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const silent = async () => {
    const { chat, own, ...end } = held();
    const answer = stream(chat);
    await until(() => own.onText !== undefined);
    return { ...end, answer, say: (text: string) => own.onText?.(text) };
  };
  const waiting = ": waiting for the model\n\n";

  it("is made up for by a comment each 15 seconds, before the first text and between others", async () => {
    const { answer, say, resolve } = await silent();
    vi.advanceTimersByTime(30_000);
    void say("Good");
    vi.advanceTimersByTime(14_999);
    void say(" day.");
    vi.advanceTimersByTime(15_000);
    resolve(result);
    const { body } = await answer;
    assert.isTrue(body.startsWith(waiting + waiting + "data: "), body);
    assert.deepStrictEqual(
      body.split("\n\n").map((block) => block.startsWith(": ")),
      [true, true, false, false, false, true, false, false, false],
    );
    assert.strictEqual(vi.getTimerCount(), 0);
  });

  it("has 15 seconds in which its failure is still the answer's status", async () => {
    const { answer, reject } = await silent();
    vi.advanceTimersByTime(14_999);
    reject(new Error("secret"));
    assert.strictEqual((await answer).statusCode, 500);
    assert.strictEqual(vi.getTimerCount(), 0);
  });

  it("fails in an event after that", async () => {
    const { answer, reject } = await silent();
    vi.advanceTimersByTime(15_000);
    reject(new Error("secret"));
    const { statusCode, body } = await answer;
    assert.strictEqual(statusCode, 200);
    assert.include(chunksIn(body)[0]?.error, { code: "SLUICE-500-INTERNAL" });
    assert.notInclude(body, "secret");
    assert.notInclude(body, "[DONE]");
  });
});

describe("a streamed chat over a connection", () => {
  const opened = async () => {
    const { chat, own, ...end } = held();
    const { app } = serveOpenai({ chat });
    app.addHook("onRequest", (_request, reply, done) => {
      void reply.header("x-of-a-hook", "here");
      done();
    });
    await app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const headers = { "content-type": "application/json" };
    const outgoing = send({ port, host: "127.0.0.1", path: url, method: "POST", headers });
    outgoing.end(JSON.stringify(asked));
    await until(() => own.onText !== undefined);
    const close = async () => {
      outgoing.on("error", () => {}).destroy();
      app.server.closeAllConnections();
      await app.close();
    };
    return { app, own, outgoing, port, ...end, [Symbol.asyncDispose]: close };
  };

  it("hands on the head, with what hooks have set, and the first text at once", async () => {
    await using own = await opened();
    const response = once(own.outgoing, "response") as Promise<[IncomingMessage]>;
    void own.own.onText?.("Good");
    const [answer] = await response;
    assert.strictEqual(answer.headers["x-of-a-hook"], "here");
    const [first] = (await once(answer, "data")) as [Buffer];
    assert.include(first.toString(), '"content":"Good"');
    own.resolve(result);
    await once(answer.resume(), "end");
  });

  it("ends quietly when the caller hangs up, and the service goes on", async () => {
    await using own = await opened();
    const response = once(own.outgoing, "response");
    void own.own.onText?.("Good");
    await response;
    own.outgoing.on("error", () => {}).destroy();
    await until(() => own.own.gone);
    // The call may say more before it notices.
    await own.own.onText?.(" day.");
    own.reject(new Error("the caller has gone"));
    const [answer] = (await once(get({ port: own.port, path: "/v1/models" }), "response")) as [IncomingMessage];
    answer.resume();
    assert.strictEqual(answer.statusCode, 200);
  });
});

describe("the body of a stream", () => {
  it("holds its writer back while the reader is behind, and lets it go on when it has caught up", async () => {
    const body = new EventBody();
    assert.isUndefined(body.events("a"));
    let isFree = false;
    const behind = body.events("b".repeat(70_000))?.then(() => {
      isFree = true;
    });
    assert.isDefined(behind);
    await new Promise((resolve) => setImmediate(resolve));
    assert.isFalse(isFree);
    body.resume();
    await behind;
    assert.isTrue(isFree);
  });

  it("frees every writer, and tells a reader that is behind nothing of its being alive", async () => {
    const body = new EventBody();
    const one = body.events("b".repeat(70_000));
    const other = body.events("c");
    body.comment("waiting");
    body.end();
    const text = await body.toArray();
    await one;
    await other;
    assert.strictEqual(
      Buffer.concat(text as ReadonlyArray<Buffer>).toString(),
      `data: ${"b".repeat(70_000)}\n\ndata: c\n\n`,
    );
  });

  it("frees its writer when the reader goes, and takes no more", async () => {
    const body = new EventBody();
    const behind = body.events("b".repeat(70_000));
    body.destroy();
    await behind;
    assert.isUndefined(body.events("c"));
    body.comment("d");
    body.end();
  });
});
