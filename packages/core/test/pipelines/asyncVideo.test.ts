/** image-to-video that is asked for later: a job that is taken on once, and followed to its end. */
import { assert, describe, it } from "@effect/vitest";
import { isGatewayError, LivepeerGateway } from "@sluice/core";
import { type CallEvent, GatewayClient, type GatewayClientSettings, type GatewayError } from "@sluice/core/effect";
import type { Break } from "@sluice/errors";
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Result from "effect/Result";
import { TestClock } from "effect/testing";
import { samples } from "./samples.ts";
import { answer, type Asked, type Played, playing } from "./wire.ts";

const input = samples["image-to-video"];

const accepted = answer(202, { request_id: "0b7de1f4" });
const processing = answer(202, '{"status":"processing"}\n', { "content-type": "text/plain; charset=utf-8" });
const image = { nsfw: false, seed: 7, url: "/stream/0b7de1f4/0.mp4" };
const told = (result: unknown) => answer(200, { result, status: "complete" }, { "content-type": "text/plain" });
const done = told({ images: [image] });
const unknownId = answer(400, { error: { message: "invalid request ID" } });
const busy = (status: number, headers?: Readonly<Record<string, string>>) => answer(status, "busy", headers);
const refused: Played = Effect.fail<Break>({ kind: "unsent", reason: "refused" });

/** Runs a call to its end, by the clock of the test. */
const follow = (answers: ReadonlyArray<Played>, settings: GatewayClientSettings = {}) => {
  const { asked, client } = playing(...answers);
  const events: Array<CallEvent> = [];
  const observed = { onEvent: (event: CallEvent) => void events.push(event), ...settings };
  return Effect.gen(function* () {
    const call = GatewayClient.use((gateway) => gateway.imageToVideo(input, { respondAsync: true }));
    const fiber = yield* Effect.forkChild(Effect.result(Effect.provide(call, client(observed))));
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("100 millis");
    return { ended: yield* Fiber.join(fiber), asked, events };
  });
};

const resultIn = <A>({ ended }: { readonly ended: Result.Result<A, GatewayError> }): A => {
  if (Result.isFailure(ended)) throw new Error("the call failed", { cause: ended.failure });
  return ended.success;
};
const errorIn = ({ ended }: { readonly ended: Result.Result<unknown, GatewayError> }): GatewayError => {
  if (Result.isSuccess(ended)) throw new Error("the call succeeded");
  return ended.failure;
};
const times = (asked: ReadonlyArray<Asked>) => asked.map(({ at }) => at);

const many = (count: number, one: Played) => Array.from({ length: count }, () => one);

describe("a video that is asked for later", () => {
  it.effect("is followed by its id, and costs one attempt", () =>
    Effect.gen(function* () {
      const { asked, events, ...call } = yield* follow([accepted, processing, processing, done], { apiKey: "sk-1" });
      const { videos, meta } = resultIn(call);
      assert.deepStrictEqual(videos, [{ ...image, url: "http://a.example/stream/0b7de1f4/0.mp4" }]);
      assert.lengthOf(meta.attempts, 1);
      assert.strictEqual(meta.durationMs, 3_000);
      assert.strictEqual(meta.cost.units, BigInt(128 * 64 * 25));
      const [first, ...questions] = asked;
      assert.include(first, { method: "POST", path: "/sub/image-to-video" });
      assert.strictEqual(first?.headers["prefer"], "respond-async");
      assert.lengthOf(questions, 3);
      for (const { method, path, headers, body } of questions) {
        assert.deepEqual([method, path, body], ["POST", "/sub/image-to-video/result", '{"request_id":"0b7de1f4"}']);
        assert.strictEqual(headers["content-type"], "application/json");
        assert.strictEqual(headers["authorization"], "Bearer sk-1");
        assert.notProperty(headers, "prefer");
      }
      assert.deepStrictEqual(
        events.map(({ type }) => type),
        ["call-started", "attempt-started", "attempt-ended", "call-ended"],
      );
    }),
  );

  it.effect("is asked after each second at first, and then after a tenth of its time, up to five seconds", () =>
    Effect.gen(function* () {
      const { asked, ...call } = yield* follow([accepted, ...many(60, processing), done]);
      resultIn(call);
      const [, ...at] = times(asked);
      const waits = at.map((time, place) => time - (at[place - 1] ?? 0));
      assert.deepStrictEqual(
        waits.slice(0, 10),
        Array.from({ length: 10 }, () => 1_000),
      );
      waits.forEach((wait, place) => {
        const elapsed = at[place - 1] ?? 0;
        assert.approximately(wait, Math.min(Math.max(elapsed / 10, 1_000), 5_000), 1);
      });
      assert.deepStrictEqual(waits.at(-1), 5_000);
    }),
  );

  it.effect("is answered at once by a gateway that does not know the preference", () =>
    Effect.gen(function* () {
      const { asked, ...call } = yield* follow([answer(200, { images: [image] })]);
      assert.lengthOf(resultIn(call).videos, 1);
      assert.lengthOf(asked, 1);
    }),
  );

  it.effect("is asked for as usual where there is no such thing: of Studio, and of a gateway of no known kind", () =>
    Effect.gen(function* () {
      for (const gateway of [
        "livepeer-studio",
        { name: "own", baseUrl: "http://a.example", dialect: "generic" as const },
      ]) {
        const { asked, ...call } = yield* follow([answer(200, { images: [image] })], { gateway, apiKey: "sk-1" });
        assert.lengthOf(resultIn(call).videos, 1);
        assert.notProperty(asked[0]?.headers, "prefer");
      }
    }),
  );

  it.effect("is not asked for so unless the caller says so", () =>
    Effect.gen(function* () {
      const { asked, client } = playing(answer(200, { images: [image] }));
      const call = GatewayClient.use((gateway) => gateway.imageToVideo(input));
      yield* Effect.provide(call, client());
      assert.notProperty(asked[0]?.headers, "prefer");
    }),
  );
});

