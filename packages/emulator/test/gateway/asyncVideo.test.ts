/** image-to-video with `Prefer: respond-async`, to the byte: server/ai_mediaserver.go's ImageToVideo and its result. */
import { assert, describe, it } from "@effect/vitest";
import { type EmulatorSettings, makeEmulator, startEmulator, studioKeys } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, begin, headerOf, headersOf, nothing, statusOf } from "../ask.ts";
import { until } from "../generate.ts";
import { type Fields, refusedWith, requestFor } from "./requests.ts";

const model = "stabilityai/stable-video-diffusion-img2vid-xt-1-1";

const videoRequest = (fields: Fields = {}, prefer = "respond-async") => {
  const request = requestFor("image-to-video", { width: 64, height: 64, seed: 7, ...fields });
  return { ...request, headers: { ...request.headers, Prefer: prefer } };
};

const poll = (url: string, body: string) => ask(url, { method: "POST", path: "/image-to-video/result", body });

const pollFor = (url: string, id: string) => poll(url, JSON.stringify({ request_id: id }));

const submit = async (url: string, fields?: Fields) => {
  const heard = await ask(url, videoRequest(fields));
  assert.strictEqual(heard.head[0], "HTTP/1.1 202 Accepted");
  assert.strictEqual(headerOf(heard, "content-type"), "application/json");
  const said = heard.body.toString();
  assert.match(said, /^\{"request_id":"[0-9a-f]{8}"\}\n$/);
  return said.slice(15, 23);
};

/** The result once it is there. */
const resultOf = async (url: string, id: string) => {
  let heard = await pollFor(url, id);
  while (statusOf(heard) === 202) heard = await pollFor(url, id);
  return heard;
};

const failure = '{"result":{"error":{"message":"Internal Server Error"}},"status":"complete"}\n';

describe("a video that is asked for later", () => {
  it.effect("is taken on at once, worked on, and then there, under its request's id", () =>
    Effect.gen(function* () {
      const { url, journal } = yield* makeEmulator({ latencyMs: 90_000 });
      const id = yield* Effect.promise(() => submit(url));
      const working = yield* Effect.promise(() => pollFor(url, id));
      assert.strictEqual(working.head[0], "HTTP/1.1 202 Accepted");
      assert.strictEqual(working.body.toString(), '{"status":"processing"}\n');
      assert.deepInclude(journal()[0], { status: 202, end: "answered", ms: 0 });
      assert.isUndefined(journal()[0]?.units);
      yield* TestClock.adjust("90 seconds");
      const done = yield* Effect.promise(() => pollFor(url, id));
      assert.strictEqual(done.head[0], "HTTP/1.1 200 OK");
      const said = done.body.toString();
      const url8 = /\/stream\/[0-9a-f]{8}\/[0-9a-f]{8}\.mp4/.exec(said)?.[0] ?? "";
      assert.strictEqual(said, `{"result":{"images":[{"nsfw":false,"seed":7,"url":"${url8}"}]},"status":"complete"}\n`);
      assert.include(url8, `/stream/${id}/`);
      const file = yield* Effect.promise(() => ask(url, { path: url8 }));
      assert.strictEqual(headerOf(file, "content-type"), "video/mp4");
      assert.strictEqual(file.body.toString("latin1", 4, 8), "ftyp");
      assert.strictEqual(journal()[0]?.units, 64 * 64 * 25);
    }),
  );

  it("is told of in answers that do not say that they are JSON", async () => {
    await using emulator = await startEmulator({ latencyMs: 600_000 });
    const heard = await pollFor(emulator.url, await submit(emulator.url));
    assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
    assert.deepStrictEqual(headersOf(heard), ["content-length", "content-type", "date"]);
  });

  it.effect("is made also when its client has gone", () =>
    Effect.gen(function* () {
      const { url, journal, connections } = yield* makeEmulator({ latencyMs: 1_000 });
      const exchange = begin(url, videoRequest());
      yield* Effect.promise(() => exchange.heard);
      exchange.hangUp();
      yield* Effect.promise(() => until(() => connections() === 0));
      yield* TestClock.adjust(1_000);
      assert.strictEqual(journal()[0]?.units, 64 * 64 * 25);
    }),
  );

  it("can be asked for again and again", async () => {
    await using emulator = await startEmulator();
    const id = await submit(emulator.url);
    const first = await resultOf(emulator.url, id);
    assert.strictEqual((await pollFor(emulator.url, id)).body.toString(), first.body.toString());
  });

  it("is one only when the header says that and nothing else", async () => {
    await using emulator = await startEmulator();
    for (const prefer of ["respond-async, wait=10", "Respond-Async", "wait=10"]) {
      assert.strictEqual(statusOf(await ask(emulator.url, videoRequest({}, prefer))), 200, prefer);
    }
  });

  it("is not a matter of other pipelines", async () => {
    await using emulator = await startEmulator();
    const request = requestFor("upscale");
    const heard = await ask(emulator.url, { ...request, headers: { ...request.headers, Prefer: "respond-async" } });
    assert.strictEqual(statusOf(heard), 200);
  });

  it("is refused at once when it cannot be read or names no model", async () => {
    await using emulator = await startEmulator();
    const unread = { ...videoRequest(), headers: { Prefer: "respond-async" } };
    refusedWith(await ask(emulator.url, unread), "request Content-Type isn't multipart/form-data");
    assert.deepStrictEqual(await ask(emulator.url, videoRequest({ model_id: undefined })), nothing);
  });
});

