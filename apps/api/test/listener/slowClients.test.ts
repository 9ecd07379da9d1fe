import { assert, describe, it } from "vitest";
import type { Listener } from "../../src/listener/Listener.ts";
import { listenerLimits, type ListenerLimits } from "../../src/listener/limits.ts";
import { dropSlowClients } from "../../src/listener/slowClients.ts";
import { answersIn, get, head, lastAnswer, listen, post, problemOf, standingClock } from "./wire.ts";
import { until } from "../turns.ts";

const openIn = ({ connections }: Listener) => [...connections.all];

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** More than the system holds for a client that reads nothing. */
const some = 10_000_000;
const image = Buffer.alloc(3 * some, "x");

/** With the limits that it ships with, but looked at all the time, on a clock of the test's own. */
const serve = async (limits: Partial<ListenerLimits> = {}) => {
  const clock = standingClock();
  const service = await listen({ now: clock.now, limits: { sweepMs: 2, ...limits } }, (app, listener) => {
    app.get("/image", (_, reply) => reply.send(image));
    // As a plugin for forms has it: the handler reads.
    app.addContentTypeParser("multipart/form-data", (_request, _payload, done) => {
      done(null);
    });
    app.post("/late", async ({ raw }) => {
      await new Promise((resolve) => raw.once("close", resolve));
      return { late: true };
    });
    dropSlowClients(app, listener);
  });
  const { silentMs, bodyMs, uploadMs, stallMs, keepAliveMs, headersMs } = listenerLimits;
  return Object.assign(service, { clock, silentMs, bodyMs, uploadMs, stallMs, idleMs: keepAliveMs + headersMs });
};

describe("a client that says nothing", () => {
  it("is dropped without a word when its time is over, and not before", async () => {
    await using service = await serve();
    const client = service.client();
    await until(() => openIn(service.listener).length === 1);
    await service.clock.pass(service.silentMs - 1);
    await service.clock.swept();
    assert.lengthOf(openIn(service.listener), 1);
    await service.clock.pass(1);
    assert.strictEqual(await client.closed, "");
    await until(() => openIn(service.listener).length === 0);
  });

  it("is not kept by empty lines, which begin no request", async () => {
    await using service = await serve();
    const client = service.client("\r\n");
    await until(() => openIn(service.listener)[0]?.socket.bytesRead === 2);
    await service.clock.pass(service.idleMs - 1);
    client.send("\r\n");
    await until(() => openIn(service.listener)[0]?.socket.bytesRead === 4);
    await service.clock.pass(1);
    assert.strictEqual(await client.closed, "");
  });

  it("may be silent between two requests for as long as a connection is kept", async () => {
    await using service = await serve();
    const client = service.client(get("/one"));
    await until(() => answersIn(client.received()).length === 1);
    await until(() => openIn(service.listener)[0]?.calls.size === 0);
    await service.clock.pass(service.idleMs - 1);
    await service.clock.swept();
    client.send(get("/two"));
    await until(() => answersIn(client.received()).length === 2);
    assert.deepStrictEqual(service.seen, ["/one", "/two"]);
  });

  it("is dropped on a kept connection by Node", async () => {
    await using service = await serve({ keepAliveMs: 1 });
    // Node adds a second of its own, which no test should wait for.
    assert.strictEqual(service.app.server.keepAliveTimeout, 1);
    assert.strictEqual(service.app.server.maxConnections, listenerLimits.connections);
  });
});

