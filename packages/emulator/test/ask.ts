/**
 * One HTTP exchange over a socket of its own, as bytes: no client library hides a header, a missing line feed or a
 * connection that was closed.
 */
import { connect } from "node:net";

export interface Request {
  readonly method?: string;
  readonly path: string;
  /** A `Content-Length` among them is sent as it is, true or not. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Heard {
  /** The status line and the headers, one by one; empty when the connection was closed without an answer. */
  readonly head: ReadonlyArray<string>;
  readonly body: Buffer;
  /** Whether the body is as long as its `Content-Length`, or ends with its last chunk. */
  readonly whole: boolean;
  /** Of a chunked body, each chunk: what the gateway wrote at once. */
  readonly chunks?: ReadonlyArray<string>;
}

export interface Exchange {
  /** What was heard so far. */
  readonly soFar: () => Heard;
  /** What was heard until the answer was whole or the connection closed. */
  readonly heard: Promise<Heard>;
  readonly hangUp: () => void;
}

/** Sends a request; the connection is kept until the answer is whole. */
export const begin = (origin: string, { method = "GET", path, headers = {}, body }: Request): Exchange => {
  const { hostname, port, host } = new URL(origin);
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const lines = Object.entries({ Host: host, ...length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(Number(port), hostname);
  let bytes = Buffer.alloc(0);
  const heard = new Promise<Heard>((resolve) => {
    const finish = () => {
      resolve(read(bytes, method));
    };
    socket.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (read(bytes, method).whole) socket.end(finish);
    });
    // A reset is a closed connection too; `close` follows it.
    socket.on("error", () => undefined);
    socket.on("close", finish);
  });
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
  socket.write(body ?? "");
  return { heard, soFar: () => read(bytes, method), hangUp: () => socket.destroy() };
};

export const ask = (origin: string, request: Request): Promise<Heard> => begin(origin, request).heard;

const read = (bytes: Buffer, method: string): Heard => {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return { head: [], body: bytes, whole: false };
  const head = bytes.toString("latin1", 0, end).split("\r\n");
  const body = bytes.subarray(end + 4);
  if (headerOf({ head }, "transfer-encoding") === "chunked") return { head, ...readChunks(body) };
  const length = method === "HEAD" ? 0 : Number(headerOf({ head }, "content-length"));
  return { head, body, whole: body.length === length };
};

const readChunks = (bytes: Buffer): Omit<Heard, "head"> => {
  const chunks: Array<Buffer> = [];
  const heard = (whole: boolean) => ({ body: Buffer.concat(chunks), whole, chunks: chunks.map(String) });
  for (let at = 0; ;) {
    const line = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    if (line === -1 || bytes.length < line + 4 + size) return heard(false);
    if (size === 0) return heard(true);
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 4 + size;
  }
};

/** `null` when there was no answer. */
export const statusOf = ({ head }: Pick<Heard, "head">): number | null =>
  head[0] === undefined ? null : Number(head[0].split(" ")[1]);

export const headerOf = ({ head }: Pick<Heard, "head">, name: string): string | undefined => {
  const line = head.slice(1).find((candidate) => candidate.toLowerCase().startsWith(`${name}: `));
  return line?.slice(name.length + 2);
};

/** The names of all headers, in lower case, sorted. */
export const headersOf = ({ head }: Heard): ReadonlyArray<string> =>
  head
    .slice(1)
    .map((line) => (line.split(":")[0] ?? "").toLowerCase())
    .sort();

/** Nothing came, and the connection was closed. */
export const nothing: Heard = { head: [], body: Buffer.alloc(0), whole: false };
