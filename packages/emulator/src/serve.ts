/** Speaks HTTP for the emulator: one fiber for each request, interrupted when its client goes away. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Stream from "effect/Stream";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Incoming, Place } from "./gateway/Incoming.ts";
import type { Replying } from "./gateway/Orchestra.ts";
import { journalPath } from "./gateway/route.ts";
import type { Journal, JournalEntry } from "./Journal.ts";
import type { Reply, StreamReply } from "./Reply.ts";
import { digestOf, fingerprintOf } from "./traces.ts";

/** Who answers at a port. */
export interface Host {
  readonly place: Place;
  readonly reply: (incoming: Incoming) => Replying;
  readonly journal: Journal;
  /** The number of a connection. */
  readonly numberOf: (socket: Socket) => number;
  /** Whether the emulator is ending: what it drops then was not the client's doing. */
  readonly isClosing: () => boolean;
}

/** A handler for `http.createServer`, on the clock of the effect that makes it. */
export const makeHandler = (host: Host) =>
  Effect.map(Effect.context(), (context) => {
    const fork = Effect.runForkWith(context);
    return (request: IncomingMessage, response: ServerResponse): void => {
      const fiber = fork(handle(host, request, response));
      response.on("close", () => {
        if (!response.writableFinished) Effect.runFork(Fiber.interrupt(fiber));
      });
    };
  });

const handle = Effect.fnUntraced(function* (host: Host, request: IncomingMessage, response: ServerResponse) {
  const clock = yield* Clock.Clock;
  const { method = "GET", url = "/" } = request;
  const path = pathOf(url);
  const { authorization = "" } = request.headers;
  const at = clock.currentTimeMillisUnsafe();
  const watched = path !== journalPath;
  const key = authorization.replace(/^Bearer /, "");
  const amend = watched
    ? host.journal.open({
        ...{ at, method, path, place: host.place, connection: host.numberOf(request.socket) },
        authorized: authorization !== "",
        ...fingerprintOf(authorization),
      })
    : () => undefined;
  let sent: number | null = null;
  const end = (how: JournalEntry["end"], status: number | null) => {
    amend({ end: how, status, ms: clock.currentTimeMillisUnsafe() - at });
  };
  const incoming = {
    method,
    path,
    place: host.place,
    headers: request.headers,
    key,
    bytes: Effect.tap(readBytes(request), (bytes) =>
      Effect.sync(() => {
        amend(digestOf(bytes, request.headers["content-type"]));
      }),
    ),
    noteBody: (body: unknown) => {
      amend({ body });
    },
    noteUnits: (units: number) => {
      amend({ units });
    },
  };
  yield* host.reply(incoming).pipe(
    Effect.flatMap((reply) => {
      if (reply.kind === "silence") return Effect.never;
      if (reply.kind === "stream") {
        sent = reply.status;
        amend({ status: sent, ...(reply.units === undefined ? {} : { units: reply.units }) });
        return Effect.map(stream(response, reply), () => {
          end(reply.then === "end" ? "answered" : "closed", reply.status);
        });
      }
      end(reply.kind === "answer" ? "answered" : "closed", statusOf(reply));
      if (reply.kind === "answer" && reply.units !== undefined) amend({ units: reply.units });
      return Effect.sync(() => {
        send(response, reply);
      });
    }),
    Effect.onInterrupt(() =>
      Effect.sync(() => {
        end(host.isClosing() ? "closed" : "aborted", sent);
      }),
    ),
    // What Go does with a panic in a handler.
    Effect.catchDefect(() =>
      Effect.sync(() => {
        end("closed", sent);
        response.destroy();
      }),
    ),
    Effect.scoped,
  );
});

/** Without a query. A whole URL, as a client asks a proxy for, counts as its path. */
const pathOf = (url: string): string => {
  const [target = ""] = url.split("?", 1);
  return target.replace(/^https?:\/\/[^/]*/i, "") || "/";
};

const statusOf = (reply: Reply): number | null =>
  reply.kind === "answer" ? reply.status : reply.kind === "cut" ? 200 : null;

const write = (response: ServerResponse, chunk: string | Uint8Array): Effect.Effect<void> =>
  Effect.callback((resume) => {
    response.write(chunk, () => {
      resume(Effect.void);
    });
  });

/** Over once the last chunk has been handed to the system. */
const stream = (response: ServerResponse, { status, headers, chunks, then }: StreamReply): Effect.Effect<void> =>
  Effect.suspend(() => {
    response.removeHeader("Connection");
    response.writeHead(status, headers);
    response.flushHeaders();
    return Effect.andThen(
      Stream.runForEach(chunks, (chunk) => write(response, chunk)),
      Effect.sync(() => {
        if (then === "end") response.end();
        else response.socket?.resetAndDestroy();
      }),
    );
  });

const send = (response: ServerResponse, reply: Exclude<Reply, StreamReply | { kind: "silence" }>): void => {
  switch (reply.kind) {
    case "answer":
      // Go keeps a connection without saying so.
      response.removeHeader("Connection");
      response.writeHead(reply.status, { ...reply.headers, "Content-Length": Buffer.byteLength(reply.body) });
      response.end(reply.body);
      return;
    case "close":
      if (reply.reset) response.socket?.resetAndDestroy();
      else response.destroy();
      return;
    case "cut":
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": reply.body.length + 100 });
      response.write(reply.body, () => response.destroy());
      return;
  }
};

const readBytes = (request: IncomingMessage): Effect.Effect<Buffer> =>
  Effect.callback((resume) => {
    const chunks: Array<Buffer> = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      resume(Effect.succeed(Buffer.concat(chunks)));
    });
  });
