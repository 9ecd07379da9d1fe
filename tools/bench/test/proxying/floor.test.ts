import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, assert, it } from "vitest";
import { freePort, startServer } from "../../src/proxying/startServer.ts";

const ends: Array<() => unknown> = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** The floor in front of a gateway that answers so; gives the floor's origin and the gateway. */
const inFront = async (listener: RequestListener): Promise<{ readonly origin: string; readonly gateway: Server }> => {
  const gateway = createServer(listener).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  const port = await freePort();
  const file = join(import.meta.dirname, "../../src/proxying/floor.ts");
  const behind = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const command = [process.execPath, file, String(port), behind];
  const { origin, stop } = await startServer({ port, command, pinned: false });
  ends.push(stop, () => gateway.close().closeAllConnections());
  return { origin, gateway };
};

it("passes a small request on, and its answer back, with their headers", async () => {
  const { origin } = await inFront((request, response) => {
    const pieces: Array<Buffer> = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.from([request.url, request.headers["x-one"], Buffer.concat(pieces).toString()].join(" "));
      response.writeHead(202, { "X-Two": "2", "Content-Length": body.length }).end(body);
    });
  });
  const answer = await fetch(`${origin}/a?b=c`, { method: "POST", headers: { "x-one": "1" }, body: "hello" });
  assert.deepEqual([answer.status, answer.headers.get("x-two")], [202, "2"]);
  assert.equal(await answer.text(), "/a?b=c 1 hello");
});

it("passes a large body on unchanged in both directions", async () => {
  const { origin } = await inFront((request, response) => {
    request.pipe(response);
  });
  const body = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => index % 251));
  const answer = await fetch(origin, { method: "POST", body });
  assert.isTrue(body.equals(Buffer.from(await answer.arrayBuffer())));
});

it("passes the head of a stream on before there is any of its body", async () => {
  const answered = Promise.withResolvers<() => void>();
  const { origin } = await inFront((_, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
    answered.resolve(() => response.end("data: [DONE]\n\n"));
  });
  // It resolves with the head, and the gateway sends nothing more until then.
  const answer = await fetch(origin, { method: "POST", body: "{}" });
  (await answered.promise)();
  assert.equal(await answer.text(), "data: [DONE]\n\n");
});

it("hangs up on the gateway when the caller has gone", async () => {
  const left = Promise.withResolvers<boolean>();
  const caller = new AbortController();
  const { origin } = await inFront((_, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).write("data: 1\n\n");
    response.once("close", () => left.resolve(response.writableFinished));
  });
  await fetch(origin, { method: "POST", body: "{}", signal: caller.signal });
  caller.abort();
  assert.isFalse(await left.promise);
});

it("answers 502 when the gateway hangs up without a word", async () => {
  const { origin } = await inFront((request) => request.socket.destroy());
  assert.equal((await fetch(origin, { method: "POST", body: "{}" })).status, 502);
});
