/** Speaks HTTP for the emulator: one fiber for each request, interrupted when its client goes away. */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Gateway, journalPath, route } from "./gateway/route.ts";
import type { JournalEntry } from "./Journal.ts";
import type { Reply } from "./Reply.ts";
import { studio } from "./studio/studio.ts";

/** A handler for `http.createServer`, on the clock of the effect that makes it. */
export const makeHandler = (gateway: Gateway) =>
  Effect.map(Effect.context(), (context) => {
    const fork = Effect.runForkWith(context);
    return (request: IncomingMessage, response: ServerResponse): void => {
      const fiber = fork(handle(gateway, request, response));
      response.on("close", () => {
        if (!response.writableFinished) Effect.runFork(Fiber.interrupt(fiber));
      });
    };
  });

const handle = Effect.fnUntraced(function* (gateway: Gateway, request: IncomingMessage, response: ServerResponse) {
  const clock = yield* Clock.Clock;
  const { method = "GET", url = "/" } = request;
  const path = url.split("?", 1)[0] ?? "/";
  const { authorization = "" } = request.headers;
  const at = clock.currentTimeMillisUnsafe();
  const watched = path !== journalPath;
  const amend = watched
    ? gateway.journal.open({ at, method, path, authorized: authorization !== "" })
    : () => undefined;
  const end = (how: JournalEntry["end"], status: number | null) => {
    amend({ end: how, status, ms: clock.currentTimeMillisUnsafe() - at });
  };
  const incoming = {
    method,
    path,
    headers: request.headers,
    key: authorization.replace(/^Bearer /, ""),
    bytes: readBytes(request),
    noteBody: (body: unknown) => {
      amend({ body });
    },
  };
  yield* (gateway.dialect === "studio" ? studio(gateway, incoming) : route(gateway, incoming)).pipe(
    Effect.flatMap((reply) => {
      if (reply.kind === "silence") return Effect.never;
      end(reply.kind === "answer" ? "answered" : "closed", statusOf(reply));
      if (reply.kind === "answer" && reply.units !== undefined) amend({ units: reply.units });
      return Effect.sync(() => {
        send(response, reply);
      });
    }),
    Effect.onInterrupt(() =>
      Effect.sync(() => {
        end(gateway.isClosing() ? "closed" : "aborted", null);
      }),
    ),
    // What Go does with a panic in a handler.
    Effect.catchDefect(() =>
      Effect.sync(() => {
        end("closed", null);
        response.destroy();
      }),
    ),
  );
});

const statusOf = (reply: Reply): number | null =>
  reply.kind === "answer" ? reply.status : reply.kind === "cut" ? 200 : null;

const send = (response: ServerResponse, reply: Exclude<Reply, { kind: "silence" }>): void => {
  switch (reply.kind) {
    case "answer":
      // Go keeps a connection without saying so.
      response.removeHeader("Connection");
      response.writeHead(reply.status, { ...reply.headers, "Content-Length": Buffer.byteLength(reply.body) });
      response.end(reply.body);
      return;
    case "close":
      response.destroy();
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
