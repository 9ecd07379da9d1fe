/** What the promises of the door promise: their errors, their ends, and that nothing is left behind. */
import { isGatewayError, LivepeerGateway } from "@sluice/core";
import { connect, stream } from "@sluice/core/standalone";
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, assert, beforeEach, describe, it } from "vitest";

const fox = { prompt: "a fox", seed: 7, width: 64, height: 64 };
const messages = [{ role: "user" as const, content: "Tell me of locks and sluices" }];

const turn = () => new Promise((resolve) => setImmediate(resolve));

const until = async (holds: () => boolean) => {
  while (!holds()) await turn();
};

const reasonOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => assert.fail("the call succeeded"),
    (error: unknown) => error,
  );

const open = async (settings: EmulatorSettings = {}) => {
  const emulator = await startEmulator(settings);
  const gateway = new LivepeerGateway({ gateway: emulator.url });
  const close = async () => {
    await gateway.close();
    await emulator.close();
  };
  return { emulator, gateway, [Symbol.asyncDispose]: close };
};

describe("a pending call", () => {
  const unhandled: Array<unknown> = [];
  const note = (reason: unknown) => unhandled.push(reason);
  const others = process.listeners("unhandledRejection");
  beforeEach(() => {
    unhandled.length = 0;
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", note);
  });
  afterEach(() => {
    process.off("unhandledRejection", note);
    for (const other of others) process.on("unhandledRejection", other);
  });

  it("gives the gateway's own answer beside the result", async () => {
    await using at = await open();
    const { data, response } = await at.gateway.textToImage(fox).withResponse();
    assert.strictEqual(response.status, 200);
    assert.strictEqual(response.headers.get("content-type"), "application/json");
    const body = (await response.json()) as { readonly images: ReadonlyArray<{ readonly seed: number }> };
    assert.strictEqual(body.images[0]?.seed, data.images[0]?.seed);
  });

  it.each(["the result alone", "both", "the answer alone"])(
    "that fails leaves no rejection to those who await %s",
    async (what) => {
      await using at = await open({ faults: [{ kind: "unauthorized" }] });
      const call = at.gateway.textToImage(fox);
      const asked = [
        ...(what === "the answer alone" ? [] : [reasonOf(call)]),
        ...(what === "the result alone" ? [] : [reasonOf(call.withResponse())]),
      ];
      for (const error of await Promise.all(asked)) assert.isTrue(isGatewayError(error, "Unauthorized"));
      await turn();
      assert.deepStrictEqual(unhandled, []);
    },
  );

  it("that fails and is not awaited is told to the process", async () => {
    await using at = await open({ faults: [{ kind: "unauthorized" }] });
    void at.gateway.textToImage(fox);
    await until(() => unhandled.length > 0);
    assert.isTrue(isGatewayError(unhandled[0], "Unauthorized"));
  });

  it("rejects with an Error that has a name, a stack, a code and the attempts", async () => {
    await using at = await open({ faults: [{ kind: "unauthorized" }] });
    const error = await reasonOf(at.gateway.textToImage(fox));
    assert.instanceOf(error, Error);
    if (!isGatewayError(error)) throw error;
    assert.deepInclude(error, { name: "Unauthorized", _tag: "Unauthorized", mayHaveRun: false });
    assert.match(error.stack ?? "", /Unauthorized/);
    assert.strictEqual(error.attempts.length, 1);
    assert.isTrue(isGatewayError(error, "RateLimited", "Unauthorized"));
    assert.isFalse(isGatewayError(error, "RateLimited"));
  });
});

