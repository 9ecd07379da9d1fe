/**
 * A go-livepeer gateway on a port of this machine.
 *
 * It lives as long as its scope and keeps time by the clock of the effect that makes it: under a `TestClock`, a model
 * loads for four minutes in none.
 */
import * as Clock from "effect/Clock";
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import * as Scope from "effect/Scope";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Streams } from "./byoc/Streams.ts";
import { Workers } from "./byoc/Workers.ts";
import { diceOf } from "./dice.ts";
import { FaultScript } from "./faults.ts";
import { AsyncVideos } from "./gateway/asyncVideo.ts";
import { Capacity } from "./gateway/Capacity.ts";
import { FileStore } from "./gateway/FileStore.ts";
import { objectStore } from "./gateway/objectStore.ts";
import { type Gateway, type Incoming, route } from "./gateway/route.ts";
import { Journal, type JournalEntry } from "./Journal.ts";
import { sleepFor } from "./Latency.ts";
import { Models } from "./Models.ts";
import { openai } from "./openai/openai.ts";
import { makeOperatorHandler } from "./operator/operatorHandler.ts";
import { makeHandler } from "./serve.ts";
import type { EmulatorSettings } from "./Settings.ts";
import { settingsFlaws } from "./settingsFlaws.ts";
import { studioPath } from "./studio/schemas.ts";
import { studio } from "./studio/studio.ts";

export interface Emulator {
  /** Its base URL, without a slash at the end; Studio's has a path. */
  readonly url: string;
  /** Of its operator port, if it was asked for one; without a slash at the end. */
  readonly operatorUrl: string | undefined;
  /** What a client of OpenAI's takes for its base URL, if the emulator answers OpenAI's routes; ends with `/v1`. */
  readonly openaiUrl: string | undefined;
  /** What was asked so far. */
  readonly journal: () => ReadonlyArray<JournalEntry>;
  /** How many sockets are open now. */
  readonly connections: () => number;
}

/** The port could not be had, or a setting makes no sense: then a line of `message` for each mistake. */
export class EmulatorNotStarted extends Data.TaggedError("EmulatorNotStarted")<{
  readonly message: string;
  readonly cause: unknown;
}> {}

export const make = Effect.fnUntraced(function* (
  settings: EmulatorSettings = {},
): Effect.fn.Return<Emulator, EmulatorNotStarted, Scope.Scope> {
  const flaws = settingsFlaws(settings);
  if (flaws.length > 0) return yield* new EmulatorNotStarted({ message: flaws.join("\n"), cause: settings });
  const { seed = 1, models: behaviours = {}, faults = [], panicOnNoOrchestrator = true } = settings;
  const { latencyMs = 0, firstTokenMs = 0, tokenMs = 0, capacity = Infinity } = settings;
  const { absoluteUrls = false, liveVideo = false, openai: speaksOpenai = false } = settings;
  const { host = "127.0.0.1", port = 0, operatorPort, dialect = "go-livepeer" } = settings;
  const { byoc = {}, byocDuplicateSse = true } = settings;
  const dice = diceOf("emulator", seed);
  const clock = yield* Clock.Clock;
  const startedAt = clock.currentTimeMillisUnsafe();
  const journal = new Journal();
  // Go sends no `Keep-Alive` header and keeps idle connections.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 });
  const numberOf = countConnections();
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const connections = () => sockets.size;
  const models = new Models(behaviours, settings.cold);
  const store = createServer({ keepAliveTimeout: 0 });
  const files = new FileStore(dice, absoluteUrls ? yield* open(store, host, 0) : undefined);
  const chance = dice.fork("latency");
  const workers = new Workers(byoc, byocDuplicateSse, dice.fork("byoc"));
  const other = createServer({ keepAliveTimeout: 0, requestTimeout: 0 });
  const scope = yield* Effect.scope;
  const opened = Effect.map(Scope.provide(open(other, host, 0), scope), (origin) => new URL(origin).port);
  const gateway: Gateway = {
    connections,
    elsewhere: yield* Effect.cached(Effect.orDie(opened)),
    dice,
    journal,
    models,
    files,
    capacity: new Capacity(capacity),
    videos: new AsyncVideos(scope),
    byoc: { workers, streams: new Streams(), newId: () => files.newId() },
    faults: new FaultScript(faults, dice.fork("faults"), () => clock.currentTimeMillisUnsafe() - startedAt),
    latency: sleepFor(latencyMs, chance),
    firstToken: sleepFor(firstTokenMs, chance),
    betweenTokens: sleepFor(tokenMs, chance),
    panicOnNoOrchestrator,
    liveVideo,
  };
  const isClosing = () => !server.listening;
  const base = dialect === "studio" ? studio : route;
  const answer = (asked: Gateway) => (incoming: Incoming) =>
    (speaksOpenai ? openai(asked, incoming) : undefined) ?? base(asked, incoming);
  const shared = { journal, isClosing, numberOf };
  const handlers = {
    gateway: yield* makeHandler({ ...shared, place: "gateway", reply: answer(gateway) }),
    store: yield* makeHandler({ ...shared, place: "store", reply: (incoming) => objectStore(files, incoming) }),
    // Nothing goes wrong there but what a request asks for.
    elsewhere: yield* makeHandler({
      ...shared,
      place: "elsewhere",
      reply: answer({ ...gateway, faults: new FaultScript([], dice.fork("elsewhere"), () => 0) }),
    }),
  };
  server.on("request", handlers.gateway);
  store.on("request", handlers.store);
  other.on("request", handlers.elsewhere);
  const origin = yield* open(server, host, port);
  const operatorServer = createServer(
    { keepAliveTimeout: 0 },
    yield* makeOperatorHandler({ ...gateway, byoc: workers.names }),
  );
  const operatorUrl = operatorPort === undefined ? undefined : yield* open(operatorServer, host, operatorPort);
  const url = origin + (dialect === "studio" ? studioPath : "");
  const openaiUrl = speaksOpenai ? `${origin}/v1` : undefined;
  return { url, operatorUrl, openaiUrl, journal: () => [...journal.entries], connections };
});

/** Numbers connections in the order of their first requests. */
const countConnections = (): ((socket: Socket) => number) => {
  const numbers = new WeakMap<Socket, number>();
  let last = 0;
  return (socket) => {
    const number = numbers.get(socket) ?? (last += 1);
    numbers.set(socket, number);
    return number;
  };
};

/** Its URL, as long as the scope lives. */
const open = (server: Server, host: string, port: number) =>
  Effect.map(
    Effect.acquireRelease(listen(server, host, port), () => close(server)),
    ({ address, family, port }) => `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
  );

const listen = (server: Server, host: string, port: number): Effect.Effect<AddressInfo, EmulatorNotStarted> =>
  Effect.callback((resume) => {
    server.once("error", (cause) => {
      const message = `The emulator cannot listen on ${host}:${port}: ${cause.message}`;
      resume(Effect.fail(new EmulatorNotStarted({ message, cause })));
    });
    server.listen(port, host, () => {
      resume(Effect.succeed(server.address() as AddressInfo));
    });
  });

const close = (server: Server): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.close(() => {
      resume(Effect.void);
    });
    server.closeAllConnections();
  });
