/** A chat whose pieces are told as they come, through the Effect door. */
import { assert, describe, it } from "@effect/vitest";
import { GatewayClient } from "@sluice/core/effect";
import { type EmulatorSettings, makeEmulator } from "@sluice/emulator";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { PieceTeller } from "../../src/chat/PieceTeller.ts";

const input = { messages: [{ role: "user", content: "Good morning" }] } as const;

const opened = (behind: EmulatorSettings = {}) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator(behind);
    const client = Context.get(yield* Layer.build(GatewayClient.layer({ gateway: emulator.url })), GatewayClient);
    return { client, emulator };
  });

describe("chatTo", () => {
  it.live("tells the pieces in order, and gives the whole", () =>
    Effect.gen(function* () {
      const { client } = yield* opened();
      const told: Array<string> = [];
      const whole = yield* client.chatTo(input, ({ text }) => void told.push(text));
      assert.isAbove(told.length, 3);
      assert.strictEqual(told.join(""), whole.text);
      assert.strictEqual(whole.usage?.completion_tokens, told.length);
      assert.strictEqual(whole.meta.attempts.length, 1);
    }),
  );

  it.live("tells what had come of a stream that breaks off, and fails then", () =>
    Effect.gen(function* () {
      const { client } = yield* opened({ faults: [{ kind: "stream-truncated", tokens: 3 }] });
      const told: Array<string> = [];
      const error = yield* Effect.flip(client.chatTo(input, ({ text }) => void told.push(text)));
      assert.strictEqual(error._tag, "StreamTruncated");
      assert.lengthOf(told, 3);
    }),
  );

  it.live("reads no more while whoever is told is behind, however that ends", () =>
    Effect.gen(function* () {
      const pauses: Array<string> = [];
      const flow = {
        pause: () => void pauses.push("pause"),
        resume: () => void pauses.push("resume"),
        stop: () => undefined,
      };
      const settle: Array<() => void> = [];
      const teller = new PieceTeller(({ text }) => {
        if (text === "quick") return undefined;
        return new Promise((resolve, reject) => void settle.push(text === "bad" ? reject : () => resolve(undefined)));
      });
      teller.connect(flow);
      for (const text of ["quick", "slow", "bad"]) teller.push({ text });
      assert.deepStrictEqual(pauses, ["pause"]);
      settle[0]?.();
      yield* Effect.promise(() => Promise.resolve());
      assert.deepStrictEqual(pauses, ["pause"]);
      // A new attempt finds it behind.
      teller.connect(flow);
      settle[1]?.();
      yield* Effect.promise(() => Promise.resolve());
      assert.deepStrictEqual(pauses, ["pause", "pause", "resume"]);
    }),
  );

  it.live("has the name of its caller's request in its events, its result and its error", () =>
    Effect.gen(function* () {
      const { client } = yield* opened({ faults: [{ kind: "bad-request", times: 1 }] });
      const seen = new Set<string>();
      const options = {
        requestId: "web:7.a-1",
        onEvent: (event: { requestId: string }) => void seen.add(event.requestId),
      };
      const request = { prompt: "a red fox", width: 64, height: 64 };
      const error = yield* Effect.flip(client.textToImage(request, options));
      assert.strictEqual(error.requestId, "web:7.a-1");
      const { meta } = yield* client.textToImage(request, options);
      assert.strictEqual(meta.requestId, "web:7.a-1");
      assert.deepStrictEqual([...seen], ["web:7.a-1"]);
    }),
  );

  for (const requestId of ["", "two words", "x".repeat(129), "a\nb", 7 as unknown as string]) {
    it.live(`does not take ${JSON.stringify(requestId).slice(0, 12)} for such a name`, () =>
      Effect.gen(function* () {
        const { client, emulator } = yield* opened();
        const error = yield* Effect.flip(client.textToImage({ prompt: "a red fox" }, { requestId }));
        assert.strictEqual(error._tag, "InvalidRequest");
        assert.include(error.message, "requestId");
        assert.isEmpty(emulator.journal());
      }),
    );
  }
});
