import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, assert, it } from "vitest";
import { Connection } from "../../src/proxying/Connection.ts";
import { livepeerRequests } from "../../src/proxying/requests.ts";

const servers: Array<Server> = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

it("reads answers one after the other, of a length that was said and of one that was not", async () => {
  let connections = 0;
  const origin = await serve((request, response) => {
    request.resume().on("end", () => {
      if (request.url === "/llm") {
        response.write("one ");
        setImmediate(() => response.end("two 0"));
      } else response.writeHead(201, { "Content-Length": 3 }).end("abc");
    });
  });
  servers[0]?.on("connection", () => (connections += 1));
  const connection = new Connection(origin);
  const { small, stream } = livepeerRequests(origin);
  const answers = [];
  for (const request of [small, stream, small]) answers.push(await connection.ask(request));
  connection.close();
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 200, 201],
  );
  assert.match(answers[0]?.text ?? "", /\r\n\r\nabc$/);
  assert.match(answers[1]?.text ?? "", /two 0\r\n0\r\n\r\n$/);
  for (const { firstByteMs, firstBodyMs, ms } of answers) {
    assert.isTrue(0 < firstByteMs && firstByteMs <= firstBodyMs && firstBodyMs <= ms);
  }
  assert.equal(connections, 1);
});

it("sends a form whole, with every byte of the file", async () => {
  const origin = await serve((request, response) => {
    let bytes = 0;
    request.on("data", (piece: Buffer) => (bytes += piece.length));
    request.on("end", () => response.end(JSON.stringify({ bytes, said: request.headers["content-length"] })));
  });
  const connection = new Connection(origin);
  const { text } = await connection.ask(livepeerRequests(origin).upload(1_000_000));
  connection.close();
  const [, bytes, said] = /"bytes":(\d+),"said":"(\d+)"/.exec(text) ?? [];
  assert.equal(bytes, said);
  assert.isAbove(Number(bytes), 1_000_000);
});

it("rejects when the server hangs up in the middle of an answer", async () => {
  const origin = await serve((_, response) => {
    response.writeHead(200, { "Content-Length": 10 }).write("abc", () => response.destroy());
  });
  const connection = new Connection(origin);
  const failed = await connection.ask(livepeerRequests(origin).small).catch((error: unknown) => error);
  assert.match(String(failed), /closed the connection in the middle/);
});

it("opens a new connection after an answer that says it is the last one", async () => {
  const origin = await serve((request, response) => {
    request.resume().on("end", () => response.setHeader("Connection", "close").end("bye"));
  });
  const connection = new Connection(origin);
  const { small } = livepeerRequests(origin);
  assert.equal((await connection.ask(small)).status, 200);
  assert.equal((await connection.ask(small)).status, 200);
  connection.close();
});
