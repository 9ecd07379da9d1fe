/** The first attempt on a model that answers, which is made without a fiber: what a caller must not notice of that. */
import { assert, describe, it } from "@effect/vitest";
import { LivepeerGateway } from "@sluice/core";
import { type CallEvent, type CallOptions, GatewayClient, Transport } from "@sluice/core/effect";
import { startEmulator } from "@sluice/emulator";
import type { Answer } from "@sluice/errors";
import { disorderIn } from "@sluice/telemetry";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import { TestClock } from "effect/testing";
import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Begin, fiberless } from "../src/transport/fiberless.ts";

const image: Answer = {
  kind: "answer",
  status: 200,
  headers: { "content-type": "application/json" },
  body: new TextEncoder().encode('{"images":[{"url":"/a.png","seed":1,"nsfw":false}]}'),
};

const unavailable: Answer = { ...image, status: 503, body: new TextEncoder().encode("{}") };

/** A client whose model has answered once; from then on the exchanges are as given, in order, then successes at once. */
const warmed = (...exchanges: ReadonlyArray<Begin>) => {
  const rest: Array<Begin> = [(_, ended) => (ended(image), () => undefined), ...exchanges];
  const seen = { begun: 0 };
  const transport = fiberless((request, ended) => {
    seen.begun += 1;
    const next = rest.shift();
    if (next !== undefined) return next(request, ended);
    ended(image);
    return () => undefined;
  });
  const layer = Layer.provide(
    GatewayClient.layerWithoutTransport({ gateway: "http://a.example" }),
    Layer.succeed(Transport, transport),
  );
  const events: Array<CallEvent> = [];
  const ask = (options: CallOptions = {}) =>
    GatewayClient.use((client) =>
      client.textToImage({ prompt: "a fox" }, { onEvent: (event) => void events.push(event), ...options }),
    );
  const typesOf = () => events.map(({ type }) => type);
  return { seen, events, typesOf, ask, warm: ask({ onEvent: () => undefined }), layer };
};

/** A gateway over a socket: one result, and from then on 503. */
const warmAndThenCold = async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    const { status, body } = (asked += 1) === 1 ? image : unavailable;
    request.resume().on("end", () => response.writeHead(status).end(body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked: () => asked, [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose]() };
};