describe("a body that does not arrive", () => {
  const json = "Content-Type: application/json";
  const form = "Content-Type: multipart/form-data; boundary=x";
  const half = (path: string, ...headers: ReadonlyArray<string>) => post(path, "{}", ...headers).slice(0, -1);

  it("is a problem with 408 when its time is over, and not before", async () => {
    await using service = await serve();
    const client = service.client(half("/", json, "X-Request-Id: mine"));
    await until(() => openIn(service.listener)[0]?.calls.size === 1);
    await service.clock.pass(service.bodyMs - 1);
    await service.clock.swept();
    assert.strictEqual(client.received(), "");
    await service.clock.pass(1);
    const answer = await lastAnswer(client);
    assert.include(problemOf(answer), { status: 408, code: "SLUICE-408-SLOW", requestId: "mine", mayHaveRun: false });
    assert.strictEqual(answer.headers["connection"], "close");
    assert.isEmpty(service.seen);
    assert.isEmpty(service.log);
  });

  it("in chunks is the same", async () => {
    await using service = await serve();
    const opening = head("POST / HTTP/1.1", "Host: localhost", json, "Transfer-Encoding: chunked");
    const client = service.client(`${opening}1\r\n{\r\n`);
    await until(() => openIn(service.listener)[0]?.calls.size === 1);
    await service.clock.pass(service.bodyMs);
    assert.strictEqual(problemOf(await lastAnswer(client)).status, 408);
  });

  it("has longer when it is a form, which a handler may be reading already", async () => {
    await using service = await serve();
    const client = service.client(half("/held", form));
    await until(() => service.held.length === 1);
    await service.clock.pass(service.uploadMs - 1);
    await service.clock.swept();
    assert.strictEqual(client.received(), "");
    await service.clock.pass(1);
    const { status, requestId } = problemOf(await lastAnswer(client));
    assert.strictEqual(status, 408);
    assert.strictEqual(requestId, service.held[0]?.request.id);
    assert.isEmpty(service.log);
  });

  it("does not trouble the log when its handler ends later than it", async () => {
    await using service = await serve();
    const client = service.client(half("/late", form));
    await until(() => openIn(service.listener)[0]?.calls.size === 1);
    await service.clock.pass(service.uploadMs);
    assert.strictEqual(problemOf(await lastAnswer(client)).status, 408);
    await turns(10);
    assert.isEmpty(service.log);
  });

  it("is not waited for after an answer that has begun", async () => {
    await using service = await serve();
    const client = service.client(half("/held", form));
    await until(() => service.held.length === 1);
    service.held[0]?.raw.write("begun");
    await until(() => client.received().includes("begun"));
    await service.clock.pass(service.uploadMs);
    assert.match(await client.closed, /^HTTP\/1\.1 200 [^]*begun\r\n$/);
  });
});

describe("a client that waits", () => {
  it("for a model is never slow, however long that takes", async () => {
    await using service = await serve();
    const client = service.client(post("/held", "{}", "Content-Type: application/json", "Connection: close"));
    await until(() => service.held.length === 1);
    for (let hours = 0; hours < 3; hours += 1) await service.clock.pass(3_600_000);
    await service.clock.swept();
    service.held[0]?.send({ done: true });
    assert.strictEqual((await lastAnswer(client)).body, '{"done":true}');
  });
});

describe("a client that does not read its answer", () => {
  const pausing = async () => {
    const service = await serve();
    const client = service.client();
    client.pause();
    client.send(get("/image"));
    await until(() => (openIn(service.listener)[0]?.socket.writableLength ?? 0) > 0);
    await service.clock.swept();
    await service.clock.swept();
    return { service, client };
  };

  it("is dropped when it took no byte for too long, and not before", async () => {
    const { service } = await pausing();
    await using _ = service;
    await service.clock.pass(service.stallMs - 1);
    await service.clock.swept();
    assert.lengthOf(openIn(service.listener), 1);
    await service.clock.pass(1);
    await until(() => openIn(service.listener).length === 0);
  });

  it("is not dropped when it reads slowly, within one chunk as well", async () => {
    const { service, client } = await pausing();
    await using _ = service;
    await service.clock.pass(service.stallMs - 1);
    client.resume();
    await until(() => client.received().length > some);
    client.pause();
    await service.clock.swept();
    await service.clock.swept();
    await service.clock.pass(service.stallMs - 1);
    await service.clock.swept();
    client.resume();
    await until(() => answersIn(client.received()).length === 1);
    assert.lengthOf(openIn(service.listener), 1);
  });
});

describe("the sweep", () => {
  it("leaves nothing behind on a connection, however many requests come on it", async () => {
    await using service = await serve();
    const client = service.client();
    const counts = new Set<string>();
    for (let request = 1; request <= 30; request += 1) {
      client.send(post("/", "{}", "Content-Type: application/json"));
      await until(() => answersIn(client.received()).length === request);
      await until(() => openIn(service.listener)[0]?.calls.size === 0);
      await service.clock.swept();
      const { socket } = openIn(service.listener)[0] ?? {};
      counts.add((socket?.eventNames() ?? []).map((name) => `${String(name)} ${socket?.listenerCount(name)}`).join());
    }
    assert.strictEqual(counts.size, 1);
  });

  it("ends with the service", async () => {
    const service = await serve();
    await service[Symbol.asyncDispose]();
    const isOver = await Promise.race([service.clock.swept().then(() => false), turns(5_000).then(() => true)]);
    assert.isTrue(isOver);
  });
});
