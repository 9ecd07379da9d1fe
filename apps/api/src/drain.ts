/**
 * Ends the service without losing a call: what is being answered is finished, and told to close its connection; every
 * other socket (idle, silent, or in the middle of a request) is dropped, because it would hold the process for ever.
 */
import type { FastifyInstance } from "fastify";
import type { Socket } from "node:net";

export const drainOnClose = (app: FastifyInstance): void => {
  const sockets = new Set<Socket>();
  const busy = new Set<Socket>();
  let draining = false;
  app.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => {
      sockets.delete(socket);
      busy.delete(socket);
    });
  });
  // Here the whole request has arrived.
  app.addHook("preHandler", ({ raw }, _reply, done) => {
    busy.add(raw.socket);
    done();
  });
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (draining) reply.header("connection", "close");
    done();
  });
  app.addHook("onResponse", ({ raw }, _reply, done) => {
    busy.delete(raw.socket);
    done();
  });
  app.addHook("preClose", (done) => {
    draining = true;
    for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
    done();
  });
};
