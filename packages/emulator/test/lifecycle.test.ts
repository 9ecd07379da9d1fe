import { assert, describe, it } from "@effect/vitest";
import { EmulatorNotStarted, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { ask, nothing, statusOf } from "./ask.ts";
import { beginGeneration, until } from "./generate.ts";

const portOf = (url: string): number => Number(new URL(url).port);

describe("an emulator", () => {
  it("listens on a free port of this machine alone, unless it is told otherwise", async () => {
    await using one = await startEmulator();
    await using two = await startEmulator();
    assert.match(one.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notStrictEqual(one.url, two.url);
  });

  it("listens where it is told, and writes an IPv6 address as a URL does", async () => {
    await using emulator = await startEmulator({ host: "::1" });
    assert.match(emulator.url, /^http:\/\/\[::1\]:\d+$/);
  });

  it("frees its port when it is closed", async () => {
    const first = await startEmulator();
    const port = portOf(first.url);
    await first.close();
    await using second = await startEmulator({ port });
    assert.strictEqual(second.url, first.url);
    assert.strictEqual(statusOf(await ask(second.url, { path: "/healthz" })), 200);
  });

  it("drops the requests that it holds when it is closed, and says in the journal that it hung up", async () => {
    const emulator = await startEmulator({ latencyMs: 600_000 });
    const held = [beginGeneration(emulator.url), beginGeneration(emulator.url)];
    await until(() => emulator.journal().filter(({ body }) => body !== undefined).length === 2);
    await emulator.close();
    for (const { heard } of held) assert.deepStrictEqual(await heard, nothing);
    await until(() => emulator.connections() === 0 && emulator.journal().every(({ end }) => end !== "open"));
    assert.deepStrictEqual(
      emulator.journal().map(({ status, end }) => ({ status, end })),
      [
        { status: null, end: "closed" },
        { status: null, end: "closed" },
      ],
    );
  });

  it("may be closed twice", async () => {
    const emulator = await startEmulator();
    await emulator.close();
    await emulator.close();
  });

  it.effect("made as an effect lives as long as its scope", () =>
    Effect.gen(function* () {
      const url = yield* Effect.scoped(
        Effect.gen(function* () {
          const emulator = yield* makeEmulator();
          assert.strictEqual(yield* Effect.promise(() => statusAt(emulator.url)), 200);
          return emulator.url;
        }),
      );
      assert.isNull(yield* Effect.promise(() => statusAt(url)));
    }),
  );

  it("hangs up, as Go does, when a request is more than it can carry out", async () => {
    await using emulator = await startEmulator();
    assert.deepStrictEqual(await beginGeneration(emulator.url, { num_images_per_prompt: 1e10 }).heard, nothing);
    assert.strictEqual(await statusAt(emulator.url), 200);
  });
});

describe("an emulator whose port is taken", () => {
  it("does not start, and says which port and why", async () => {
    await using emulator = await startEmulator();
    const port = portOf(emulator.url);
    const error: unknown = await startEmulator({ port }).catch((reason: unknown) => reason);
    assert.instanceOf(error, EmulatorNotStarted);
    assert.include(error.message, `The emulator cannot listen on 127.0.0.1:${port}: `);
    assert.include(error.message, "EADDRINUSE");
  });

  it.effect("fails as an effect with that error, in its type", () =>
    Effect.gen(function* () {
      const { url } = yield* makeEmulator();
      const error = yield* Effect.flip(makeEmulator({ port: portOf(url) }));
      assert.strictEqual(error._tag, "EmulatorNotStarted");
    }),
  );
});

const statusAt = async (url: string) => statusOf(await ask(url, { path: "/healthz" }));
