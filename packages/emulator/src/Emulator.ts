/**
 * A go-livepeer gateway on a port of this machine.
 *
 * It lives as long as its scope and keeps time by the clock of the effect that makes it: under a `TestClock`, a model
 * loads for four minutes in none.
 */
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { diceOf } from "./dice.ts";
import { FaultScript } from "./faults.ts";
import { FileStore } from "./gateway/FileStore.ts";
import { Journal, type JournalEntry } from "./Journal.ts";
import { Models } from "./Models.ts";
import { makeHandler } from "./serve.ts";
import type { EmulatorSettings } from "./Settings.ts";
import { studioPath } from "./studio/schemas.ts";

export interface Emulator {
  /** Its base URL, without a slash at the end; Studio's has a path. */
  readonly url: string;
  /** What was asked so far. */
  readonly journal: () => ReadonlyArray<JournalEntry>;
  /** How many sockets are open now. */
  readonly connections: () => number;
}

/** The port could not be had. */
export class EmulatorNotStarted extends Data.TaggedError("EmulatorNotStarted")<{
  readonly message: string;
  readonly cause: unknown;
}> {}

export const make = Effect.fnUntraced(function* (
  settings: EmulatorSettings = {},
): Effect.fn.Return<Emulator, EmulatorNotStarted, Scope.Scope> {
  const { seed = 1, models = {}, faults = [], latencyMs = 0, panicOnNoOrchestrator = true } = settings;
  const { host = "127.0.0.1", port = 0, dialect = "go-livepeer" } = settings;
  const dice = diceOf("emulator", seed);
  const journal = new Journal();
  // Go sends no `Keep-Alive` header and keeps idle connections.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const connections = () => sockets.size;
  const handler = yield* makeHandler({
    dialect,
    connections,
    isClosing: () => !server.listening,
    dice,
    journal,
    models: new Models(models),
    files: new FileStore(dice),
    faults: new FaultScript(faults, dice.fork("faults")),
    latencyMs,
    panicOnNoOrchestrator,
  });
  server.on("request", handler);
  const address = yield* Effect.acquireRelease(listen(server, host, port), () => close(server));
  const shown = address.family === "IPv6" ? `[${address.address}]` : address.address;
  const path = dialect === "studio" ? studioPath : "";
  return { url: `http://${shown}:${address.port}${path}`, journal: () => [...journal.entries], connections };
});

const listen = (server: Server, host: string, port: number): Effect.Effect<AddressInfo, EmulatorNotStarted> =>
  Effect.callback((resume) => {
    const fail = (cause: unknown): void => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `The emulator cannot listen on ${host}:${port}: ${reason}`;
      resume(Effect.fail(new EmulatorNotStarted({ message, cause })));
    };
    server.once("error", fail);
    try {
      server.listen(port, host, () => {
        resume(Effect.succeed(server.address() as AddressInfo));
      });
    } catch (cause) {
      // A port that no machine has is thrown, not emitted.
      fail(cause);
    }
  });

const close = (server: Server): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.close(() => {
      resume(Effect.void);
    });
    server.closeAllConnections();
  });