describe("a job that was not taken on", () => {
  it.effect.each([
    ["a 503", answer(503, { error: { message: "Service Unavailable Error" } })],
    ["a closed connection", Effect.fail<Break>({ kind: "closed" })],
    ["a refused connection", refused],
  ] as const)("is asked for again after %s", ([, first]) =>
    Effect.gen(function* () {
      const { asked, ...call } = yield* follow([first, accepted, done]);
      assert.lengthOf(resultIn(call).meta.attempts, 2);
      assert.deepStrictEqual(
        asked.map(({ path }) => path),
        ["/sub/image-to-video", "/sub/image-to-video", "/sub/image-to-video/result"],
      );
    }),
  );

  it.effect("because its answer has no id is MalformedResponse", () =>
    Effect.gen(function* () {
      const { asked, ...call } = yield* follow([answer(202, { id: 5 })]);
      assert.strictEqual(errorIn(call)._tag, "MalformedResponse");
      assert.lengthOf(asked, 1);
    }),
  );
});

describe("a job that was taken on is never asked for again", () => {
  it.effect.each([
    ["when the gateway has forgotten it", unknownId, "OutcomeUnknown"],
    ["when its error is told", told({ error: { message: "Internal Server Error" } }), "InferenceFailed"],
    ["when it has no video", told({ images: [] }), "EmptyResult"],
    ["when it has nothing", told({}), "EmptyResult"],
    ["when its result is null", told(null), "OutcomeUnknown"],
    ["when the answer is no answer to a question", answer(200, "null"), "OutcomeUnknown"],
    ["when the answer is a web page", answer(200, "<html>"), "OutcomeUnknown"],
    ["when the key is refused", answer(401, { errors: ["no"] }), "OutcomeUnknown"],
    ["when the path is not there", answer(404, "404 page not found"), "OutcomeUnknown"],
    ["when its result is something else", told({ images: [{ seed: 1 }] }), "MalformedResponse"],
  ] as const)("%s: %s", ([, last, tag]) =>
    Effect.gen(function* () {
      const { asked, ...call } = yield* follow([accepted, processing, last]);
      const error = errorIn(call);
      assert.strictEqual(error._tag, tag);
      assert.isTrue(error.mayHaveRun);
      assert.lengthOf(error.attempts, 1);
      assert.lengthOf(asked, 3);
    }),
  );

  it.effect("not by another route either", () =>
    Effect.gen(function* () {
      const routes = [{ gateway: "http://a.example" }, { gateway: "http://b.example" }];
      const { asked, ...call } = yield* follow([accepted, unknownId], { gateway: undefined, routes });
      assert.strictEqual(errorIn(call)._tag, "OutcomeUnknown");
      assert.deepStrictEqual(
        asked.map(({ origin }) => origin),
        ["http://a.example", "http://a.example"],
      );
    }),
  );

  it.effect("and says how it was lost", () =>
    Effect.gen(function* () {
      const error = errorIn(yield* follow([accepted, unknownId]));
      assert.match(String((error as { readonly cause?: unknown }).cause), /the answer was 400/);
    }),
  );
});

