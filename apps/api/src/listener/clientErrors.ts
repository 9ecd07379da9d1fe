/** What Node's parser refuses, and a request that does not arrive in time: told where an answer can be. */
import type { Socket } from "node:net";
import type { FormatAt } from "../http/ErrorFormat.ts";
import { Refusal } from "../http/Refusal.ts";
import { uuidV7 } from "../http/requestId.ts";
import { refuseSocket } from "./answerRefusal.ts";
import type { Call, Connections } from "./Connections.ts";

/** Told of each refusal before any route was found. */
export type OnRefusal = (refusal: Refusal, requestId: string) => void;

const refusalFor = (code: string | undefined): Refusal => {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new Refusal("slow", "The request did not arrive in time.");
    case "HPE_HEADER_OVERFLOW":
      return new Refusal("headers", "The headers are longer than this service takes.");
    default:
      return new Refusal("http", "The request is not valid HTTP/1.1.", { fix: "Send HTTP as RFC 9112 says." });
  }
};

/** A client would take the answer for that of the call under way, or in the middle of one. */
const isUnderWay = ({ request, response }: Call): boolean => request.complete || response.headersSent;

/** What Node says of a request that is no request. */
interface ClientError extends Error {
  readonly code?: string;
  /** What was being parsed; not there when the time was over. */
  readonly rawPacket?: unknown;
}

/** Of the request that was begun: empty where its first line was not in what was being parsed. */
const targetOf = (call: Call | undefined, packet: unknown): string => {
  if (call !== undefined) return call.request.url ?? "";
  const text = Buffer.isBuffer(packet) ? packet.toString("latin1", 0, mostOfTarget) : "";
  return /^\s*[A-Z]+ (\S+)/.exec(text)?.[1] ?? "";
};

/** In bytes; its beginning says enough. */
const mostOfTarget = 300;

/** For Fastify's `clientErrorHandler`. */
export const answerClientErrors =
  (connections: Connections, onRefusal: OnRefusal, formatAt: FormatAt) =>
  (error: ClientError, socket: Socket): void => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const connection = connections.of(socket);
    if (connection?.isRefused === true) return;
    const calls = [...(connection?.calls ?? [])];
    if (calls.some(isUnderWay)) {
      socket.destroy();
      return;
    }
    connections.refuse(socket);
    const refusal = refusalFor(error.code);
    const requestId = uuidV7(Date.now());
    onRefusal(refusal, requestId);
    refuseSocket(socket, refusal, requestId, formatAt(targetOf(calls[0], error.rawPacket)));
  };
