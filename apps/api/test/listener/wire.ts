/** A bare service behind a listener of its own, and clients that write what they like. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type AddressInfo, connect } from "node:net";
import { Writable } from "node:stream";
import { assert } from "vitest";
import { answerErrors } from "../../src/http/answerError.ts";
import { Problem, problemType } from "../../src/http/problem.ts";
import { requestIdOf } from "../../src/http/requestId.ts";
import { Listener, type ListenerOptions } from "../../src/listener/Listener.ts";
import { until } from "../turns.ts";

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Client {
  readonly send: (text: string) => void;
  readonly received: () => string;
  /** Reads no more, or again. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly isClosed: () => boolean;
  /** All that was received until the service, or this, closed the connection. */
  readonly closed: Promise<string>;
  readonly leave: () => void;
}

type Build = (app: FastifyInstance, listener: Listener) => void;

/** Answers every path with `{"path": …}`; `seen` has the paths that reached a handler. */
export const listen = async (options: ListenerOptions = {}, build: Build = () => undefined) => {
  const listener = new Listener(options);
  const log: Array<string> = [];
  const stream = new Writable({
    write: (line: Buffer, _, done) => {
      log.push(line.toString());
      done();
    },
  });
  const app = Fastify({
    ...listener.options,
    return503OnClosing: false,
    genReqId: requestIdOf,
    logger: { level: "warn", stream },
  });
  app.setErrorHandler(answerErrors(listener.formatAt));
  const seen: Array<string> = [];
  app.all("/*", ({ url }) => {
    seen.push(url);
    return { path: url };
  });
  const held: Array<FastifyReply> = [];
  app.all("/held", ({ url }: FastifyRequest, reply) => {
    seen.push(url);
    held.push(reply);
    return reply;
  });
  build(app, listener);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const clients: Array<Client> = [];
  const client = (...texts: ReadonlyArray<string>): Client => {
    const opened = openClient({ port }, ...texts);
    clients.push(opened);
    return opened;
  };
  const close = async () => {
    for (const { leave } of clients) leave();
    listener.connections.dropAll();
    await app.close();
  };
  /** Of a client that asks in the ordinary way, on a connection of its own. */
  const ask = async (path = "/") => (await fetch(`http://127.0.0.1:${port}${path}`, { headers: ending })).status;
  return { app, listener, port, seen, held, log, client, ask, [Symbol.asyncDispose]: close };
};

const ending = { connection: "close" };

interface Place {
  /** Default: this machine, by IPv4. */
  readonly host?: string;
  readonly port: number;
}

export const openClient = ({ host = "127.0.0.1", port }: Place, ...texts: ReadonlyArray<string>): Client => {
  const socket = connect(port, host);
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
  socket.on("error", () => undefined);
  const send = (piece: string) => void socket.write(piece, "latin1");
  for (const piece of texts) send(piece);
  return {
    send,
    received: () => text,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    isClosed: () => socket.closed,
    closed: new Promise((resolve) => socket.once("close", () => resolve(text))),
    leave: () => void socket.destroy(),
  };
};

/** The lines of a request, joined as HTTP has them. */
export const head = (...lines: ReadonlyArray<string>): string => `${lines.join("\r\n")}\r\n\r\n`;

export const get = (path: string, ...headers: ReadonlyArray<string>): string =>
  head(`GET ${path} HTTP/1.1`, "Host: localhost", ...headers);

export const post = (path: string, body: string, ...headers: ReadonlyArray<string>): string =>
  head(`POST ${path} HTTP/1.1`, "Host: localhost", `Content-Length: ${body.length}`, ...headers) + body;

/** Every whole answer in what was received, each with a Content-Length. */
export const answersIn = (text: string): ReadonlyArray<Answer> => {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return [];
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const from = end + 4;
  const length = Number(headers["content-length"] ?? 0);
  if (text.length < from + length) return [];
  const answer = { statusCode: Number(first.split(" ")[1]), headers, body: text.slice(from, from + length) };
  return [answer, ...answersIn(text.slice(from + length))];
};

/** The one answer that a connection ended with. */
export const lastAnswer = async (client: Client): Promise<Answer> => {
  const text = await client.closed;
  const answers = answersIn(text);
  const answer = answers[0];
  if (answers.length !== 1 || answer === undefined) throw new Error(`not one answer: ${JSON.stringify(text)}`);
  return answer;
};

export const problemOf = ({ statusCode, headers, body }: Answer): Problem => {
  assert.strictEqual(headers["content-type"], problemType);
  const problem = Problem.parse(JSON.parse(body));
  assert.strictEqual(problem.status, statusCode);
  return problem;
};

/** A clock that stands until it is set; `swept` waits until a sweep has begun and ended at the time that it shows. */
export const standingClock = () => {
  let time = 0;
  let reads = 0;
  const now = () => {
    reads += 1;
    return time;
  };
  const swept = async () => {
    const before = reads;
    await until(() => reads > before);
  };
  const pass = async (ms: number) => {
    time += ms;
    await swept();
  };
  return { now, swept, pass, elapsed: () => time };
};
