/** What 10,000 aborted calls leave behind: nothing. */
import { LivepeerGateway } from "@sluice/core";
import { isGatewayError } from "@sluice/errors";
import { getEventListeners, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { assert, describe, it } from "vitest";

const calls = 10_000;
const atOnce = 50;

/** A gateway that takes every request and answers none; tells of each request, and of its end. */
const silentGateway = async () => {
  const waiting: Array<() => void> = [];
  const server = createServer((request) => {
    request.resume();
    waiting.shift()?.();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** When the next request has come. */
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
    connections: () =>
      new Promise<number>((resolve, reject) =>
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** What keeps the process alive, by kind. */
const resources = (): ReadonlyArray<string> =>
  process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap" || kind === "Timeout");

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("10,000 calls that are aborted while the gateway has them", () => {
  it("leave no socket, no timer and no listener", async () => {
    const silent = await silentGateway();
    const gateway = new LivepeerGateway({ gateway: silent.url });
    const before = resources().length;
    const shared = new AbortController();
    let left = calls;
    const caller = async () => {
      while (left-- > 0) {
        const own = new AbortController();
        const signal = AbortSignal.any([own.signal, shared.signal]);
        const taken = silent.next();
        const call = gateway.textToImage({ prompt: "a fox" }, { signal });
        await taken;
        own.abort();
        const error: unknown = await call.catch((reason: unknown) => reason);
        assert.isTrue(isGatewayError(error, "Aborted"));
        assert.lengthOf(getEventListeners(signal, "abort"), 0);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, caller));
    const isClean = async () => (await silent.connections()) === 0 && resources().length <= before;
    for (let turns = 0; turns < 100_000 && !(await isClean()); turns += 1) await turn();
    assert.strictEqual(await silent.connections(), 0);
    assert.isAtMost(resources().length, before);
    await gateway.close();
    silent.close();
  }, 120_000);
});
