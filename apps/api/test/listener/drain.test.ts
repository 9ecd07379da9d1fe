import { connect } from "node:net";
import { assert, describe, it } from "vitest";
import { type Drain, drainable } from "../../src/listener/drain.ts";
import { answersIn, type Client, get, lastAnswer, listen, post, problemOf } from "./wire.ts";
import { until } from "../turns.ts";

const serve = async () => {
  const made: Array<Drain> = [];
  const service = await listen({}, (app, listener) => {
    made.push(drainable(app, listener));
    app.addContentTypeParser("multipart/form-data", (_request, _payload, done) => {
      done(null);
    });
  });
  const [drain] = made;
  assert.isDefined(drain);
  return Object.assign(service, { drain });
};

const isTaken = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });

const untilAnswered = (client: Client, count = 1) => until(() => answersIn(client.received()).length === count);

describe("a service that is told to end", () => {
  it("says so at once, and still takes requests for a while, each the last on its connection", async () => {
    await using service = await serve();
    const kept = service.client(get("/before"));
    await untilAnswered(kept);
    assert.isFalse(service.drain.isDraining);
    const end = service.drain.close({ delayMs: 200 });
    assert.isTrue(service.drain.isDraining);
    kept.send(get("/late"));
    const answers = answersIn(await kept.closed);
    assert.deepStrictEqual(
      answers.map(({ statusCode, headers }) => [statusCode, headers["connection"]]),
      [
        [200, "keep-alive"],
        [200, "close"],
      ],
    );
    assert.strictEqual(await service.ask("/new"), 200);
    await end;
    assert.isFalse(await isTaken(service.port));
    assert.deepStrictEqual(service.seen, ["/before", "/late", "/new"]);
  });

  it("takes no new connection, and finishes what is under way", async () => {
    await using service = await serve();
    const client = service.client(get("/held"));
    await until(() => service.held.length === 1);
    const end = service.drain.close();
    await until(() => !service.app.server.listening);
    assert.isFalse(await isTaken(service.port));
    service.held[0]?.send({ done: true });
    const answer = await lastAnswer(client);
    assert.strictEqual(answer.body, '{"done":true}');
    assert.strictEqual(answer.headers["connection"], "close");
    await end;
  });

  it("finishes an answer that has begun, and closes its connection", async () => {
    await using service = await serve();
    const client = service.client(get("/held"));
    await until(() => service.held.length === 1);
    service.held[0]?.raw.write("begun");
    const end = service.drain.close();
    await until(() => !service.app.server.listening);
    service.held[0]?.raw.end(", ended");
    assert.match(await client.closed, /begun[^]*, ended\r\n0\r\n\r\n$/);
    await end;
  });

  it("refuses what comes after on a kept connection, as a problem and unseen, behind the call under way", async () => {
    await using service = await serve();
    const client = service.client(get("/held"));
    await until(() => service.held.length === 1);
    const end = service.drain.close();
    await until(() => !service.app.server.listening);
    client.send(get("/next"));
    await until(() => [...service.listener.connections.all][0]?.isRefused === true);
    service.held[0]?.send({ done: true });
    const [first, second] = answersIn(await client.closed);
    assert.strictEqual(first?.body, '{"done":true}');
    assert.isDefined(second);
    assert.include(problemOf(second), { status: 503, code: "SLUICE-503-DRAINING", retryable: true });
    assert.strictEqual(second.headers["connection"], "close");
    assert.deepStrictEqual(service.seen, ["/held"]);
    await end;
  });

  const openings = {
    "says nothing": "",
    "has sent half its headers": "POST / HTTP/1.1\r\nHost: localhost\r\nContent-",
    "has sent half its body": post("/", "{}", "Content-Type: application/json").slice(0, -1),
    "has sent half a form to a handler": post("/held", "{}", "Content-Type: multipart/form-data").slice(0, -1),
  };
  for (const [what, opening] of Object.entries(openings)) {
    it(`does not wait for a client that ${what}`, async () => {
      await using service = await serve();
      const client = service.client(opening);
      const received = () => [...service.listener.connections.all][0]?.socket.bytesRead;
      await until(() => received() === opening.length);
      await service.drain.close();
      const told = await client.closed;
      // Who is sending a body is told to send it elsewhere.
      if (what.includes("body") || what.includes("form")) assert.include(told, "SLUICE-503-DRAINING");
      else assert.strictEqual(told, "");
    });
  }

  it("does not wait for one that has its answer and keeps its connection", async () => {
    await using service = await serve();
    const client = service.client(get("/"));
    await untilAnswered(client);
    await service.drain.close();
    assert.lengthOf(answersIn(await client.closed), 1);
  });

  it("cuts off what is not finished in time", async () => {
    await using service = await serve();
    const client = service.client(get("/held"));
    await until(() => service.held.length === 1);
    await service.drain.close({ finishMs: 20 });
    assert.strictEqual(await client.closed, "");
  });

  it("ends once, however often it is told", async () => {
    await using service = await serve();
    assert.strictEqual(service.drain.close(), service.drain.close({ delayMs: 60_000 }));
    await service.drain.close();
  });

  it("drains when it is closed in Fastify's way", async () => {
    await using service = await serve();
    service.client();
    const client = service.client(get("/held"));
    await until(() => service.held.length === 1);
    const end = service.app.close();
    await until(() => !service.app.server.listening);
    assert.isTrue(service.drain.isDraining);
    service.held[0]?.send({ done: true });
    assert.strictEqual((await lastAnswer(client)).statusCode, 200);
    await end;
  });
});