describe("a signal", () => {
  it("that is aborted already sends nothing", async () => {
    await using at = await open();
    const error = await reasonOf(at.gateway.textToImage(fox, { signal: AbortSignal.abort(new Error("no need")) }));
    assert.isTrue(isGatewayError(error, "Aborted"));
    if (isGatewayError(error, "Aborted")) assert.deepInclude(error, { mayHaveRun: false, inFlight: false });
    assert.strictEqual((error as Error & { readonly cause: Error }).cause.message, "no need");
    assert.lengthOf(at.emulator.journal(), 0);
  });

  it("ends a call that is with the gateway, and says that it may have run", async () => {
    await using at = await open({ latencyMs: 60_000 });
    const control = new AbortController();
    const error = reasonOf(at.gateway.textToImage(fox, { signal: control.signal }));
    await until(() => at.emulator.journal().length === 1);
    control.abort();
    assert.deepInclude((await error) as object, { _tag: "Aborted", mayHaveRun: true });
  });

  it("that is aborted after the end changes nothing", async () => {
    await using at = await open();
    const control = new AbortController();
    const { images } = await at.gateway.textToImage(fox, { signal: control.signal });
    control.abort();
    assert.lengthOf(images, 1);
    assert.isAbove((await images[0]?.bytes())?.length ?? 0, 0);
  });

  it("ends a file's stream also when its first bytes have come", async () => {
    let closed = false;
    const server = createServer((request, response) => {
      request.socket.on("close", () => (closed = true));
      response.write("the first bytes of many".padEnd(64));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await using gateway = connect({ gateway: url });
    const control = new AbortController();
    const reader = (await stream(gateway, { url }, { signal: control.signal })).getReader();
    assert.strictEqual((await reader.read()).value?.length, 64);
    control.abort();
    assert.isTrue(isGatewayError(await reasonOf(reader.read()), "Aborted"));
    await until(() => closed);
    assert.lengthOf(getEventListeners(control.signal, "abort"), 0);
    server.close();
  });

  it("of ten thousand aborted calls keeps no listener", async () => {
    await using at = await open({ latencyMs: 60_000 });
    const control = new AbortController();
    const calls = Array.from({ length: 10_000 }, () =>
      reasonOf(at.gateway.textToImage(fox, { signal: control.signal })),
    );
    assert.lengthOf(getEventListeners(control.signal, "abort"), 10_000);
    control.abort();
    const tags = new Set((await Promise.all(calls)).map((error) => (error as { readonly _tag: string })._tag));
    assert.deepStrictEqual([...tags], ["Aborted"]);
    assert.lengthOf(getEventListeners(control.signal, "abort"), 0);
  });

  it("that lives on keeps no listener of a call, a file or a chat that ended", async () => {
    await using at = await open();
    const { signal } = new AbortController();
    const { images } = await at.gateway.textToImage(fox, { signal });
    await images[0]?.bytes({ signal });
    await new Response(await images[0]?.stream({ signal })).bytes();
    await at.gateway.chat({ messages, stream: true }, { signal }).final();
    for await (const _ of at.gateway.chat({ messages, stream: true }, { signal })) break;
    await turn();
    assert.lengthOf(getEventListeners(signal, "abort"), 0);
  });
});

describe("closing", () => {
  it("ends calls, files and chats that are under way", async () => {
    await using at = await open({ latencyMs: 60_000 });
    const call = reasonOf(at.gateway.textToImage(fox));
    const chat = reasonOf(at.gateway.chat({ messages, stream: true }).final());
    await until(() => at.emulator.journal().length === 2);
    await at.gateway.close();
    for (const error of await Promise.all([call, chat])) assert.isTrue(isGatewayError(error, "Aborted"), String(error));
  });

  it("may be done twice, and by leaving a scope", async () => {
    await using at = await open();
    const call = await (async () => {
      await using gateway = new LivepeerGateway({ gateway: at.emulator.url });
      await gateway.textToImage(fox);
      const late = gateway.textToImage({ ...fox, seed: 8 }).catch((error: unknown) => error);
      await gateway.close();
      return await late;
    })();
    assert.isTrue(isGatewayError(await call, "Aborted"));
  });
});

describe("a chat's stream", () => {
  it("gives its pieces in order, and then the whole", async () => {
    await using at = await open();
    const stream = at.gateway.chat({ messages, stream: true });
    const pieces: Array<string> = [];
    for await (const { text } of stream) pieces.push(text);
    const { text, meta } = await stream.final();
    assert.strictEqual(pieces.join(""), text);
    assert.notStrictEqual(text, "");
    assert.strictEqual(meta.attempts.length, 1);
  });

  it("is read to its end by whoever only wants the whole", async () => {
    await using at = await open();
    const whole = await at.gateway.chat({ messages });
    assert.strictEqual((await at.gateway.chat({ messages, stream: true }).final()).text, whole.text);
  });

  it("is the body of an answer", async () => {
    await using at = await open();
    const stream = at.gateway.chat({ messages, stream: true });
    const text = await new Response(stream.toReadableStream()).text();
    assert.strictEqual(text, (await stream.final()).text);
  });

  it("cannot be read twice", async () => {
    await using at = await open();
    const stream = at.gateway.chat({ messages, stream: true });
    await stream.final();
    const again = async () => {
      for await (const _ of stream) assert.fail("it was read twice");
    };
    assert.instanceOf(await reasonOf(again()), TypeError);
  });

  it.each(["leaving the loop", "cancelling the body", "the signal"])("ends its call by %s", async (how) => {
    await using at = await open({ tokenMs: 60_000 });
    const control = new AbortController();
    const stream = at.gateway.chat({ messages, stream: true }, { signal: control.signal });
    if (how === "leaving the loop") for await (const _ of stream) break;
    else if (how === "cancelling the body") {
      const reader = stream.toReadableStream().getReader();
      await reader.read();
      await reader.cancel();
    } else {
      const pieces = stream[Symbol.asyncIterator]();
      await pieces.next();
      control.abort();
      assert.isTrue(isGatewayError(await reasonOf(pieces.next()), "Aborted"));
    }
    assert.isTrue(isGatewayError(await reasonOf(stream.final()), "Aborted"));
  });

  it("that fails before its first piece throws what the call failed with", async () => {
    await using at = await open({ faults: [{ kind: "unauthorized" }] });
    const stream = at.gateway.chat({ messages, stream: true });
    assert.isTrue(isGatewayError(await reasonOf(stream[Symbol.asyncIterator]().next()), "Unauthorized"));
    assert.isTrue(isGatewayError(await reasonOf(stream.final()), "Unauthorized"));
  });
});
