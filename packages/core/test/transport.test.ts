import { assert, describe, it } from "@effect/vitest";
import { layerTransport, Transport, type WireRequest } from "@sluice/core/effect";
import * as Effect from "effect/Effect";
import { http, tcp } from "./servers.ts";

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
});
