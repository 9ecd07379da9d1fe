/** A request that asks for its own fault. */
import { assert, describe, it } from "@effect/vitest";
import { type EmulatorSettings, faultKinds, makeEmulator, startEmulator, studioKeys } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, begin, headerOf, nothing, statusOf } from "./ask.ts";
import { generation, until } from "./generate.ts";
import { requestFor } from "./gateway/requests.ts";
import { chatStream, contentsOf } from "./streams/chat.ts";

const small = { width: 64, height: 64 };

const asking = (scenario: string, request = generation(small)) => ({
  ...request,
  headers: { ...request.headers, "X-Emulator-Scenario": scenario },
});

const askFor = async (scenario: string, settings: EmulatorSettings = {}) => {
  await using emulator = await startEmulator(settings);
  return await ask(emulator.url, asking(scenario));
};

describe("a scenario", () => {
  for (const [scenario, status, body] of [
    ["G8", 400, '{"error":{"message":": Prompt must be provided."}}\n'],
    ["G9", 500, '{"error":{"message":"Internal Server Error"}}\n'],
    ["G10", 503, '{"error":{"message":"Service Unavailable Error"}}\n'],
    ["G17", 410, '{"error":{"message":"text-to-image has been removed"}}\n'],
    ["no-images", 200, '{"images":[]}\n'],
  ] as const) {
    it(`is the answer that it names: ${scenario}`, async () => {
      const heard = await askFor(scenario);
      assert.deepStrictEqual([statusOf(heard), heard.body.toString()], [status, body]);
    });
  }

  it("may be a closed socket", async () => {
    for (const scenario of ["G11", "G12", "closed"]) assert.deepStrictEqual(await askFor(scenario), nothing);
  });

  it("is of one request: the next one is answered", async () => {
    await using emulator = await startEmulator();
    const statuses = [];
    for (const request of [asking("G9"), generation(small), asking("G10"), generation(small)]) {
      statuses.push(statusOf(await ask(emulator.url, request)));
    }
    assert.deepStrictEqual(statuses, [500, 200, 503, 200]);
  });

  it("comes before the faults of the settings, and uses none of them up", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "rate-limited", times: 1 }] });
    assert.strictEqual(statusOf(await ask(emulator.url, asking("internal"))), 500);
    assert.strictEqual(statusOf(await ask(emulator.url, generation(small))), 429);
    assert.strictEqual(statusOf(await ask(emulator.url, generation(small))), 200);
  });

  it("may say more: how many tokens, a Retry-After", async () => {
    await using emulator = await startEmulator();
    const { headers = {}, ...chat } = chatStream();
    const stream = { ...chat, headers: { ...headers, "x-emulator-scenario": "stream-truncated:5tokens" } };
    assert.lengthOf(contentsOf(await ask(emulator.url, stream)), 5);
    const limited = await ask(emulator.url, asking("rate-limited:retry-after=17"));
    assert.strictEqual(headerOf(limited, "retry-after"), "17");
  });

  it.effect("of a full gateway takes 2 s", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator();
      const { heard } = begin(emulator.url, asking("G18"));
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.body !== undefined));
      yield* TestClock.adjust(2_000);
      assert.strictEqual(statusOf(yield* Effect.promise(() => heard)), 503);
      assert.deepInclude(emulator.journal()[0], { status: 503, ms: 2_000 });
    }),
  );

  it("goes through Studio, which shows it in its own way", async () => {
    await using emulator = await startEmulator({ dialect: "studio" });
    const { headers, ...request } = asking("G10");
    const authorized = { ...headers, Authorization: `Bearer ${studioKeys.backend.text}` };
    const path = "/api/beta/generate/text-to-image";
    const heard = await ask(emulator.url, { ...request, path, headers: authorized });
    assert.strictEqual(heard.body.toString(), '{"errors":["Failed to generate text-to-image"]}');
  });

  it("that is none is a 400 that says so", async () => {
    const heard = await askFor("G99");
    assert.strictEqual(statusOf(heard), 400);
    assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
    assert.include(heard.body.toString(), `x-emulator-scenario: "G99" is not a fault; choose one of ${faultKinds[0]}`);
  });

  it("cannot be for a share or a number of requests", async () => {
    for (const scenario of ["G9:10%", "G9:x2"]) {
      assert.strictEqual(
        (await askFor(scenario)).body.toString(),
        "x-emulator-scenario is for one request: leave x2 and 10% to the emulator's settings\n",
      );
    }
  });

  it("is not read where there is nothing to go wrong", async () => {
    await using emulator = await startEmulator();
    const heard = await ask(emulator.url, { path: "/healthz", headers: { "x-emulator-scenario": "G9" } });
    assert.strictEqual(statusOf(heard), 200);
  });
});

describe("the nil result of a pipeline", () => {
  const expected = { "audio-to-text": "null\n", "image-to-text": "null\n", "segment-anything-2": "null\n" };
  for (const name of [
    "text-to-image",
    "image-to-image",
    "image-to-video",
    "upscale",
    "audio-to-text",
    "segment-anything-2",
    "llm",
    "image-to-text",
    "text-to-speech",
  ] as const) {
    const said = (expected as Partial<Record<string, string>>)[name];
    it(`is ${said === undefined ? "a closed socket" : "`200 null`"} for ${name}`, async () => {
      await using emulator = await startEmulator({ faults: [{ kind: "no-result" }] });
      const heard = await ask(emulator.url, requestFor(name));
      assert.deepStrictEqual([statusOf(heard), heard.body.toString()], said === undefined ? [null, ""] : [200, said]);
    });
  }
});
