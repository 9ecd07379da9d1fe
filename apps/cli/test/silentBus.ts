/** A D-Bus that accepts connections and says nothing, as one does whose daemon is stuck. */
import { createServer, type Socket } from "node:net";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { home } from "./home.ts";

export const silentBus = async (): Promise<AsyncDisposable & { readonly address: string }> => {
  const path = join(mkdtempSync(join(home, "bus-")), "s");
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined).resume());
  }).listen(path);
  await once(server, "listening");
  return {
    address: `unix:path=${path}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
};