describe("a question without an answer", () => {
  it.effect.each([
    ["503", busy(503)],
    ["502", busy(502)],
    ["refused", refused],
    ["closed", Effect.fail<Break>({ kind: "closed" })],
  ] as const)("(%s) is put again, after longer and longer", ([, miss]) =>
    Effect.gen(function* () {
      const { asked, ...call } = yield* follow([accepted, processing, ...many(4, miss), processing, done]);
      assert.lengthOf(resultIn(call).videos, 1);
      assert.deepStrictEqual(times(asked).slice(1, 8), [1_000, 2_000, 3_000, 5_000, 9_000, 17_000, 18_700]);
    }),
  );

  it.effect("five times in a row has lost the job", () =>
    Effect.gen(function* () {
      const { asked, ...call } = yield* follow([accepted, processing, busy(500)]);
      assert.include(errorIn(call), { _tag: "OutcomeUnknown", mayHaveRun: true });
      assert.lengthOf(asked, 7);
    }),
  );

  it.effect("for ten seconds counts as one", () =>
    Effect.gen(function* () {
      const { asked, ...call } = yield* follow([accepted, Effect.never, done]);
      assert.lengthOf(resultIn(call).videos, 1);
      assert.deepStrictEqual(times(asked), [0, 1_000, 12_100]);
    }),
  );

  it.effect("because of a rate limit is put when the limit says, however often", () =>
    Effect.gen(function* () {
      const limited = busy(429, { "retry-after": "17" });
      const { asked, ...call } = yield* follow([accepted, ...many(8, limited), done]);
      assert.lengthOf(resultIn(call).videos, 1);
      assert.deepStrictEqual(times(asked).slice(1, 4), [1_000, 18_000, 35_000]);
    }),
  );
});

describe("a job that takes too long", () => {
  it.effect("ends at the deadline, which covers the questions", () =>
    Effect.gen(function* () {
      const { asked, events, ...call } = yield* follow([accepted, processing], { timeoutMs: 60_000 });
      assert.include(errorIn(call), { _tag: "DeadlineExceeded", inFlight: true, mayHaveRun: true });
      assert.strictEqual(events.at(-1)?.at, 60_000);
      const count = asked.length;
      yield* TestClock.adjust("60 seconds");
      assert.lengthOf(asked, count);
    }),
  );

  it.effect("is not asked for any more when its caller leaves", () =>
    Effect.gen(function* () {
      const { asked, client } = playing(accepted, processing);
      const call = GatewayClient.use((gateway) => gateway.imageToVideo(input, { respondAsync: true }));
      const fiber = yield* Effect.forkChild(Effect.provide(call, client()));
      yield* TestClock.adjust("5500 millis");
      assert.lengthOf(asked, 6);
      yield* Fiber.interrupt(fiber);
      yield* TestClock.adjust("60 seconds");
      assert.lengthOf(asked, 6);
    }),
  );
});

describe("a video that is asked for later, through the Promise door", () => {
  const onEmulator = async (settings: EmulatorSettings) => {
    await using emulator = await startEmulator(settings);
    await using gateway = new LivepeerGateway({ gateway: emulator.url });
    const { videos, meta } = await gateway.imageToVideo(input, { respondAsync: true });
    const bytes = await videos[0]?.bytes();
    return { meta, bytes: Buffer.from(bytes ?? []), journal: emulator.journal() };
  };

  it.live("comes from the emulator, and can be fetched", () =>
    Effect.promise(async () => {
      const { meta, bytes, journal } = await onEmulator({});
      assert.strictEqual(bytes.toString("latin1", 4, 8), "ftyp");
      assert.deepStrictEqual(
        journal.map(({ method, path, status }) => [method, path.replace(/[0-9a-f]{8}/g, "*"), status]),
        [
          ["POST", "/image-to-video", 202],
          ["POST", "/image-to-video/result", 200],
          ["GET", "/stream/*/*.mp4", 200],
        ],
      );
      assert.strictEqual(meta.cost.units, BigInt(journal[0]?.units ?? 0));
      assert.lengthOf(meta.attempts, 1);
    }),
  );

  it.live("goes on when its caller leaves, who is told that it may", () =>
    Effect.promise(async () => {
      await using emulator = await startEmulator({ latencyMs: 50 });
      await using gateway = new LivepeerGateway({ gateway: emulator.url });
      const abort = new AbortController();
      const call = gateway
        .imageToVideo(input, { respondAsync: true, signal: abort.signal })
        .catch((reason: unknown) => reason);
      const until = async (holds: () => boolean) => {
        while (!holds()) await new Promise((resolve) => setImmediate(resolve));
      };
      await until(() => emulator.journal()[0]?.end === "answered");
      abort.abort();
      const error = await call;
      assert.isTrue(isGatewayError(error, "Aborted"));
      assert.include(error, { mayHaveRun: true });
      await until(() => emulator.journal()[0]?.units !== undefined);
      assert.lengthOf(emulator.journal(), 1);
    }),
  );
});
