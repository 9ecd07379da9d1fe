/**
 * The floor: the thinnest proxy that streams, of node:http and undici's `dispatch` alone. Run with its port and the gateway
 * behind it. A small body travels in one piece; a larger one is passed on as it comes, and waits for a slow reader.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent, type Dispatcher } from "undici";

/** The most that is held of a body, in bytes. */
const small = 65_536;

const keepAliveMs = 60_000;

/** Longer than any call is let be. */
const timeoutMs = 310_000;

/** Of one connection only. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const [port = "", gateway = ""] = process.argv.slice(2);
const dispatcher = new Agent({
  connections: 128,
  keepAliveTimeout: keepAliveMs,
  headersTimeout: timeoutMs,
  bodyTimeout: timeoutMs,
});

const passed = (headers: IncomingHttpHeaders): Record<string, string | Array<string>> => {
  const kept: Record<string, string | Array<string>> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== "host" && !hopByHop.has(name)) kept[name] = value;
  }
  return kept;
};

const isSmall = (headers: IncomingHttpHeaders): boolean => Number(headers["content-length"] ?? Infinity) <= small;

/** Passes an answer on to the caller. */
class Passing implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;
  #pieces: Array<Buffer> | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#response.once("close", () => {
      if (!this.#response.writableFinished) controller.abort(new Error("the caller has gone"));
    });
    this.#response.on("drain", () => controller.resume());
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#response.writeHead(status, passed(headers));
    if (isSmall(headers)) this.#pieces = [];
    else this.#response.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#pieces !== undefined) this.#pieces.push(piece);
    else if (!this.#response.write(piece)) controller.pause();
  }

  onResponseEnd(): void {
    const [first, ...more] = this.#pieces ?? [];
    this.#response.end(more.length === 0 ? first : Buffer.concat(this.#pieces ?? []));
  }

  onResponseError(): void {
    if (this.#response.headersSent) this.#response.destroy();
    else this.#response.writeHead(502).end();
  }
}

const pass = (
  { url = "/", method = "GET", headers }: IncomingMessage,
  body: Buffer | IncomingMessage | null,
  to: ServerResponse,
) => dispatcher.dispatch({ origin: gateway, path: url, method, headers: passed(headers), body }, new Passing(to));

const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
  if (request.method === "GET") pass(request, null, response);
  else if (!isSmall(request.headers)) pass(request, request, response);
  else {
    const pieces: Array<Buffer> = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => pass(request, Buffer.concat(pieces), response));
  }
});
server.listen(Number(port), "127.0.0.1");
