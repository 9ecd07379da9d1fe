/** A chat's stream whose model is cold at first, and one whose gateway holds the request. */
import { assert, describe, it } from "@effect/vitest";
import { GatewayClient } from "@sluice/core/effect";
import { type EmulatorSettings, makeEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { passTime, Watch } from "../passTime.ts";
import { chat } from "./sse.ts";

const model = "meta-llama/Meta-Llama-3.1-8B-Instruct";

const chatOn = (settings: EmulatorSettings) =>
  Effect.gen(function* () {
    const emulator = yield* makeEmulator(settings);
    const watch = new Watch();
    const call = GatewayClient.use((client) => Stream.runCollect(client.chatStream(chat))).pipe(
      Effect.provide(GatewayClient.layer({ gateway: emulator.url, onEvent: watch.observe })),
    );
    const exit = yield* passTime(call, watch, emulator);
    if (exit._tag === "Failure") throw new Error("the chat failed", { cause: exit.cause });
    return {
      text: exit.value.map(({ text }) => text).join(""),
      pieces: exit.value.length,
      journal: emulator.journal(),
      ended: watch.events.filter((event) => event.type === "attempt-ended"),
      end: watch.events.find((event) => event.type === "call-ended"),
    };
  });

describe("a chat with a cold model", () => {
  it.effect("streams once the model has loaded, token by token", () =>
    Effect.gen(function* () {
      const { text, pieces, journal, ended } = yield* chatOn({
        models: { [model]: { state: "cold", loadMs: 45_000, meanwhile: "503" } },
        firstTokenMs: 2_000,
        tokenMs: 300,
      });
      assert.strictEqual(text, "There is no language model here. You said: Hello");
      assert.strictEqual(pieces, 9);
      assert.deepStrictEqual(
        journal.map(({ status }) => status),
        [...journal.slice(1).map(() => 503), 200],
      );
      assert.isAbove(journal.length, 5);
      const last = ended.at(-1);
      assert.strictEqual(last?.outcome, "ok");
      assert.approximately(last?.firstTokenMs ?? 0, 2_000, 200);
      assert.approximately(last?.ms ?? 0, 2_000 + 8 * 300, 1_000);
    }),
  );

  it.effect("that its gateway holds back is one attempt, whose first token took so long", () =>
    Effect.gen(function* () {
      const { pieces, journal, ended, end } = yield* chatOn({
        models: { [model]: { state: "cold", loadMs: 90_000, meanwhile: "hold" } },
      });
      assert.isTrue(end?.coldStart);
      assert.strictEqual(pieces, 9);
      assert.lengthOf(journal, 1);
      assert.approximately(ended[0]?.firstTokenMs ?? 0, 90_000, 200);
    }),
  );

  it.effect("is told from a long one, which a warm model begins at once", () =>
    Effect.gen(function* () {
      const { pieces, end } = yield* chatOn({ firstTokenMs: 2_000, tokenMs: 5_000 });
      assert.strictEqual(pieces, 9);
      assert.isAbove(end?.ms ?? 0, 40_000);
      assert.isFalse(end?.coldStart);
    }),
  );
});
