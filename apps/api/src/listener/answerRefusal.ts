/**
 * A refusal where no route has been found yet, or no request could be read: in the same format as everywhere, and the end of
 * the connection, because nobody knows where on it the next request would begin.
 */
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorFormat, FormatAt } from "../http/ErrorFormat.ts";
import { shouldRetry } from "../http/problem.ts";
import type { Refusal } from "../http/Refusal.ts";

const contentOf = ({ type, statusOf, bodyOf }: ErrorFormat, refusal: Refusal, requestId: string) => {
  const body = JSON.stringify(bodyOf(refusal, requestId));
  const headers = {
    "content-type": type,
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
    "x-request-id": requestId,
    "x-should-retry": String(shouldRetry(refusal)),
    ...refusal.details.headers,
  };
  return { body, headers, status: statusOf(refusal) };
};

export const answerRefusal = (
  response: ServerResponse,
  refusal: Refusal,
  requestId: string,
  formatAt: FormatAt,
): void => {
  const { status, body, headers } = contentOf(formatAt(response.req.url ?? ""), refusal, requestId);
  response.writeHead(status, headers).end(body);
};

/** On a socket without a response. */
export const refuseSocket = (socket: Duplex, refusal: Refusal, requestId: string, format: ErrorFormat): void => {
  const { status, body, headers } = contentOf(format, refusal, requestId);
  const lines = Object.entries({ ...headers, date: new Date().toUTCString() }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines];
  // It may be gone by now, which is fine.
  socket.on("error", () => undefined);
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
};
