import { assert, describe, it } from "@effect/vitest";
import { type JournalEntry, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { Agent, request } from "node:http";
import { ask, begin, headerOf, statusOf } from "./ask.ts";
import { beginGeneration, generate, generateFrom, generation, until, warmModel } from "./generate.ts";

const small = { width: 64, height: 64 };

/** One request of many on a connection that is kept. */
const askOver = (agent: Agent, url: string) =>
  new Promise<void>((resolve, reject) => {
    request(url, { agent }, (response) => response.resume().once("end", resolve))
      .once("error", reject)
      .end();
  });

describe("the journal", () => {
  it("tells of each request, in order, how it was asked and how it ended", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "closed", times: 1 }] });
    await generate(emulator.url);
    await ask(emulator.url, { ...generation(small), headers: { Authorization: "Bearer sk-live-7c1d0e5f" } });
    await ask(emulator.url, { path: "/nowhere?a=b" });
    const facts = emulator
      .journal()
      .map(({ method, path, authorized, status, end }) => ({ method, path, authorized, status, end }));
    const post = { method: "POST", path: "/text-to-image" };
    assert.deepStrictEqual(facts, [
      { ...post, authorized: false, status: null, end: "closed" },
      { ...post, authorized: true, status: 200, end: "answered" },
      { method: "GET", path: "/nowhere", authorized: false, status: 404, end: "answered" },
    ]);
    assert.notInclude(JSON.stringify(emulator.journal()), "sk-live");
  });

  it("keeps the body that was sent, if it is JSON, also that of a refused request", async () => {
    await using emulator = await startEmulator();
    await generate(emulator.url, small);
    await generateFrom(emulator.url, '{"width":"512"}');
    await generateFrom(emulator.url, "{");
    await ask(emulator.url, { path: "/healthz" });
    assert.deepStrictEqual(
      emulator.journal().map(({ body }) => body),
      [{ model_id: warmModel, prompt: "a red fox", ...small }, { width: "512" }, undefined, undefined],
    );
  });

  it("calls a request open while it is held, and aborted when its client hangs up", async () => {
    await using emulator = await startEmulator({ latencyMs: 600_000 });
    const { hangUp } = beginGeneration(emulator.url);
    await until(() => emulator.journal()[0]?.body !== undefined);
    assert.deepInclude(emulator.journal()[0], { status: null, end: "open", ms: 0 });
    hangUp();
    await until(() => emulator.journal()[0]?.end !== "open");
    assert.deepInclude(emulator.journal()[0], { status: null, end: "aborted" });
  });

  it("calls a request aborted whose client left in the middle of the body", async () => {
    await using emulator = await startEmulator();
    const { hangUp } = begin(emulator.url, { ...generation(), headers: { "Content-Length": "100" }, body: "{" });
    await until(() => emulator.journal().length === 1);
    hangUp();
    await until(() => emulator.journal()[0]?.end !== "open");
    assert.deepInclude(emulator.journal()[0], { status: null, end: "aborted" });
  });

  it.effect("keeps time by the clock of the effect that made the emulator", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_000_000);
      const emulator = yield* makeEmulator({ latencyMs: 2_500 });
      const { heard } = beginGeneration(emulator.url, small);
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
      yield* TestClock.adjust("2500 millis");
      yield* Effect.promise(() => heard);
      assert.deepInclude(emulator.journal()[0], { at: 1_000_000, ms: 2_500 });
    }),
  );
});

describe("the journal over HTTP", () => {
  it("is the same, as JSON, with the number of connections; and it is not in itself", async () => {
    await using emulator = await startEmulator();
    await generate(emulator.url, small);
    for (let time = 0; time < 2; time += 1) {
      await until(() => emulator.connections() === 0);
      const heard = await ask(emulator.url, { path: "/__emulator/journal" });
      assert.strictEqual(statusOf(heard), 200);
      assert.strictEqual(headerOf(heard, "content-type"), "application/json");
      const told = JSON.parse(heard.body.toString()) as { connections: number; entries: ReadonlyArray<JournalEntry> };
      assert.deepStrictEqual(told, { connections: 1, entries: [...emulator.journal()] });
      assert.lengthOf(told.entries, 1);
    }
  });
});

describe("the number of connections", () => {
  it("counts open sockets, idle ones too, until they are closed", async () => {
    await using emulator = await startEmulator({ latencyMs: 600_000 });
    assert.strictEqual(emulator.connections(), 0);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; count < 3; count += 1) await askOver(agent, `${emulator.url}/healthz`);
    assert.strictEqual(emulator.connections(), 1);
    const held = beginGeneration(emulator.url);
    await until(() => emulator.connections() === 2);
    held.hangUp();
    agent.destroy();
    await until(() => emulator.connections() === 0);
  });
});
