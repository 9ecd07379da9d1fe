/** The end of a client: what is under way is aborted and cleaned up, what comes later is refused, and what is there is kept. */
import { isGatewayError, LivepeerGateway, toFile } from "@sluice/core";
import { LivepeerProxy } from "@sluice/core/browser";
import type { GatewayError } from "@sluice/errors";
import { startEmulator } from "@sluice/emulator";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, assert, describe, it } from "vitest";

const turn = () => new Promise((resolve) => setImmediate(resolve));

const until = async (holds: () => boolean) => {
  while (!holds()) await turn();
};

const cleanUps: Array<() => void> = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** A gateway that gives one image, whose file is the listener's. */
const gatewayWith = async (file: RequestListener) => {
  const seen = { files: 0, closed: 0 };
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      response.end('{"images":[{"url":"/a.png","seed":1,"nsfw":false}]}');
      return;
    }
    seen.files += 1;
    request.socket.once("close", () => (seen.closed += 1));
    file(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/** Both doors for promises. */
const doors = [
  ["LivepeerGateway", (url: string) => new LivepeerGateway({ gateway: url })],
  ["LivepeerProxy", (url: string) => new LivepeerProxy({ proxyUrl: url })],
] as const;

const small = { prompt: "a fox", width: 64, height: 64 };

const errorOf = async (call: PromiseLike<unknown>): Promise<GatewayError> => {
  const error: unknown = await call.then(
    () => assert.fail("it succeeded"),
    (reason: unknown) => reason,
  );
  if (!isGatewayError(error)) throw error;
  return error;
};

describe.each(doors)("a %s that is closed", (_, make) => {
  it("refuses every call at once, and sends nothing", async () => {
    const { seen, url } = await gatewayWith(() => undefined);
    const gateway = make(url);
    const { images } = await gateway.textToImage(small);
    await gateway.close();
    const calls: ReadonlyArray<PromiseLike<unknown>> = [
      gateway.textToImage(small),
      gateway.textToImage(small, { signal: new AbortController().signal }),
      gateway.chat({ messages: [{ role: "user", content: "Hi" }] }),
      gateway.chat({ messages: [{ role: "user", content: "Hi" }], stream: true }).final(),
      gateway.upscale({ prompt: "a fox", image: new Uint8Array(9) }),
      images[0]!.bytes(),
      images[0]!.stream(),
    ];
    for (const call of calls) {
      const error = await errorOf(call);
      assert.include(error, { _tag: "InvalidConfiguration", retryable: false, mayHaveRun: false });
      assert.match(error.message, /this client has been closed/);
      assert.match(error.fix, /Make a new one/);
      assert.lengthOf(error.attempts, 0);
    }
    assert.strictEqual(seen.files, 0);
    await gateway.close();
  });

  it("ends a chat's loop with the refusal", async () => {
    const { url } = await gatewayWith(() => undefined);
    const gateway = make(url);
    await gateway.close();
    const stream = gateway.chat({ messages: [{ role: "user", content: "Hi" }], stream: true });
    const loop = async () => {
      for await (const _ of stream) assert.fail("a piece came");
    };
    assert.include(await errorOf(loop()), { _tag: "InvalidConfiguration" });
  });

  it("ends a file's stream that is being read with Aborted", async () => {
    const { seen, url } = await gatewayWith((_, response) => response.write(Buffer.alloc(1_000)));
    const gateway = make(url);
    const { images } = await gateway.textToImage(small);
    const reader = (await images[0]!.stream()).getReader();
    assert.strictEqual((await reader.read()).value?.length, 1_000);
    const next = errorOf(reader.read());
    await gateway.close();
    assert.include(await next, { _tag: "Aborted", pipeline: "download" });
    await until(() => seen.closed === 1);
  });
});

describe.each(doors)("the stream of a file of %s", (_, make) => {
  const reading = async (signal: AbortSignal) => {
    const { seen, url } = await gatewayWith((_, response) => response.write(Buffer.alloc(1_000)));
    const gateway = make(url);
    const { images } = await gateway.textToImage(small);
    return { seen, gateway, reader: (await images[0]!.stream({ signal })).getReader() };
  };

  it("ends with Aborted when its signal says so, also where nobody reads", async () => {
    const control = new AbortController();
    const { seen, gateway, reader } = await reading(control.signal);
    control.abort(new Error("enough"));
    await until(() => seen.closed === 1);
    const error = await errorOf(reader.closed);
    assert.include(error, { _tag: "Aborted", pipeline: "download", mayHaveRun: true });
    assert.strictEqual((error.cause as Error).message, "enough");
    await gateway.close();
  });

  it("hangs up when it is cancelled, and that is no failure", async () => {
    const { seen, gateway, reader } = await reading(new AbortController().signal);
    await reader.cancel();
    await until(() => seen.closed === 1);
    assert.deepStrictEqual(await reader.read(), { done: true, value: undefined });
    await gateway.close();
  });

  it("is none when it was aborted before its first bytes", async () => {
    const { seen, url } = await gatewayWith(() => undefined);
    const gateway = make(url);
    const { images } = await gateway.textToImage(small);
    const control = new AbortController();
    const error = errorOf(images[0]!.stream({ signal: control.signal }));
    await until(() => seen.files === 1);
    control.abort();
    assert.include(await error, { _tag: "Aborted" });
    await gateway.close();
  });
});

describe("close", () => {
  it("resolves when half a file is gone from the disk, and a long stream's file too", async () => {
    const spooled = () => readdirSync(tmpdir()).filter((name) => /^sluice-[0-9a-f]{8}-/.test(name));
    const before = new Set(spooled());
    const own = () => spooled().filter((name) => !before.has(name));
    const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
    cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
    const { url } = await gatewayWith((_, response) => response.write(Buffer.alloc(1_000_000)));
    const gateway = new LivepeerGateway({ gateway: url });
    const { images } = await gateway.textToImage(small);
    const saved = errorOf(images[0]!.save(join(folder, "fox.png")));
    const stream = new Readable({ read: () => undefined });
    stream.push(Buffer.alloc(2_000_000));
    const sent = errorOf(gateway.upscale({ prompt: "a fox", image: toFile(stream) }));
    await until(() => readdirSync(folder).length === 1 && own().length === 1);
    await gateway.close();
    assert.deepStrictEqual(readdirSync(folder), []);
    assert.deepStrictEqual(own(), []);
    assert.include(await saved, { _tag: "Aborted" });
    assert.include(await sent, { _tag: "Aborted", mayHaveRun: false });
  });

  it("keeps what had come of a chat", async () => {
    await using emulator = await startEmulator({});
    const gateway = new LivepeerGateway({ gateway: emulator.url });
    const stream = gateway.chat({ messages: [{ role: "user", content: "Hi" }], stream: true });
    const pieces: Array<string> = [];
    for await (const { text } of stream) {
      pieces.push(text);
      if (pieces.length > 1) continue;
      await until(() => emulator.journal()[0]?.end === "answered");
      // What was sent has come when the client has had its turns.
      for (let turns = 0; turns < 100; turns += 1) await turn();
      await gateway.close();
    }
    const { text } = await stream.final();
    assert.strictEqual(pieces.join(""), text);
    assert.isAbove(pieces.length, 1);
  });
});