describe("a video that fails", () => {
  const failing = async (settings: EmulatorSettings, fields?: Fields) => {
    await using emulator = await startEmulator(settings);
    const heard = await resultOf(emulator.url, await submit(emulator.url, fields));
    return { status: statusOf(heard), said: heard.body.toString() };
  };
  const failed = { status: 200, said: failure };

  it("shows so in its result, whatever the reason", async () => {
    const cold = { state: "cold", loadMs: 60_000, meanwhile: "503" } as const;
    assert.deepStrictEqual(await failing({ models: { [model]: cold } }), failed);
    assert.deepStrictEqual(await failing({}, { width: 63 }), failed);
    assert.deepStrictEqual(await failing({ panicOnNoOrchestrator: false }, { model_id: "nobody/has-this" }), failed);
    for (const kind of ["unavailable", "internal", "bad-request"] as const) {
      assert.deepStrictEqual(await failing({ faults: [{ kind }] }), failed, kind);
    }
  });

  it("is forgotten after a panic, which ends the gateway", async () => {
    const { status, said } = await failing({}, { model_id: "nobody/has-this" });
    assert.deepStrictEqual([status, said], [400, '{"error":{"message":"invalid request ID"}}\n']);
  });

  it("is never taken on when the fault is in front of the gateway", async () => {
    for (const [kind, status] of [
      ["rate-limited", 429],
      ["unauthorized", 401],
      ["bad-gateway", 502],
      ["retired", 410],
      ["closed", null],
    ] as const) {
      await using emulator = await startEmulator({ faults: [{ kind }] });
      assert.strictEqual(statusOf(await ask(emulator.url, videoRequest())), status, kind);
    }
  });

  it.effect("waits in its work for what a fault takes", () =>
    Effect.gen(function* () {
      const { url } = yield* makeEmulator({ faults: [{ kind: "internal", ms: 5_000 }] });
      const id = yield* Effect.promise(() => submit(url));
      yield* TestClock.adjust(4_999);
      assert.strictEqual(statusOf(yield* Effect.promise(() => pollFor(url, id))), 202);
      yield* TestClock.adjust(1);
      assert.strictEqual((yield* Effect.promise(() => pollFor(url, id))).body.toString(), failure);
    }),
  );
});

describe("a question for a video", () => {
  const table = [
    ['{"request_id":"00000000"}', "invalid request ID"],
    ["{}", "invalid request ID"],
    ["", "EOF"],
    [
      '{"request_id":1}',
      "json: cannot unmarshal number into Go struct field ImageToVideoResultRequest.request_id of type string",
    ],
  ] as const;
  for (const [body, message] of table) {
    it(`that is ${body || "empty"} is refused: ${message}`, async () => {
      await using emulator = await startEmulator();
      refusedWith(await poll(emulator.url, body), message);
    });
  }

  it("is in the journal, with its body", async () => {
    await using emulator = await startEmulator();
    await pollFor(emulator.url, "00000000");
    assert.deepInclude(emulator.journal()[0], {
      path: "/image-to-video/result",
      body: { request_id: "00000000" },
      status: 400,
    });
  });
});

describe("Studio", () => {
  it("waits for the video, whatever its client prefers, and has no such path", async () => {
    await using emulator = await startEmulator({ dialect: "studio" });
    const { headers, ...request } = videoRequest();
    const authorized = { ...headers, Authorization: `Bearer ${studioKeys.backend.text}` };
    const path = "/api/beta/generate/image-to-video";
    assert.strictEqual(statusOf(await ask(emulator.url, { ...request, path, headers: authorized })), 200);
    const asked = { method: "POST", path: `${path}/result`, headers: { Authorization: authorized.Authorization } };
    assert.strictEqual(statusOf(await ask(emulator.url, asked)), 404);
  });
});
