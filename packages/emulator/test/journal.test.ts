import { assert, describe, it } from "@effect/vitest";
import { type JournalEntry, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import { ask, begin, headerOf, statusOf } from "./ask.ts";
import { multipart, requestFor } from "./gateway/requests.ts";
import { beginGeneration, generate, generateFrom, generation, imagesOf, until, warmModel } from "./generate.ts";

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

  it("tells requests of one connection from those of another", async () => {
    await using emulator = await startEmulator();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await askOver(agent, `${emulator.url}/healthz`);
    await ask(emulator.url, { path: "/healthz" });
    await askOver(agent, `${emulator.url}/healthz`);
    agent.destroy();
    assert.deepStrictEqual(
      emulator.journal().map(({ connection }) => connection),
      [1, 2, 1],
    );
  });

  it("tells one key from another without keeping either", async () => {
    await using emulator = await startEmulator();
    for (const Authorization of ["Bearer sk-live-1", "bearer sk-live-1", "Bearer sk-live-2", "Basic c2stbGl2ZQ==", ""])
      await ask(emulator.url, { path: "/healthz", headers: { Authorization } });
    const [first, again, other, ...none] = emulator.journal().map(({ fingerprint }) => fingerprint);
    // SHA-256 of sk-live-1.
    assert.strictEqual(first, createHash("sha256").update("sk-live-1").digest("hex").slice(0, 16));
    assert.strictEqual(again, first);
    assert.match(other ?? "", /^[0-9a-f]{16}$/);
    assert.notStrictEqual(other, first);
    assert.deepStrictEqual(none, [undefined, undefined]);
  });

  it("knows a body again, a form's by its parts whatever its boundary", async () => {
    await using emulator = await startEmulator();
    const form = (boundary: string, parts = ["prompt", "model_id"]) => ({
      method: "POST",
      path: "/image-to-image",
      headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
      body: multipart(parts.map((name) => ({ name, content: "a" })))
        .toString("latin1")
        .replaceAll("----emulator-test", boundary),
    });
    for (const request of [
      generation({ seed: 1 }),
      generation({ seed: 1 }),
      generation({ seed: 2 }),
      form("one"),
      form("another"),
      form("one", ["model_id", "prompt"]),
      { path: "/healthz" },
    ])
      await ask(emulator.url, request);
    const [seed1, again, seed2, one, another, turned, none] = emulator.journal().map(({ digest }) => digest);
    assert.match(seed1 ?? "", /^[0-9a-f]{64}$/);
    assert.strictEqual(seed1, again);
    assert.strictEqual(one, another);
    assert.strictEqual(new Set([seed1, seed2, one, turned]).size, 4);
    assert.isUndefined(none);
  });

  it("says where a request arrived", async () => {
    await using emulator = await startEmulator({ absoluteUrls: true });
    const [image] = imagesOf(await generate(emulator.url, small));
    const { origin, pathname } = new URL(image?.url ?? "");
    await ask(origin, { path: pathname });
    assert.deepStrictEqual(
      emulator.journal().map(({ place, connection }) => [place, connection]),
      [
        ["gateway", 1],
        ["store", 2],
      ],
    );
  });

  it("takes a whole URL for its path, as a proxy's client sends it", async () => {
    await using emulator = await startEmulator();
    const { path, ...request } = requestFor("text-to-image");
    const heard = await ask(emulator.url, { ...request, path: `HTTP://gateway.example:8935${path}?a=http://b/c` });
    assert.strictEqual(statusOf(heard), 200);
    assert.strictEqual(statusOf(await ask(emulator.url, { path: "http://gateway.example" })), 404);
    assert.deepStrictEqual(
      emulator.journal().map((entry) => entry.path),
      ["/text-to-image", "/"],
    );
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
