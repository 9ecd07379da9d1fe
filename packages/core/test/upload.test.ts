/** A body in parts on the wire: its bytes, its length, what is held of it, and what becomes of it when something breaks. */
import { assert, describe, it } from "@effect/vitest";
import { layerTransport, Transport, type WireRequest } from "@sluice/core/effect";
import { classify } from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { appendFileSync, openAsBlob, readdirSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { folder } from "./folder.ts";
import { http, settled, tcp, until } from "./servers.ts";

type Body = NonNullable<WireRequest["body"]>;

const send = (origin: string, body: Body) =>
  Transport.use((transport) =>
    transport.send({ method: "POST", origin, path: "/", headers: {}, body, maxBytes: 1_000 }),
  );

const withTransport = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, layerTransport);

/** Answers with nothing, and keeps what came. */
const keeper = Effect.gen(function* () {
  const came: Array<{ readonly headers: IncomingMessage["headers"]; readonly body: Buffer }> = [];
  const origin = yield* http((request, response) => {
    const chunks: Array<Buffer> = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      came.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.end("ok");
    });
  });
  return { origin, came };
});

/** No two neighbours alike, so that a piece that is lost or swapped shows. */
const pattern = (length: number) =>
  Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) * 7) & 255));

const fileOf = (bytes: Uint8Array) =>
  Effect.gen(function* () {
    const path = join(yield* folder, "file");
    writeFileSync(path, bytes);
    return { path, blob: yield* Effect.promise(() => openAsBlob(path)) };
  });

const openFiles = () => readdirSync("/proc/self/fd").length;

describe("a body in parts", () => {
  const piece = 131_072;
  it.live.each<readonly [string, number]>([
    ["nothing", 0],
    ["one byte", 1],
    ["64 KiB", 65_536],
    ["a piece", piece],
    ["a piece and a byte", piece + 1],
    ["several pieces and a half", 5 * piece + 100],
  ])("arrives byte for byte, with its length: a file of %s", ([, length]) =>
    Effect.gen(function* () {
      const content = pattern(length);
      const { blob } = yield* fileOf(content);
      const { origin, came } = yield* keeper;
      const parts = [Buffer.from("before"), content, blob, Buffer.from("after")];
      const answer = yield* withTransport(send(origin, parts));
      assert.strictEqual(Buffer.from(answer.body).toString(), "ok");
      assert.strictEqual(came.length, 1);
      assert.strictEqual(came[0]?.headers["content-length"], String(2 * length + 11));
      assert.isUndefined(came[0]?.headers["transfer-encoding"]);
      const whole = Buffer.concat([Buffer.from("before"), content, content, Buffer.from("after")]);
      assert.isTrue(came[0]?.body.equals(whole));
    }),
  );

  it.live("can be sent again, and by several at once", () =>
    Effect.gen(function* () {
      const content = pattern(1_000_000);
      const { blob } = yield* fileOf(content);
      const { origin, came } = yield* keeper;
      const once = send(origin, [blob]);
      yield* withTransport(Effect.andThen(once, Effect.all([once, once, once], { concurrency: 3 })));
      assert.deepStrictEqual(
        came.map(({ body }) => body.equals(content)),
        [true, true, true, true],
      );
    }),
  );

  it.live("that is short travels with its head in one piece", () =>
    Effect.gen(function* () {
      const pieces: Array<string> = [];
      const origin = yield* tcp((socket) =>
        socket.on("data", (data) => {
          pieces.push(data.toString("latin1"));
          socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }),
      );
      const { blob } = yield* fileOf(Buffer.from("file"));
      yield* withTransport(send(origin, [Buffer.from("a "), blob, Buffer.from(" b")]));
      assert.strictEqual(pieces.length, 1);
      assert.isTrue(pieces[0]?.endsWith("content-length: 8\r\n\r\na file b"));
    }),
  );

  it.live("is read no further than a reader that stands still takes it, and not at all once it is aborted", () =>
    Effect.gen(function* () {
      let read = 0;
      class Watched extends Blob {
        override readonly size = 64 * 1_048_576;
        override slice(from = 0, to = 0) {
          read = Math.max(read, to);
          return new Blob([new Uint8Array(to - from)]);
        }
      }
      let reached = false;
      const origin = yield* tcp((socket) => {
        socket.pause();
        reached = true;
      });
      const before = openFiles();
      yield* withTransport(
        Effect.gen(function* () {
          const fiber = yield* Effect.forkChild(send(origin, [new Watched([])]));
          yield* until(() => reached);
          const seen = yield* settled(() => read);
          // What the system's own buffers take, on both sides.
          assert.isBelow(read, 16 * 1_048_576);
          yield* Fiber.interrupt(fiber);
          assert.strictEqual(yield* settled(() => read), seen);
        }),
      );
      yield* until(() => openFiles() <= before + 1);
    }),
  );

  it.live("leaves no open file behind when it is aborted, however often", () =>
    Effect.gen(function* () {
      const { blob } = yield* fileOf(pattern(4_000_000));
      let connections = 0;
      const origin = yield* tcp((socket) => {
        connections += 1;
        socket.pause();
      });
      yield* withTransport(
        Effect.gen(function* () {
          const aborted = Effect.gen(function* () {
            const reached = connections;
            const fiber = yield* Effect.forkChild(send(origin, [blob]));
            yield* until(() => connections > reached);
            yield* Fiber.interrupt(fiber);
          });
          yield* aborted;
          const before = openFiles();
          yield* Effect.all(
            Array.from({ length: 50 }, () => aborted),
            { concurrency: 10 },
          );
          yield* until(() => openFiles() <= before + 2);
        }),
      );
    }),
  );
});

