/**
 * Clients that hold a connection and give nothing for it: that say nothing, send a body too slowly, or do not read their answer.
 * One timer looks at all of them, instead of one for each request. A client that waits long for its model is none of these:
 * its request has arrived, and nothing waits to be written.
 */
import type { FastifyInstance } from "fastify";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FormatAt } from "../http/ErrorFormat.ts";
import { Refusal } from "../http/Refusal.ts";
import { requestIdOf } from "../http/requestId.ts";
import { answerRefusal } from "./answerRefusal.ts";
import type { Call, Connection } from "./Connections.ts";
import type { Listener } from "./Listener.ts";
import type { ListenerLimits } from "./limits.ts";

/** What Fastify calls each request, so that the log and the answer agree. */
type Names = WeakMap<IncomingMessage, string>;

/** `app` is made with the listener's options. */
export const dropSlowClients = (app: FastifyInstance, listener: Listener): void => {
  const names: Names = new WeakMap();
  app.addHook("onRequest", ({ raw, id }, _reply, done) => {
    if (announcesBody(raw)) names.set(raw, id);
    done();
  });
  app.server.on("listening", () => {
    const sweeping = setInterval(makeSweep(listener, names), listener.limits.sweepMs).unref();
    app.server.once("close", () => {
      clearInterval(sweeping);
    });
  });
};

const announcesBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

const makeSweep = ({ connections, limits, now: clock, formatAt }: Listener, names: Names) => {
  const readers = new WeakMap<Socket, Reader>();
  return (): void => {
    const now = clock();
    for (const connection of connections.all) {
      const { socket, calls } = connection;
      const reader = readerOf(socket, readers.get(socket), now);
      if (reader === undefined) readers.delete(socket);
      else readers.set(socket, reader);
      if (isSilent(connection, now, limits) || (reader !== undefined && now - reader.since >= limits.stallMs)) {
        socket.destroy();
        continue;
      }
      for (const call of calls) {
        if (!call.request.complete && now - call.since >= deadlineOf(call, limits)) tellSlow(call, names, formatAt);
      }
    }
  };
};

/** Without a call under way. Empty lines count as bytes and begin no request, so that no clock of Node's sees them. */
const isSilent = ({ socket, calls, idleSince }: Connection, now: number, limits: ListenerLimits): boolean => {
  if (calls.size > 0) return false;
  const patience = socket.bytesRead === 0 ? limits.silentMs : limits.keepAliveMs + limits.headersMs;
  return now - idleSince >= patience;
};

/** What the system could not yet send to a client, and since when it is as much. */
interface Reader {
  readonly unsent: number;
  readonly since: number;
}

/** `undefined`: nothing waits for the client. */
const readerOf = (socket: Socket, before: Reader | undefined, now: number): Reader | undefined => {
  const unsent = unsentBytes(socket);
  if (socket.writableLength === 0 || unsent === 0) return undefined;
  return before?.unsent === unsent ? before : { unsent, since: now };
};

/**
 * In libuv's queue. Node's own timeout reads it as well, and there is no public name for it: `writableLength` stays as it is
 * until the last byte of a chunk is taken, and a chunk may be a whole image.
 */
const unsentBytes = (socket: Socket & { readonly _handle?: { readonly writeQueueSize?: number } | null }): number =>
  socket._handle?.writeQueueSize ?? 0;

const deadlineOf = ({ request }: Call, { bodyMs, uploadMs }: ListenerLimits): number =>
  request.headers["content-type"]?.startsWith("multipart/") === true ? uploadMs : bodyMs;

const tellSlow = ({ request, response }: Call, names: Names, formatAt: FormatAt): void => {
  if (response.headersSent) {
    request.socket.destroy();
    return;
  }
  // What still waits for the body ends with its connection, and has nobody to tell.
  const refusal = new Refusal("slow", "The body did not arrive in time.");
  answerRefusal(response, refusal, names.get(request) ?? requestIdOf(request), formatAt);
};
