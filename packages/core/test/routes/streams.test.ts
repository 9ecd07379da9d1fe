/** Token streams of calls that share a model: its first token is news for all, and a stream that is cut short is no failure of its model. */
import { GatewayClient, type GatewayError, Transport, type WireRequest } from "@sluice/core/effect";
import type { Answer, Break } from "@sluice/errors";
import { assert, describe, it } from "@effect/vitest";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import * as Result from "effect/Result";
import * as Stream from "effect/Stream";
import { TestClock } from "effect/testing";
import { chat, event, stop } from "../chat/sse.ts";
import { answer, gateway } from "./models.ts";

interface Script {
  readonly coldUntilMs?: number;
  readonly tokens: number;
  readonly everyMs: number;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A gateway whose model streams at its own speed, by the clock of the test. */
const streaming = ({ coldUntilMs = 0, tokens, everyMs }: Script) => {
  const asked: Array<number> = [];
  const send = (request: WireRequest): Effect.Effect<Answer, Break> =>
    Effect.gen(function* () {
      const at = yield* Clock.currentTimeMillis;
      asked.push(at);
      request.onSent?.();
      if (at < coldUntilMs) return yield* answer(503, '{"error":{"message":"Service Unavailable Error"}}\n');
      const headers = { "content-type": "text/event-stream" };
      const flow = { pause: () => undefined, resume: () => undefined, stop: () => undefined };
      const take = request.receive?.({ status: 200, headers }, flow);
      for (let token = 0; token < tokens; token += 1) {
        yield* Effect.sleep(everyMs);
        take?.(bytes(event("x")));
      }
      take?.(bytes(`${stop}data: [DONE]\n\n`));
      return { kind: "answer" as const, status: 200, headers, body: new Uint8Array(0) };
    });
  const client = Layer.provide(GatewayClient.layerWithoutTransport({ gateway }), Layer.succeed(Transport, { send }));
  return { asked, client };
};

/** Reads a chat, and tells when its first token came and how it ended. */
const reading = (timeoutMs = 300_000) =>
  Effect.gen(function* () {
    const client = yield* GatewayClient;
    let firstAt = Infinity;
    let count = 0;
    const read = Stream.runForEach(client.chatStream(chat, { timeoutMs }), () =>
      Effect.map(Clock.currentTimeMillis, (at) => {
        firstAt = Math.min(firstAt, at);
        count += 1;
      }),
    );
    const exit: Result.Result<void, GatewayError> = yield* Effect.result(read);
    return { firstAt, count, exit };
  });

describe("the streams of one model", () => {
  it.effect("begin for all soon after it has loaded: nobody waits for the end of another's", () =>
    Effect.gen(function* () {
      const { asked, client } = streaming({ coldUntilMs: 5_000, tokens: 60, everyMs: 1_000 });
      const crowd = Effect.forEach(Array.from({ length: 20 }), () => reading(), { concurrency: "unbounded" });
      const all = yield* Effect.forkChild(Effect.provide(crowd, client));
      yield* TestClock.adjust(120_000);
      const ends = all.pollUnsafe();
      if (ends?._tag !== "Success") return assert.fail("a stream has not ended");
      for (const { firstAt, exit } of ends.value) {
        assert.isTrue(Result.isSuccess(exit));
        assert.isBelow(firstAt, 5_000 + 6_000);
      }
      assert.isAtMost(asked.length, 20 + 12);
    }),
  );

  it.effect("may be cut by their deadlines again and again: the next call is not refused", () =>
    Effect.gen(function* () {
      const { client } = streaming({ tokens: 1_000, everyMs: 100 });
      yield* Effect.gen(function* () {
        for (let call = 0; call < 6; call += 1) {
          const fiber = yield* Effect.forkChild(reading(40_000));
          yield* TestClock.adjust(40_000);
          const { count, exit } = yield* Fiber.join(fiber);
          assert.isAbove(count, 390);
          assert.include(Result.isFailure(exit) && exit.failure, { _tag: "DeadlineExceeded" });
        }
      }).pipe(Effect.provide(client));
    }),
  );
});
