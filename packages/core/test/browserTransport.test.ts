/** The transport on `fetch`: what it sends, what it makes of what comes, and when it lets go. */
import { assert, describe, it } from "@effect/vitest";
import { InvalidRequest } from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { makeFetchTransport } from "../src/transport/fetch.ts";
import type { Flow, WireRequest } from "../src/transport/Transport.ts";
import { endless, http, settled, tcp, until } from "./servers.ts";

const { transport, close } = makeFetchTransport(() => "same-origin");

const send = (origin: string, request: Partial<WireRequest> = {}) =>
  transport.send({ method: "POST", origin, path: "/", headers: {}, body: "{}", maxBytes: 1_000, ...request });

const givenUp = new InvalidRequest({ gateway: "it", pipeline: "download", status: null, fields: [] });

describe("the transport on fetch", () => {
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

  it.live("gives an empty body for none", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => response.writeHead(204).end());
      assert.deepInclude(yield* send(origin), { status: 204, body: new Uint8Array() });
    }),
  );

  it.live("sends method, path, headers and a body in parts; not the name of a client", () =>
    Effect.gen(function* () {
      let seen = "";
      const origin = yield* http((request, response) => {
        const { method, url, headers } = request;
        seen = [method, url, headers["content-type"], headers["user-agent"]?.includes("sluice")].join(" ") + " ";
        request.on("data", (chunk: Buffer) => (seen += chunk.toString())).on("end", () => response.end());
      });
      const parts = [new TextEncoder().encode("a"), new File(["file"], "f.txt", { type: "text/plain" })];
      const headers = { "content-type": "multipart/form-data; boundary=b", "user-agent": "sluice" };
      yield* send(origin, { path: "/a?b=c", headers, body: parts });
      assert.strictEqual(seen, "POST /a?b=c multipart/form-data; boundary=b false afile");
    }),
  );

  it.live("stops a body that is longer than allowed, and hangs up", () =>
    Effect.gen(function* () {
      const { origin, seen } = yield* endless();
      assert.deepInclude(yield* Effect.flip(send(origin)), {
        kind: "unreadable",
        status: 200,
        reason: "its answer is longer than 1000 bytes",
        limitBytes: 1_000,
      });
      yield* until(() => seen.closed === 1);
    }),
  );

  it.live("takes what got no answer for something that may have run, also where nothing listens", () =>
    Effect.gen(function* () {
      const closing = yield* tcp((socket) => socket.once("data", () => socket.destroy()));
      for (const origin of [closing, "http://127.0.0.1:9"]) {
        const broken = yield* Effect.flip(send(origin));
        assert.strictEqual(broken.kind, "closed");
        assert.match(String((broken as { readonly cause: unknown }).cause), /does not say why: no network, .*CORS/);
      }
    }),
  );

  it.live("tells an answer that broke off, with what had come", () =>
    Effect.gen(function* () {
      const origin = yield* tcp((socket) =>
        socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
      );
      const cut = yield* Effect.flip(send(origin));
      assert.deepInclude(cut, { kind: "cut", status: 200 });
      if (cut.kind === "cut") assert.strictEqual(Buffer.from(cut.body ?? []).toString(), "half");
    }),
  );

  it.live("ends an exchange whose observer or receiver throws", () =>
    Effect.gen(function* () {
      const { origin, seen } = yield* endless();
      const fail = () => {
        throw new Error("thrown");
      };
      assert.deepInclude(yield* Effect.flip(send(origin, { onSent: fail })), { kind: "closed" });
      assert.deepInclude(yield* Effect.flip(send(origin, { receive: fail })), { kind: "cut", status: 200 });
      yield* until(() => seen.closed === 1);
    }),
  );

  it.live("follows no redirect", () =>
    Effect.gen(function* () {
      let asked = 0;
      const origin = yield* http((_, response) => {
        asked += 1;
        response.writeHead(302, { location: "/elsewhere" }).end();
      });
      assert.strictEqual((yield* send(origin)).status, 302);
      assert.strictEqual(asked, 1);
    }),
  );

  it.live("hangs up when it is interrupted, and when all is closed", () =>
    Effect.gen(function* () {
      let closed = 0;
      let asked = 0;
      const origin = yield* http((request) => {
        asked += 1;
        request.socket.on("close", () => (closed += 1));
      });
      const one = yield* Effect.forkChild(send(origin));
      yield* until(() => asked === 1);
      yield* Fiber.interrupt(one);
      yield* until(() => closed === 1);
      const other = yield* Effect.forkChild(Effect.flip(send(origin)));
      yield* until(() => asked === 2);
      close();
      assert.strictEqual((yield* Fiber.join(other)).kind, "closed");
      yield* until(() => closed === 2);
    }),
  );

  it.live("tells that a request has left before its answer", () =>
    Effect.gen(function* () {
      const steps: Array<string> = [];
      const origin = yield* http((_, response) => {
        steps.push("asked");
        response.end();
      });
      yield* send(origin, { onSent: () => steps.push("sent") });
      assert.deepStrictEqual(steps, ["sent", "asked"]);
    }),
  );
});

describe("a receiver", () => {
  it.live("is handed the body as it comes; the answer has its first bytes, enough to tell what came", () =>
    Effect.gen(function* () {
      const origin = yield* http((_, response) => {
        response.write("one ");
        setTimeout(() => response.write("two".padEnd(60)), 20);
        setTimeout(() => response.end("three"), 40);
      });
      let text = "";
      const answer = yield* send(origin, {
        receive:
          ({ status }) =>
          (chunk) => {
            text += `${status} ${Buffer.from(chunk).toString().trim()} `;
          },
      });
      assert.strictEqual(text, "200 one 200 two 200 three ");
      assert.strictEqual(Buffer.from(answer.body).toString(), "one two".padEnd(64));
    }),
  );

  it.live("holds the sender back until it goes on", () =>
    Effect.gen(function* () {
      const { origin, seen } = yield* endless();
      let flow: Flow | undefined;
      let came = 0;
      const call = yield* Effect.forkChild(
        send(origin, {
          maxBytes: 1e12,
          receive: (_, own) => {
            flow = own;
            return (chunk) => {
              came += chunk.length;
              own.pause();
            };
          },
        }),
      );
      yield* until(() => came > 0);
      const held = yield* settled(() => came);
      const sent = yield* settled(() => seen.sent);
      assert.isBelow(sent, 32 * 1_048_576);
      flow?.resume();
      yield* until(() => came > held);
      yield* Fiber.interrupt(call);
      yield* until(() => seen.closed === 1);
    }),
  );

  it.live("may give the answer up, also while it is held back", () =>
    Effect.gen(function* () {
      const { origin, seen } = yield* endless();
      const broken = yield* Effect.flip(
        send(origin, {
          maxBytes: 1e12,
          receive: (_, flow) => () => {
            flow.pause();
            setImmediate(() => flow.stop(givenUp));
          },
        }),
      );
      assert.deepStrictEqual(broken, { kind: "dropped", status: 200, error: givenUp });
      yield* until(() => seen.closed === 1);
    }),
  );
});