describe("a file that does not stay as it is", () => {
  const cases: ReadonlyArray<readonly [string, (path: string) => void]> = [
    ["is gone", (path) => rmSync(path)],
    ["was cut short", (path) => writeFileSync(path, "short")],
    ["has grown", (path) => appendFileSync(path, "more")],
  ];
  it.live.each(cases)("ends as an error of the request, not of the gateway: it %s", ([, change]) =>
    Effect.gen(function* () {
      const { path, blob } = yield* fileOf(pattern(1_000_000));
      change(path);
      const { origin, came } = yield* keeper;
      const wire = yield* withTransport(Effect.flip(send(origin, [Buffer.from("head"), blob])));
      assert.strictEqual(wire.kind, "unfinished");
      assert.deepStrictEqual(came, []);
      const subject = { gateway: "g", pipeline: "upscale" };
      const input = { prompt: "a fox", image: blob };
      const error = classify("go-livepeer", { subject, url: origin, wire, input, now: 0, secrets: [] });
      if (error === "success" || error._tag !== "InvalidRequest") throw new Error("not an InvalidRequest");
      assert.include(error, { retryable: false, mayHaveRun: false, status: null });
      assert.strictEqual(error.fields[0]?.path, "image");
      assert.include(error.fix, "Leave the file as it is");
    }),
  );
});

describe("an answer that comes before the request is sent", () => {
  it.live("is the answer, also where the gateway then closes the connection", () =>
    Effect.gen(function* () {
      const { blob } = yield* fileOf(pattern(8_000_000));
      const origin = yield* tcp((socket) => {
        socket.once("data", () => {
          socket.pause();
          socket.end("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlarge");
        });
      });
      const answer = yield* withTransport(send(origin, [blob]));
      assert.strictEqual(answer.status, 413);
      assert.strictEqual(Buffer.from(answer.body).toString(), "large");
    }),
  );

  it.live("ends the sending, and the next request has a connection of its own", () =>
    Effect.gen(function* () {
      let connections = 0;
      const origin = yield* http((request, response) => {
        connections += 1;
        if (request.headers["content-length"] === "2") response.end("ok");
        else response.writeHead(400).end("no");
      });
      const { blob } = yield* fileOf(pattern(8_000_000));
      yield* withTransport(
        Effect.gen(function* () {
          assert.strictEqual((yield* send(origin, [blob])).status, 400);
          assert.strictEqual((yield* send(origin, "{}")).status, 200);
        }),
      );
      assert.strictEqual(connections, 2);
    }),
  );
});
