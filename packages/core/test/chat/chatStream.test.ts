/** A chat's stream through the Promise door, on the emulator: read in a loop, whole, as bytes, and left. */
import { isGatewayError, LivepeerGateway, type LivepeerGatewayOptions } from "@sluice/core";
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, assert, beforeEach, describe, it } from "vitest";
import { event } from "./sse.ts";

const chat = { messages: [{ role: "user", content: "Grüß Gott 🦊" }], stream: true } as const;
const said = "There is no language model here. You said: Grüß Gott 🦊";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (holds: () => boolean) => {
  while (!holds()) await turn();
};

const opened = async (settings: EmulatorSettings = {}, options: LivepeerGatewayOptions = {}) => {
  const emulator = await startEmulator(settings);
  const gateway = new LivepeerGateway({ gateway: emulator.url, ...options });
  const close = async () => {
    await gateway.close();
    await until(() => emulator.connections() === 0);
    await emulator.close();
  };
  return { emulator, gateway, [Symbol.asyncDispose]: close };
};

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );

const stray: Array<unknown> = [];
const note = (reason: unknown) => void stray.push(reason);
beforeEach(() => {
  stray.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(async () => {
  await turn();
  process.off("unhandledRejection", note);
  assert.isEmpty(stray);
});

describe("chat({ stream: true })", () => {
  it("is read in a loop, token by token, and its whole has what a result has", async () => {
    await using own = await opened({ tokenMs: 1 });
    const stream = own.gateway.chat(chat);
    const texts: Array<string> = [];
    for await (const { text } of stream) texts.push(text);
    assert.lengthOf(texts, 11);
    assert.strictEqual(texts.join(""), said);
    const { meta, ...whole } = await stream.final();
    assert.include(whole, { text: said, finish_reason: "stop" });
    assert.deepStrictEqual(whole.usage, { completion_tokens: 11, prompt_tokens: 3, total_tokens: 14 });
    assert.strictEqual(meta.cost.units, BigInt(own.emulator.journal()[0]?.units ?? 0));
    assert.lengthOf(meta.attempts, 1);
    // The connection was not given up.
    assert.strictEqual(own.emulator.connections(), 1);
  });

  it("gives its whole without a loop", async () => {
    await using own = await opened();
    assert.strictEqual((await own.gateway.chat(chat).final()).text, said);
  });

  it("is the body of a Response, whose whole is there as well", async () => {
    await using own = await opened();
    const stream = own.gateway.chat(chat);
    const response = new Response(stream.toReadableStream());
    const whole = stream.final();
    assert.strictEqual(await response.text(), said);
    assert.strictEqual((await whole).text, said);
  });

  it("can be read by one", async () => {
    await using own = await opened();
    const stream = own.gateway.chat(chat);
    const first = stream[Symbol.asyncIterator]();
    assert.throws(() => stream[Symbol.asyncIterator](), TypeError, "can be read once");
    assert.throws(() => stream.toReadableStream(), TypeError, "can be read once");
    await first.return?.();
  });

  it("throws StreamTruncated when what had come has been read", async () => {
    await using own = await opened({ faults: [{ kind: "stream-truncated", tokens: 4 }] });
    const stream = own.gateway.chat(chat);
    let text = "";
    const read = async () => {
      for await (const piece of stream) text += piece.text;
    };
    const error = await caught(read());
    assert.isTrue(isGatewayError(error, "StreamTruncated"));
    assert.deepInclude(error, { delivered: 4 });
    assert.strictEqual(text, "There is no language");
    assert.strictEqual(await caught(stream.final()), error);
    assert.lengthOf(own.emulator.journal(), 1);
  });

  it("throws the same for a reset connection and for the runner's error, also to a body", async () => {
    for (const kind of ["stream-reset", "stream-error", "stream-empty-chunk"] as const) {
      await using own = await opened({ faults: [{ kind, tokens: 2 }] });
      const body = own.gateway.chat(chat).toReadableStream();
      assert.isTrue(isGatewayError(await caught(new Response(body).text()), "StreamTruncated"), kind);
      assert.lengthOf(own.emulator.journal(), 1);
    }
  });

  it("is tried again when it ends before its first token", async () => {
    await using own = await opened({ faults: [{ kind: "stream-truncated", tokens: 0, times: 1 }] });
    const { text, meta } = await own.gateway.chat(chat).final();
    assert.strictEqual(text, said);
    assert.lengthOf(meta.attempts, 2);
  });

  it("that is not read harms nobody, whether it fails or not", async () => {
    await using failing = await opened({ faults: [{ kind: "unauthorized" }] });
    failing.gateway.chat(chat);
    failing.gateway.chat({ messages: [], stream: true });
    await until(() => failing.emulator.journal()[0]?.end === "answered");
    await turn();
  });
});

describe("a chat's stream that is left", () => {
  const slow: EmulatorSettings = { firstTokenMs: 1, faults: [{ kind: "slow-tokens", ms: 60_000 }] };
  const gone = async ({ emulator }: Awaited<ReturnType<typeof opened>>) => {
    await until(() => emulator.connections() === 0);
    assert.strictEqual(emulator.journal().at(-1)?.end, "aborted");
  };

  it("in the loop, ends its call and its connection", async () => {
    await using own = await opened(slow);
    const stream = own.gateway.chat(chat);
    for await (const { text } of stream) {
      assert.strictEqual(text, "There");
      break;
    }
    await gone(own);
    assert.isTrue(isGatewayError(await caught(stream.final()), "Aborted"));
  });

  it("while a token is awaited, ends too: by return(), as a body whose client has gone, by the signal, by close()", async () => {
    const reader = new AbortController();
    const ways = [
      (own) => {
        const pieces = own.gateway.chat(chat)[Symbol.asyncIterator]();
        const next = caught(pieces.next());
        return [next, async () => pieces.return?.()];
      },
      (own) => {
        const body = own.gateway.chat(chat).toReadableStream().getReader();
        const next = caught(body.read().then(({ done }) => Promise.reject(new Error(`done: ${done}`))));
        return [next, () => body.cancel()];
      },
      (own) => [
        caught(own.gateway.chat(chat, { signal: reader.signal }).final()),
        () => {
          reader.abort();
          return Promise.resolve();
        },
      ],
      (own) => [caught(own.gateway.chat(chat).final()), () => own.gateway.close()],
    ] satisfies ReadonlyArray<
      (own: Awaited<ReturnType<typeof opened>>) => readonly [next: Promise<unknown>, leave: () => Promise<unknown>]
    >;
    for (const [place, begin] of ways.entries()) {
      await using own = await opened({ faults: [{ kind: "slow-first-token", ms: 60_000 }] });
      const [next, leave] = begin(own);
      await until(() => own.emulator.journal()[0]?.status === 200);
      await leave();
      const error = await next;
      if (place === 1) assert.deepInclude(error, { message: "done: true" });
      else assert.isTrue(isGatewayError(error, "Aborted"), `${place}: ${String(error)}`);
      await gone(own);
    }
  });

  it("before it began, sends nothing, and its reader is told", async () => {
    await using own = await opened();
    const stream = own.gateway.chat(chat, { signal: AbortSignal.abort() });
    const read = async () => {
      for await (const piece of stream) assert.fail(piece.text);
    };
    assert.isTrue(isGatewayError(await caught(read()), "Aborted"));
    assert.isEmpty(own.emulator.journal());
  });

  it("without having been read, by return(), ends too", async () => {
    await using own = await opened(slow);
    const pieces = own.gateway.chat(chat)[Symbol.asyncIterator]();
    await until(() => own.emulator.journal()[0]?.status === 200);
    assert.deepStrictEqual(await pieces.return?.(), { done: true, value: undefined });
    await gone(own);
  });
});

describe("a reader that does not read", () => {
  it("holds the gateway back on the wire, and gets the rest when it reads", async () => {
    const events = 200_000;
    let sent = 0;
    let drains = 0;
    const server = createServer((_, response: ServerResponse) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const more = () => {
        while (sent < events) {
          sent += 1;
          if (!response.write(event("a token "))) return;
        }
        response.end(event("", "stop"));
      };
      response.on("drain", () => {
        drains += 1;
        more();
      });
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const gateway = new LivepeerGateway({ gateway: url });
    const stream = gateway.chat(chat);
    // What has not changed for so many turns will not change.
    for (let [still, seen] = [0, 0]; still < 2_000; still += 1) {
      await turn();
      if (sent !== seen || sent === 0) [still, seen] = [0, sent];
    }
    const held = sent;
    // Of 40 MB, what the system's buffers take.
    assert.isBelow(held, events / 2);
    let read = 0;
    for await (const _ of stream) read += 1;
    assert.strictEqual(read, events);
    assert.isAbove(drains, 0);
    await gateway.close();
    server.close();
  });
});
