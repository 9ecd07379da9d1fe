/** What Node's parser refuses, and a request that does not arrive in time: answered as a problem where an answer can be told. */
import type { Socket } from "node:net";
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

/** For Fastify's `clientErrorHandler`. */
export const answerClientErrors =
  (connections: Connections, onRefusal: OnRefusal) =>
  (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const connection = connections.of(socket);
    if (connection?.isRefused === true) return;
    if ([...(connection?.calls ?? [])].some(isUnderWay)) {
      socket.destroy();
      return;
    }
    connections.refuse(socket);
    const refusal = refusalFor(error.code);
    const requestId = uuidV7(Date.now());
    onRefusal(refusal, requestId);
    refuseSocket(socket, refusal, requestId);
  };