describe("the first attempt on a model that answers", () => {
  it.effect("may be told at once how it ended", () => {
    const { ask, layer, typesOf, events, warm } = warmed();
    return Effect.gen(function* () {
      yield* warm;
      const { meta } = yield* ask();
      assert.lengthOf(meta.attempts, 1);
      assert.deepStrictEqual(typesOf(), ["call-started", "attempt-started", "attempt-ended", "call-ended"]);
      assert.deepStrictEqual(disorderIn(events), []);
    }).pipe(Effect.provide(layer));
  });

  it.effect("counts among the attempts of the policy", () => {
    const { seen, ask, layer, events, warm } = warmed((_, ended) => (ended(unavailable), () => undefined));
    return Effect.gen(function* () {
      yield* warm;
      const fiber = yield* Effect.forkChild(ask());
      yield* TestClock.adjust("1 minute");
      const { meta } = yield* Fiber.join(fiber);
      assert.deepStrictEqual(
        meta.attempts.map(({ outcome }) => outcome),
        ["SLUICE-503-COLD", "ok"],
      );
      assert.strictEqual(seen.begun, 3);
      assert.deepStrictEqual(disorderIn(events), []);
    }).pipe(Effect.provide(layer));
  });

  for (const [how, end] of [
    ["its deadline", "deadline"],
    ["an interruption", "interrupt"],
  ] as const) {
    it.effect(`is aborted once by ${how}`, () => {
      let aborted = 0;
      let tellLate: () => void = () => assert.fail("it has begun");
      const { ask, layer, events, warm } = warmed((request, ended) => {
        request.onSent?.();
        tellLate = () => {
          ended(image);
        };
        return () => (aborted += 1);
      });
      return Effect.gen(function* () {
        yield* warm;
        const fiber = yield* Effect.forkChild(ask({ timeoutMs: 1_000 }));
        yield* TestClock.adjust(999);
        assert.strictEqual(aborted, 0);
        yield* end === "deadline" ? TestClock.adjust(1) : Fiber.interrupt(fiber);
        const exit = yield* Fiber.await(fiber);
        assert.isTrue(Exit.isFailure(exit));
        assert.strictEqual(aborted, 1);
        const ends = events.length;
        tellLate();
        assert.lengthOf(events, ends);
        const outcome = end === "deadline" ? "SLUICE-504-DEADLINE" : "SLUICE-499-ABORTED";
        assert.include(events.at(-1), { type: "call-ended", outcome });
      }).pipe(Effect.provide(layer));
    });
  }

  it.effect("ends the call with what its transport throws", () => {
    const defect = new Error("a defect");
    const { ask, layer, events, warm } = warmed(() => {
      throw defect;
    });
    return Effect.gen(function* () {
      yield* warm;
      const exit = yield* Effect.exit(ask());
      assert.strictEqual(Exit.isFailure(exit) && Cause.squash(exit.cause), defect);
      assert.include(events.at(-1), { type: "call-ended", outcome: "defect" });
      assert.deepStrictEqual(disorderIn(events), []);
      // Nothing of it is left in the way of the next.
      yield* ask();
    }).pipe(Effect.provide(layer));
  });

  it.effect("goes through what is wrapped around a transport's send", () => {
    let wrapped = 0;
    const inner = fiberless((_, ended) => (ended(image), () => undefined));
    const send: typeof inner.send = (request) => {
      wrapped += 1;
      return inner.send(request);
    };
    const layer = Layer.provide(
      GatewayClient.layerWithoutTransport({ gateway: "http://a.example" }),
      Layer.succeed(Transport, { ...inner, send }),
    );
    const ask = GatewayClient.use((client) => client.textToImage({ prompt: "a fox" }));
    return Effect.gen(function* () {
      yield* ask;
      yield* ask;
      assert.strictEqual(wrapped, 2);
    }).pipe(Effect.provide(layer));
  });

  it("tells observers in the caller's own context", async () => {
    await using emulator = await startEmulator();
    await using gateway = new LivepeerGateway({ gateway: emulator.url });
    const storage = new AsyncLocalStorage<string>();
    const told: Array<string | undefined> = [];
    const onEvent = () => void told.push(storage.getStore());
    const call = (who: string) => storage.run(who, () => gateway.textToImage({ prompt: "a fox" }, { onEvent }));
    await call("the first");
    assert.deepStrictEqual(new Set(told.splice(0)), new Set(["the first"]));
    await Promise.all([call("a"), call("b")]);
    assert.sameMembers(told, [...Array<string>(4).fill("a"), ...Array<string>(4).fill("b")]);
  });

  it("is not made when an observer aborts the call before it", async () => {
    await using emulator = await startEmulator();
    await using gateway = new LivepeerGateway({ gateway: emulator.url });
    await gateway.textToImage({ prompt: "a fox" });
    const control = new AbortController();
    const events: Array<CallEvent> = [];
    const onEvent = (event: CallEvent) => {
      events.push(event);
      control.abort();
    };
    const call = gateway.textToImage({ prompt: "a fox" }, { signal: control.signal, onEvent });
    assert.include(await call.catch((error: unknown) => error), { _tag: "Aborted", mayHaveRun: false });
    assert.deepStrictEqual(disorderIn(events), []);
    assert.lengthOf(emulator.journal(), 1);
  });

  for (const type of ["call-started", "attempt-started", "attempt-ended", "waiting"] as const) {
    it.effect(`and what follows it are over for good when an observer of ${type} ends the call`, () => {
      const { seen, events, layer, warm } = warmed((request, ended) => {
        request.onSent?.();
        ended(unavailable);
        return () => undefined;
      });
      const scene = Effect.gen(function* () {
        yield* warm;
        const call = yield* Effect.forkChild(
          GatewayClient.use((client) =>
            client.textToImage(
              { prompt: "a fox" },
              {
                onEvent: (event) => {
                  events.push(event);
                  if (event.type === type) call.interruptUnsafe();
                },
              },
            ),
          ),
        );
        yield* TestClock.adjust("1 minute");
        const exit = yield* Fiber.await(call);
        assert.isTrue(Exit.hasInterrupts(exit));
        assert.deepStrictEqual(disorderIn(events), []);
        assert.include(events.at(-1), { type: "call-ended", outcome: "SLUICE-499-ABORTED" });
        assert.isAtMost(seen.begun, 2);
      });
      return Effect.provide(scene, layer);
    });
  }

  it("and what follows it are over for good when an observer closes the client, or aborts the call", async () => {
    for (const how of ["close", "abort"] as const) {
      for (const type of ["call-started", "attempt-started", "attempt-ended", "waiting"]) {
        for (const stream of [false, true]) {
          await using server = await warmAndThenCold();
          const gateway = new LivepeerGateway({ gateway: server.url });
          await gateway.textToImage({ prompt: "a fox" });
          const control = new AbortController();
          const events: Array<CallEvent> = [];
          let closing: Promise<void> | undefined;
          const onEvent = (event: CallEvent) => {
            events.push(event);
            if (event.type !== type || closing !== undefined) return;
            closing = how === "close" ? gateway.close() : Promise.resolve();
            if (how === "abort") control.abort();
          };
          const options = { onEvent, signal: control.signal };
          const call: Promise<unknown> = stream
            ? gateway.chat({ messages: [{ role: "user", content: "Hi" }], stream: true }, options).final()
            : gateway.textToImage({ prompt: "a fox" }, options);
          const error = await call.catch((reason: unknown) => reason);
          const name = `${how} at ${type}, ${stream ? "a stream" : "an image"}`;
          assert.propertyVal(error, "_tag", "Aborted", name);
          await closing;
          const { length } = events;
          const asked = server.asked();
          for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
          assert.strictEqual(server.asked(), asked, name);
          assert.lengthOf(events, length, name);
          assert.deepStrictEqual(disorderIn(events), [], name);
          await gateway.close();
        }
      }
    }
  });
});
