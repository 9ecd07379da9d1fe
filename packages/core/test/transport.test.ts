import { assert, describe, it } from "@effect/vitest";
import { layerTransport, Transport, type WireRequest } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import type { OutgoingHttpHeaders } from "node:http";
import { gzipSync } from "node:zlib";
import { Sockets } from "../src/transport/Sockets.ts";
import { makeTransport } from "../src/transport/undici.ts";
import { http, settled, tcp, until } from "./servers.ts";

const send = (origin: string, request: Partial<WireRequest> = {}) =>
  Transport.use((transport) =>
    transport.send({ method: "POST", origin, path: "/", headers: {}, body: "{}", maxBytes: 1_000, ...request }),
  ).pipe(Effect.provide(layerTransport));

describe("the transport", () => {
  it.live("gives status, headers and the whole body", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => {
        response.writeHead(418, { "x-kind": "teapot" }).write("in two ");
        setImmediate(() => response.end("pieces"));
      });
      const { status, headers, body } = yield* send(origin);
      assert.strictEqual(status, 418);
      assert.strictEqual(headers["x-kind"], "teapot");
      assert.strictEqual(Buffer.from(body).toString(), "in two pieces");
    }),
  );

  it.live("stops a body that is longer than allowed", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => response.end("x".repeat(5_000)));
      assert.deepInclude(yield* Effect.flip(send(origin)), {
        kind: "unreadable",
        status: 200,
        reason: "its answer is longer than 1000 bytes",
      });
    }),
  );

  it.live("tells a request that was sent from one that was not", () =>
    Effect.gen(function* () {
      const refused = yield* Effect.flip(send("http://127.0.0.1:9"));
      assert.deepInclude(refused, { kind: "unsent", reason: "refused" });
      const unknown = yield* Effect.flip(send("http://nowhere.invalid"));
      assert.deepInclude(unknown, { kind: "unsent", reason: "dns" });
      const closing = yield* tcp((socket) => socket.once("data", () => socket.destroy()));
      assert.deepInclude(yield* Effect.flip(send(closing)), { kind: "closed" });
    }),
  );

  it.live("tells an answer that broke off from one that never began", () =>
    Effect.gen(function* () {
      const origin = yield* tcp((socket) =>
        socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
      );
      assert.deepInclude(yield* Effect.flip(send(origin)), { kind: "cut", status: 200 });
    }),
  );

  it.live("recognises what is not HTTP, and TLS that is not there", () =>
    Effect.gen(function* () {
      const origin = yield* tcp((socket) => socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.2\r\n")));
      assert.deepInclude(yield* Effect.flip(send(origin)), { kind: "unreadable", status: null });
      const plain = yield* http((_, response) => response.end());
      const tls = yield* Effect.flip(send(plain.replace("http:", "https:")));
      assert.deepInclude(tls, { kind: "unsent", reason: "tls" });
    }),
  );

  it.live("takes no notice of an informational answer", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => {
        response.writeEarlyHints({ link: "</style.css>; rel=preload" });
        response.end("later");
      });
      assert.strictEqual((yield* send(origin)).status, 200);
    }),
  );

  it.live("interrupted, hangs up", () =>
    Effect.gen(function* () {
      let closed = false;
      const origin = yield* http((request) =>
        request.socket.once("close", () => {
          closed = true;
        }),
      );
      yield* Effect.timeoutOption(send(origin), "50 millis");
      yield* Effect.promise(async () => {
        while (!closed) await new Promise((resolve) => setImmediate(resolve));
      });
      assert.isTrue(closed);
    }),
  );

  it.live.each<readonly [string, OutgoingHttpHeaders]>([
    ["nothing", {}],
    ["itself", { "content-encoding": "identity" }],
    ["an empty name", { "content-encoding": "" }],
  ])("takes an answer that is encoded as %s", ([, headers]) =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => response.writeHead(200, headers).end("plain"));
      assert.strictEqual(Buffer.from((yield* send(origin)).body).toString(), "plain");
    }),
  );

  it.live.each(["gzip", "br", "x-gzip", "gzip, br"])("names the coding %s, which it did not ask for", (coding) =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => {
        response.writeHead(200, { "content-encoding": coding }).end(gzipSync("{}"));
      });
      assert.deepStrictEqual(yield* Effect.flip(send(origin)), {
        kind: "unreadable",
        status: 200,
        reason: `its answer is encoded as "${coding}", which was not asked for`,
      });
      const error = yield* Effect.flip(send(origin, { receive: () => () => assert.fail("it was handed on") }));
      assert.strictEqual(error.kind, "unreadable");
    }),
  );

  it.live("goes by the status of a failure that is encoded", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => {
        response.writeHead(503, { "content-encoding": "gzip", "retry-after": "3" }).end(gzipSync("busy"));
      });
      const { status, headers, body } = yield* send(origin);
      assert.strictEqual(status, 503);
      assert.strictEqual(headers["retry-after"], "3");
      assert.lengthOf(body, 0);
    }),
  );
});

/** Takes connections, and never answers their TLS handshake. */
const silent = Effect.gen(function* () {
  const seen = { opened: 0, closed: 0 };
  const origin = yield* tcp((socket) => {
    seen.opened += 1;
    socket.on("data", () => undefined).on("close", () => (seen.closed += 1));
  });
  return { origin: origin.replace("http:", "https:"), seen };
});

describe("a connection in the making", () => {
  it.live("is ended with the last call that waits for it, and not before", () =>
    Effect.gen(function* () {
      const { origin, seen } = yield* silent;
      yield* Effect.gen(function* () {
        const transport = yield* Transport;
        const request = { method: "POST", origin, path: "/", headers: {}, body: "{}", maxBytes: 1_000 } as const;
        const [one, other] = [
          yield* Effect.forkChild(transport.send(request)),
          yield* Effect.forkChild(transport.send(request)),
        ];
        yield* until(() => seen.opened === 2);
        yield* Fiber.interrupt(one);
        assert.strictEqual(yield* settled(() => seen.closed), 0);
        assert.isUndefined(other.pollUnsafe());
        yield* Fiber.interrupt(other);
        yield* until(() => seen.closed === 2);
        const third = yield* Effect.forkChild(transport.send(request));
        yield* until(() => seen.opened === 3);
        yield* Fiber.interrupt(third);
        yield* until(() => seen.closed === 3);
      }).pipe(Effect.provide(layerTransport));
    }),
  );

  it.live("is ended when its sockets are closed, and what waits for it hears of it", () =>
    Effect.gen(function* () {
      const { origin, seen } = yield* silent;
      const sockets = new Sockets();
      const request = { method: "GET", origin, path: "/", headers: {}, maxBytes: 1_000 } as const;
      const call = yield* Effect.forkChild(Effect.flip(makeTransport(sockets).send(request)));
      yield* until(() => seen.opened === 1);
      yield* Effect.promise(() => sockets.destroy());
      assert.deepInclude(yield* Fiber.join(call), { kind: "unsent" });
      yield* until(() => seen.closed === 1);
    }),
  );
});
