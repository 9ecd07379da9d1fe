/** Servers of a test's own, closed with its scope; what they give is their origin. */
import * as Effect from "effect/Effect";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

const listening = (server: Server, sockets = new Set<Socket>()) =>
  Effect.acquireRelease(
    Effect.callback<string>((resume) => {
      server.on("connection", (socket: Socket) => {
        sockets.add(socket);
        socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
      });
      server.listen(0, "127.0.0.1", () => {
        resume(Effect.succeed(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
      });
    }),
    () =>
      Effect.sync(() => {
        server.close();
        for (const socket of sockets) socket.destroy();
      }),
  );

export const http = (listener: RequestListener) => listening(createHttpServer(listener));
export const tcp = (listener: (socket: Socket) => void) => listening(createServer(listener));

/** Turns of the event loop, until it is so. */
export const until = (holds: () => boolean) =>
  Effect.promise(async () => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  });

/** What has not changed for so many turns of the event loop will not change. */
export const settled = (read: () => number, turns = 500) =>
  Effect.promise(async () => {
    let seen = read();
    for (let still = 0; still < turns; still += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (read() !== seen) still = 0;
      seen = read();
    }
    return seen;
  });

/** Sends without end, as fast as it is taken; tells how much that was, in bytes. */
export const endless = (length?: number) =>
  Effect.gen(function* () {
    const seen = { sent: 0, closed: 0 };
    const piece = Buffer.alloc(65_536, 1);
    const origin = yield* http((request, response) => {
      request.socket.once("close", () => (seen.closed += 1));
      response.writeHead(200, length === undefined ? {} : { "content-length": length });
      const more = () => {
        do seen.sent += piece.length;
        while (!response.destroyed && response.write(piece));
      };
      response.on("drain", more);
      more();
    });
    return { origin, seen };
  });
