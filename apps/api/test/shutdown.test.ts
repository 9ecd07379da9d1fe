import { assert, describe, it } from "@effect/vitest";
import { makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { connect } from "node:net";
import { askAt, startApi } from "./startApi.ts";
import { small } from "./serve.ts";
import { until } from "./turns.ts";

/** A process that stays is the failure to be seen here, and need not take the 30 s that an effect may. In milliseconds. */
const patience = 15_000;

const start = (env: Parameters<typeof startApi>[0]) =>
  Effect.acquireRelease(
    Effect.promise(() => startApi(env)),
    (api) => Effect.promise(() => api[Symbol.asyncDispose]()),
  );

/** Whether a new connection is taken. */
const takesConnections = (url: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });

const untilClosed = (url: string) =>
  Effect.promise(async () => {
    while (await takesConnections(url));
  });

/** A service with a call that the gateway holds for a virtual minute. */
const busy = Effect.gen(function* () {
  const emulator = yield* makeEmulator({ latencyMs: 60_000 });
  const api = yield* start({ SLUICE_GATEWAY: emulator.url });
  const call = askAt(api.url, small);
  // A call that is cut off is for the test to see, not for the process.
  call.catch(() => undefined);
  yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
  return { api, call, emulator };
});

describe("the service, told to stop", () => {
  it.effect(
    "by SIGINT, as Ctrl-C sends it, finishes the call under way, and ends with 0",
    () =>
      Effect.gen(function* () {
        const { api, call, emulator } = yield* busy;
        api.signal("SIGINT");
        yield* untilClosed(api.url);
        assert.strictEqual(emulator.journal()[0]?.end, "open");
        yield* TestClock.adjust("60 seconds");
        const answer = yield* Effect.promise(() => call);
        assert.strictEqual(answer.status, 200);
        assert.include(yield* Effect.promise(() => answer.text()), '"seed":7');
        assert.strictEqual((yield* Effect.promise(() => api.ended)).code, 0);
        assert.strictEqual(emulator.journal()[0]?.end, "answered");
      }),
    patience,
  );

  it.effect(
    "by SIGTERM with twenty calls of a minute under way, loses none of them, and takes no new one",
    () =>
      Effect.gen(function* () {
        const emulator = yield* makeEmulator({ latencyMs: 60_000 });
        const api = yield* start({ SLUICE_GATEWAY: emulator.url });
        const calls = Array.from({ length: 20 }, (_, seed) => askAt(api.url, { ...small, seed }));
        for (const call of calls) call.catch(() => undefined);
        const begun = () => emulator.journal().filter(({ body }) => body !== undefined).length;
        yield* Effect.promise(() => until(() => begun() === calls.length));
        api.signal("SIGTERM");
        yield* untilClosed(api.url);
        const refused = yield* Effect.promise(() => askAt(api.url, small).then(Boolean, () => false));
        assert.isFalse(refused);
        yield* TestClock.adjust("60 seconds");
        const answers = yield* Effect.promise(() =>
          Promise.all(calls.map(async (call) => [(await call).status, await (await call).text()] as const)),
        );
        for (const [seed, [status, text]] of answers.entries()) {
          assert.strictEqual(status, 200);
          assert.include(text, `"seed":${seed},`);
        }
        assert.strictEqual((yield* Effect.promise(() => api.ended)).code, 0);
        assert.strictEqual(begun(), calls.length);
      }),
    patience * 2,
  );

  it.effect(
    "twice, ends at once with 143, and its call to the gateway with it",
    () =>
      Effect.gen(function* () {
        const { api, call, emulator } = yield* busy;
        api.signal("SIGTERM");
        yield* untilClosed(api.url);
        api.signal("SIGTERM");
        assert.strictEqual((yield* Effect.promise(() => api.ended)).code, 143);
        assert.isFalse(yield* Effect.promise(() => call.then(Boolean, () => false)));
        yield* Effect.promise(() => until(() => emulator.journal()[0]?.end !== "open"));
        assert.strictEqual(emulator.journal()[0]?.end, "aborted");
      }),
    patience,
  );

  it.effect(
    "as soon as it has said where it listens, ends with 0",
    () =>
      Effect.gen(function* () {
        const api = yield* start({});
        api.signal("SIGTERM");
        assert.strictEqual((yield* Effect.promise(() => api.ended)).code, 0);
      }),
    patience,
  );

  it.effect(
    "does not wait for a caller that keeps an idle connection, and ends its own emulator with it",
    () =>
      Effect.gen(function* () {
        const api = yield* start({});
        const emulator = /emulator at (http:\/\/\S+),/.exec(api.written.stderr)?.[1] ?? "";
        assert.isTrue(yield* Effect.promise(() => takesConnections(emulator)));
        const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
        const gone = new Promise((resolve) => socket.once("close", resolve));
        yield* Effect.promise(
          () =>
            new Promise((resolve) => {
              socket.once("data", resolve).write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
            }),
        );
        api.signal("SIGTERM");
        assert.strictEqual((yield* Effect.promise(() => api.ended)).code, 0);
        yield* Effect.promise(() => gone);
        assert.isFalse(yield* Effect.promise(() => takesConnections(emulator)));
      }),
    patience,
  );
});

describe("a connection without a whole request", () => {
  const openings = [
    "",
    "POST /text-to-image HTTP/1.1\r\nHost: localhost\r\nContent-",
    "POST /text-to-image HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
  ];
  it.live(
    "does not keep the service from ending, whether it has said nothing, half its headers or half its body",
    () =>
      Effect.gen(function* () {
        const api = yield* start({});
        for (const opening of openings) {
          const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
          socket.on("error", () => undefined);
          yield* Effect.promise(() => new Promise<void>((resolve) => socket.write(opening, () => resolve())));
        }
        // Answered on another connection after the bytes above, so that they have been read.
        yield* Effect.promise(() => fetch(`${api.url}/livez`));
        api.signal("SIGTERM");
        const { code } = yield* Effect.promise(() => api.ended);
        assert.strictEqual(code, 0);
      }),
    patience * 2,
  );
});
